import { createHash } from 'node:crypto'
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
} from '@aws-sdk/client-sso'
import { ListInstancesCommand } from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { beforeEach, describe, expect, it } from 'vitest'
import { admin, type Clients, clients, instanceOf, management, region, sandbox, thrown } from './harness.ts'

const contents = {
  users: [
    { userName: 'taro', email: 'taro@example.com' },
    { userName: 'gone', disabled: true },
  ],
  groups: [{ displayName: 'readers', members: ['taro'] }],
  permissionSets: [{ name: 'Admin', sessionDuration: 'PT8H' }, { name: 'Reader' }],
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Reader', account: '444455556666', group: 'readers' },
  ],
}

let now: Date
let url: string
let aws: Clients
let startUrl: string

beforeEach(async () => {
  now = new Date('2026-11-22T10:00:00Z')
  url = (await sandbox({ contents, now: () => now })).url
  aws = clients(url)
  startUrl = `https://${(await instanceOf(aws)).IdentityStoreId}.awsapps.com/start`
})

interface Json {
  readonly [name: string]: string
}

async function post(path: string, body: object): Promise<{ status: number; type: string | null; body: Json }> {
  const response = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })
  return {
    status: response.status,
    type: response.headers.get('x-amzn-errortype'),
    body: (await response.json()) as Json,
  }
}

function press(path: string, fields: Record<string, string>): Promise<Response> {
  return fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
}

const redirectUri = 'http://127.0.0.1:54321/oauth/callback'

async function register(): Promise<{ clientId: string; clientSecret: string }> {
  const { body } = await post('/client/register', {
    clientName: 'a test',
    clientType: 'public',
    scopes: ['sso:account:access'],
    redirectUris: ['http://127.0.0.1/oauth/callback', 'https://example.com/oauth/callback'],
    issuerUrl: startUrl,
  })
  return { clientId: body.clientId ?? '', clientSecret: body.clientSecret ?? '' }
}

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code'

async function logIn(user = 'taro') {
  const client = await register()
  const { body: device } = await post('/device_authorization', { ...client, startUrl })
  const token = () => post('/token', { ...client, grantType: deviceGrant, deviceCode: device.deviceCode })
  return {
    client,
    device,
    token,
    approve: (decision = 'allow') => press('/device', { user_code: device.userCode ?? '', user, decision }),
  }
}

async function accessToken(): Promise<string> {
  const login = await logIn()
  await login.approve()
  return (await login.token()).body.accessToken ?? ''
}

describe('the device flow', () => {
  it('waits for the approval, gives tokens once, and renews them', async () => {
    const { client, device, token, approve } = await logIn()
    expect(await token()).toMatchObject({
      status: 400,
      type: 'AuthorizationPendingException',
      body: { error: 'authorization_pending' },
    })
    const page = await (await fetch(device.verificationUriComplete ?? '')).text()
    expect(page).toContain(device.userCode)
    expect(page).toContain('<option>taro</option>')
    expect(page).not.toContain('gone')
    expect((await approve()).status).toBe(200)
    const first = await token()
    expect(first.body).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600 })
    expect(await token()).toMatchObject({ type: 'InvalidGrantException' })
    const refresh = { ...client, grantType: 'refresh_token', refreshToken: first.body.refreshToken }
    const second = await post('/token', refresh)
    expect(second.body.accessToken).not.toBe(first.body.accessToken)
    now = new Date('2026-11-22T18:00:01Z')
    expect(await post('/token', { ...refresh, refreshToken: second.body.refreshToken })).toMatchObject({
      type: 'InvalidGrantException',
    })
  })

  it('says what went wrong', async () => {
    const { client, token, approve } = await logIn()
    expect((await approve('deny')).status).toBe(200)
    expect(await token()).toMatchObject({ type: 'AccessDeniedException' })
    const late = await logIn()
    now = new Date('2026-11-22T10:10:01Z')
    expect(await late.token()).toMatchObject({ type: 'ExpiredTokenException' })
    expect((await (await logIn('gone')).approve()).status).toBe(400)
    const wrongStart = { ...client, startUrl: 'https://d-0000000000.awsapps.com/start' }
    expect(await post('/device_authorization', wrongStart)).toMatchObject({ type: 'InvalidRequestException' })
    const wrongSecret = { ...client, clientSecret: 'x', grantType: deviceGrant, deviceCode: 'x' }
    expect(await post('/token', wrongSecret)).toMatchObject({ status: 401, type: 'InvalidClientException' })
  })
})

describe('the authorization code flow', () => {
  const verifier = 'a-verifier-of-some-length-that-nobody-guesses'
  const query = (client: { clientId: string }, more: Record<string, string> = {}) => ({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: redirectUri,
    state: 'abc',
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    ...more,
  })

  it('leads back to the client with a code that only the owner of the verifier can redeem, once', async () => {
    const client = await register()
    const page = await fetch(`${url}/authorize?${new URLSearchParams(query(client))}`)
    expect(await page.text()).toContain('This is not AWS.')
    const back = await press('/authorize', { ...query(client), user: 'taro', decision: 'allow' })
    const target = new URL(back.headers.get('location') ?? '')
    expect(`${target.origin}${target.pathname} ${target.searchParams.get('state')}`).toBe(`${redirectUri} abc`)
    const redeem = (codeVerifier: string) =>
      post('/token', {
        ...client,
        grantType: 'authorization_code',
        code: target.searchParams.get('code'),
        redirectUri,
        codeVerifier,
      })
    expect(await redeem('another')).toMatchObject({ type: 'InvalidGrantException' })
    expect(await redeem(verifier)).toMatchObject({ status: 200, body: { tokenType: 'Bearer' } })
    expect(await redeem(verifier)).toMatchObject({ type: 'InvalidGrantException' })
  })

  it.each([
    ['a redirect to another machine, though registered', { redirect_uri: 'https://example.com/oauth/callback' }],
    ['a redirect to a path that is not registered', { redirect_uri: 'http://127.0.0.1:1/other' }],
    ['no PKCE', { code_challenge_method: 'plain' }],
    ['an unknown client', { client_id: 'x' }],
  ])('refuses %s', async (_what, more) => {
    const client = await register()
    expect((await press('/authorize', { ...query(client, more), user: 'taro', decision: 'allow' })).status).toBe(400)
  })
})

describe('the portal', () => {
  it('lists accounts and roles, direct and through groups, and hands out credentials that STS knows', async () => {
    const token = { accessToken: await accessToken() }
    const { accountList } = await aws.portal.send(new ListAccountsCommand(token))
    expect(accountList?.map(({ accountName }) => accountName)).toEqual(['Management', 'Dev'])
    const roles = await aws.portal.send(new ListAccountRolesCommand({ ...token, accountId: '444455556666' }))
    expect(roles.roleList).toEqual([{ accountId: '444455556666', roleName: 'Reader' }])
    const wanted = new GetRoleCredentialsCommand({ ...token, accountId: management, roleName: 'Admin' })
    const { roleCredentials } = await aws.portal.send(wanted)
    expect(roleCredentials?.expiration).toBe(now.getTime() + 8 * 3_600_000)
    const { accessKeyId = '', secretAccessKey = '', sessionToken = '' } = roleCredentials ?? {}
    const sts = (withToken: string) =>
      new STSClient({
        endpoint: url,
        region,
        credentials: { accessKeyId, secretAccessKey, sessionToken: withToken },
        maxAttempts: 1,
      })
    const { Arn } = await sts(sessionToken).send(new GetCallerIdentityCommand({}))
    expect(Arn).toMatch(new RegExp(`^arn:aws:sts::${management}:assumed-role/AWSReservedSSO_Admin_[0-9a-f]{16}/taro$`))
    expect((await thrown(sts('x').send(new GetCallerIdentityCommand({})))).name).toBe('InvalidClientTokenId')
    now = new Date('2026-11-22T18:00:00Z')
    expect((await thrown(sts(sessionToken).send(new GetCallerIdentityCommand({})))).name).toBe('ExpiredToken')
  })

  it('refuses what is not assigned and tokens that ended', async () => {
    const token = { accessToken: await accessToken() }
    const role = { ...token, accountId: management, roleName: 'Reader' }
    expect(await thrown(aws.portal.send(new GetRoleCredentialsCommand(role)))).toMatchObject({
      name: 'ForbiddenException',
      message: 'No access',
    })
    await aws.portal.send(new LogoutCommand(token))
    const after = await thrown(aws.portal.send(new ListAccountsCommand(token)))
    expect(after).toMatchObject({ name: 'UnauthorizedException', message: 'Session token not found or invalid' })
    const expiring = { accessToken: await accessToken() }
    now = new Date('2026-11-22T11:00:00Z')
    expect((await thrown(aws.portal.send(new ListAccountsCommand(expiring)))).name).toBe('UnauthorizedException')
  })

  it('is a page too: signs in by name, lists, signs out', async () => {
    expect(await (await fetch(`${url}/start`)).text()).toContain('Sign in as')
    const entered = await press('/start', { user: 'taro' })
    const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const page = async () => (await fetch(`${url}/start`, { headers: { cookie } })).text()
    expect(await page()).toContain(`<td>${management}</td><td>Admin</td><td>PT8H</td>`)
    await fetch(`${url}/start`, { method: 'POST', headers: { cookie }, redirect: 'manual' })
    expect(await page()).toContain('Sign in as')
  })
})

describe('the door', () => {
  it('says on every page that it is not AWS', async () => {
    for (const path of ['/', '/start', '/device', '/device?user_code=X', '/authorize', '/nowhere']) {
      expect(await (await fetch(url + path)).text()).toContain('This is not AWS.')
    }
  })

  it('answers to local names and to its own pages only', async () => {
    const { request } = await import('node:http')
    const status = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        request(`${url}/start`, { headers }, (response) => resolve(response.resume().statusCode))
          .on('error', reject)
          .end()
      })
    expect(await status({ host: 'sandbox.example.com' })).toBe(421)
    expect(await status({ host: '127.0.0.1.example.com' })).toBe(421)
    expect(await status({ origin: 'https://example.com' })).toBe(421)
    expect(await status({ host: 'localhost:1' })).toBe(200)
    expect(await status({ host: '[::1]:8080' })).toBe(200)
  })

  it('asks for a signature where AWS does', async () => {
    const call = { method: 'POST', headers: { 'x-amz-target': 'SWBExternalService.ListInstances' }, body: '{}' }
    expect(await (await fetch(url, call)).json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })

  it('exports its state and takes it in again, sign-ins included', async () => {
    const token = { accessToken: await accessToken() }
    const state = await admin(url, 'GET', 'state')
    const { url: other } = await sandbox({ now: () => now })
    await admin(other, 'PUT', 'state', state)
    expect(await admin(other, 'GET', 'state')).toEqual(state)
    expect((await clients(other).portal.send(new ListAccountsCommand(token))).accountList).toHaveLength(2)
    const instances = (at: string) => clients(at).admin.send(new ListInstancesCommand({}))
    expect((await instances(other)).Instances).toEqual((await instances(url)).Instances)
  })
})
