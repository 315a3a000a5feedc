import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isFull } from '../support/effort.ts'
import { management, region, sandbox, temporaryFolder } from './harness.ts'

const run = promisify(execFile)

/** Why a tool cannot be used here; undefined when it can. */
async function reasonAgainst(command: string, ...args: readonly string[]): Promise<string | undefined> {
  return run(command, args).then(
    () => undefined,
    () => `${command} ${args.join(' ')} does not run here`,
  )
}

const noBoto = await reasonAgainst('python3', '-c', 'import boto3')
const noCli = await reasonAgainst('aws', '--version')
const cliV2 = await versionTwo(process.env.SSO_RECONCILE_AWS_CLI_V2 ?? 'aws')
// AWS_ENDPOINT_URL is honoured since 2.13; a command named on purpose is taken at its word.
const isUsable = cliV2.minor >= 13 || process.env.SSO_RECONCILE_AWS_CLI_V2 !== undefined
const noCliV2 = isUsable ? undefined : 'no AWS CLI of version 2.13 or later here'
const noTerraform = isFull
  ? await reasonAgainst('terraform', 'version')
  : 'it takes a minute; SSO_RECONCILE_TESTS=full runs it'

/** The minor version of an AWS CLI v2; -1 for anything else. */
async function versionTwo(command: string): Promise<{ readonly command: string; readonly minor: number }> {
  const { stdout } = await run(command, ['--version']).catch(() => ({ stdout: '' }))
  return { command, minor: Number(/^aws-cli\/2\.(\d+)\./.exec(stdout)?.[1] ?? -1) }
}

/** A test that is skipped, and says why, where the tool is absent. */
function itNeeds(reason: string | undefined) {
  return (name: string, body: () => Promise<void>, timeout = 60_000) => {
    if (reason !== undefined) process.stderr.write(`skipped: ${name}: ${reason}\n`)
    it.skipIf(reason !== undefined)(name, body, timeout)
  }
}

const contents = {
  users: [{ userName: 'taro', email: 'taro@example.com' }],
  permissionSets: [{ name: 'Admin', sessionDuration: 'PT8H' }],
  assignments: [{ permissionSet: 'Admin', account: management, user: 'taro' }],
}

describe('clients that nobody here wrote', () => {
  itNeeds(noBoto)('boto3 lives through the whole life of a user, a group and a set', async () => {
    const { url } = await sandbox()
    const script = join(import.meta.dirname, 'children', 'boto.py')
    const { stdout } = await run('python3', [script, url, region])
    expect(stdout.trim()).toBe('ok')
  })

  itNeeds(noCli)('the AWS CLI reads, writes, and tells errors', async () => {
    const { url } = await sandbox({ contents })
    const aws = cli(url, await temporaryFolder())
    const [{ InstanceArn, IdentityStoreId }] = (await aws('sso-admin', 'list-instances')).Instances
    const store = ['--identity-store-id', IdentityStoreId]
    const enterprise = 'aws:identitystore:enterprise'
    const [{ UserId }] = (await aws('identitystore', 'list-users', ...store)).Users
    const user = [...store, '--user-id', UserId]
    const change = [{ AttributePath: `${enterprise}.costCenter`, AttributeValue: '4130' }]
    const updated = await aws('identitystore', 'update-user', ...user, '--operations', JSON.stringify(change))
    expect(updated).toBe(undefined)
    expect((await aws('identitystore', 'describe-user', ...user)).Extensions).toBe(undefined)
    expect((await aws('identitystore', 'describe-user', ...user, '--extensions', enterprise)).Extensions).toEqual({
      [enterprise]: { costCenter: '4130' },
    })
    const { GroupId } = await aws('identitystore', 'create-group', ...store, '--display-name', 'admins')
    const { Groups } = await aws('identitystore', 'list-groups', ...store)
    expect(Groups).toMatchObject([{ GroupId, DisplayName: 'admins' }])
    const missing = [
      '--instance-arn',
      InstanceArn,
      '--permission-set-arn',
      `${InstanceArn.replace('instance', 'permissionSet')}/ps-0123456789abcdef`,
    ]
    await expect(aws('sso-admin', 'describe-permission-set', ...missing)).rejects.toThrow('(ResourceNotFoundException)')
    expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: management })
    // What README tries a new profile with.
    expect((await aws('s3api', 'list-buckets')).Buckets ?? []).toEqual([])
  })

  itNeeds(noCli)('the AWS CLI reads policies from IAM, and has one validated', async () => {
    const { url } = await sandbox()
    const aws = cli(url, await temporaryFolder())
    const managed = (name: string) => ['--policy-arn', `arn:aws:iam::aws:policy/${name}`]
    const own = ['--policy-arn', `arn:aws:iam::${management}:policy/team/Team`]
    expect((await aws('iam', 'get-policy', ...managed('job-function/Billing'))).Policy).toMatchObject({
      PolicyName: 'Billing',
      Path: '/job-function/',
      DefaultVersionId: 'v1',
    })
    expect((await aws('iam', 'get-policy', ...own)).Policy).toMatchObject({ PolicyName: 'Team', Path: '/team/' })
    await expect(aws('iam', 'get-policy', ...managed('Billing'))).rejects.toThrow('(NoSuchEntity)')
    await expect(aws('iam', 'get-policy', '--policy-arn', `${own[1]}s`)).rejects.toThrow('(NoSuchEntity)')
    const other = ['--policy-arn', 'arn:aws:iam::444455556666:policy/team/Team']
    await expect(aws('iam', 'get-policy', ...other)).rejects.toThrow('(AccessDenied)')
    const version = await aws('iam', 'get-policy-version', ...managed('AdministratorAccess'), '--version-id', 'v1')
    const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
    expect(version.PolicyVersion).toMatchObject({ Document: everything, IsDefaultVersion: true, VersionId: 'v1' })

    const text = '{\n  "Statement": [{ "Effect": "Allow", "Action": ["s3:GetObjct"], "Resource": "*" }]\n}'
    const validate = ['accessanalyzer', 'validate-policy', '--policy-type', 'IDENTITY_POLICY', '--policy-document']
    const { findings } = await aws(...validate, text)
    expect(findings).toMatchObject([
      { issueCode: 'MISSING_VERSION', findingType: 'WARNING', locations: [{ path: [], span: { start: { line: 1 } } }] },
      {
        issueCode: 'INVALID_ACTION',
        findingType: 'ERROR',
        locations: [
          {
            path: [{ value: 'Statement' }, { index: 0 }, { value: 'Action' }, { index: 0 }],
            span: { start: { line: 2, column: 48, offset: 50 }, end: { line: 2, column: 61, offset: 63 } },
          },
        ],
      },
    ])
    expect(text.slice(50, 63)).toBe('"s3:GetObjct"')
  })

  itNeeds(noCli)('the AWS CLI lists the roles of permission sets, as a report advises, page by page', async () => {
    const sets = ['Admin', 'Read', 'Write'].map((name) => ({ name }))
    const assignments = sets.map(({ name }) => ({ permissionSet: name, account: management, user: 'taro' }))
    const { url } = await sandbox({ contents: { ...contents, permissionSets: sets, assignments } })
    const aws = cli(url, await temporaryFolder())
    const list = ['iam', 'list-roles', '--path-prefix', '/aws-reserved/sso.amazonaws.com/']
    for (const more of [[], ['--page-size', '1'], ['--max-items', '3']]) {
      const { Roles } = await aws(...list, ...more)
      const names = (Roles as { RoleName: string }[]).map(({ RoleName }) => RoleName.slice(0, -17))
      expect(names).toEqual(sets.map(({ name }) => `AWSReservedSSO_${name}`))
    }
    expect((await aws('iam', 'list-roles', '--path-prefix', '/other/')).Roles).toEqual([])
  })

  itNeeds(noCli)('the AWS CLI uses an SSO profile: token cache, refresh, portal and role', async () => {
    const { url } = await sandbox({ contents })
    const home = await temporaryFolder()
    const { startUrl, cache } = await logInByHand(url, home)
    await writeProfile(home, startUrl)
    const environment = withoutKeys(url, home)
    const args = ['sts', 'get-caller-identity', '--profile', 'taro', '--output', 'json']
    const { stdout } = await run('aws', args, { env: environment })
    expect(JSON.parse(stdout).Arn).toMatch(/assumed-role\/AWSReservedSSO_Admin_[0-9a-f]{16}\/taro$/)
    // The token in the cache had expired, so the CLI must have renewed it.
    const renewed = JSON.parse(await readFile(cache, 'utf8'))
    expect(Date.parse(renewed.expiresAt)).toBeGreaterThan(Date.now())
  })

  itNeeds(noCliV2)('the AWS CLI v2 logs in by device code, uses the role, and logs out', async () => {
    const { url } = await sandbox({ contents })
    const home = await temporaryFolder()
    await mkdir(join(home, '.aws'))
    await writeProfile(home, `${url}/start`)
    const env = withoutKeys(url, home)
    const byCode = cliV2.minor >= 22 ? ['--use-device-code'] : []
    const login = spawn(cliV2.command, ['sso', 'login', '--profile', 'taro', '--no-browser', ...byCode], { env })
    onTestFinished(() => void login.kill('SIGKILL'))
    const ended = once(login, 'exit')
    // A pipe that is closed early would end the AWS CLI with a code of its own.
    await approve(url, login.stdout.iterator({ destroyOnReturn: false }))
    login.stdout.resume()
    expect(await ended).toEqual([0, null])
    const caller = ['sts', 'get-caller-identity', '--profile', 'taro', '--output', 'json']
    const { stdout } = await run(cliV2.command, caller, { env })
    expect(JSON.parse(stdout).Arn).toMatch(/assumed-role\/AWSReservedSSO_Admin_[0-9a-f]{16}\/taro$/)
    await run(cliV2.command, ['sso', 'logout'], { env })
    await expect(run(cliV2.command, caller, { env })).rejects.toThrow('Error loading SSO Token')
  })

  itNeeds(noTerraform)(
    "Terraform's provider applies, plans nothing more, and destroys",
    async () => {
      const { url } = await sandbox()
      const folder = await temporaryFolder()
      const source = await readFile(join(import.meta.dirname, 'children', 'main.tf'), 'utf8')
      await writeFile(join(folder, 'main.tf'), source.replaceAll('SANDBOX', url))
      const env = { ...process.env, ...(await pluginMirror(folder)), CHECKPOINT_DISABLE: '1' }
      const terraform = (...args: string[]) => run('terraform', args, { cwd: folder, env, maxBuffer: 10_000_000 })
      await terraform('init', '-no-color')
      await terraform('apply', '-no-color', '-auto-approve')
      expect((await terraform('plan', '-no-color', '-detailed-exitcode')).stdout).toContain('No changes.')
      expect((await terraform('destroy', '-no-color', '-auto-approve')).stdout).toContain('9 destroyed')
    },
    300_000,
  )
})

/** Where the provider comes from: a folder named by SSO_RECONCILE_TF_PLUGINS, else whatever Terraform is set up with. */
async function pluginMirror(folder: string): Promise<NodeJS.ProcessEnv> {
  const path = process.env.SSO_RECONCILE_TF_PLUGINS
  if (path === undefined) return {}
  const file = join(folder, 'terraformrc')
  await writeFile(file, `provider_installation {\n  filesystem_mirror {\n    path = "${path}"\n  }\n}\n`)
  return { TF_CLI_CONFIG_FILE: file }
}

/** Writes an AWS config whose profile `taro` logs in at the sandbox. */
async function writeProfile(home: string, startUrl: string): Promise<void> {
  const lines = [
    '[profile taro]',
    'sso_session = test',
    `sso_account_id = ${management}`,
    'sso_role_name = Admin',
    `region = ${region}`,
    '[sso-session test]',
    `sso_start_url = ${startUrl}`,
    `sso_region = ${region}`,
    'sso_registration_scopes = sso:account:access',
  ]
  await writeFile(join(home, '.aws', 'config'), `${lines.join('\n')}\n`)
}

/** Waits for the user code a login prints and allows it, as the person at the browser would. */
async function approve(url: string, output: AsyncIterable<Buffer>): Promise<void> {
  let seen = ''
  for await (const chunk of output) {
    seen += chunk
    const [code] = /[A-Z]{4}-[A-Z]{4}/.exec(seen) ?? []
    if (code === undefined) continue
    const body = new URLSearchParams({ user_code: code, user: 'taro', decision: 'allow' })
    await fetch(`${url}/device`, { method: 'POST', body })
    return
  }
  throw new Error(`No code was printed: ${seen}`)
}

function withoutKeys(url: string, home: string): NodeJS.ProcessEnv {
  const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...environment } = environmentOf(url, home)
  return environment
}

function environmentOf(url: string, home: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    HOME: home,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: 'dummy',
    AWS_SECRET_ACCESS_KEY: 'dummy',
  }
}

function cli(url: string, home: string) {
  return async (...args: string[]) => {
    const { stdout } = await run('aws', [...args, '--output', 'json'], { env: environmentOf(url, home) })
    return stdout === '' ? undefined : JSON.parse(stdout)
  }
}

/** Logs in over plain HTTP and leaves the token, already expired, where the AWS CLI looks for it. */
async function logInByHand(url: string, home: string): Promise<{ startUrl: string; cache: string }> {
  const post = async (path: string, body: object) =>
    (await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<Record<string, string>>
  const startUrl = `${url}/start`
  const scopes = ['sso:account:access']
  const { clientId, clientSecret } = await post('/client/register', { clientName: 'x', clientType: 'public', scopes })
  const { deviceCode, userCode = '' } = await post('/device_authorization', { clientId, clientSecret, startUrl })
  const fields = { user_code: userCode, user: 'taro', decision: 'allow' }
  await fetch(`${url}/device`, { method: 'POST', body: new URLSearchParams(fields) })
  const grantType = 'urn:ietf:params:oauth:grant-type:device_code'
  const token = await post('/token', { clientId, clientSecret, deviceCode, grantType })
  const cache = join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update('test').digest('hex')}.json`)
  await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true })
  const registrationExpiresAt = new Date(Date.now() + 86_400_000).toISOString().replace(/\.\d+/, '')
  const { accessToken, refreshToken } = token
  const kept = { startUrl, region, accessToken, refreshToken, clientId, clientSecret, registrationExpiresAt }
  await writeFile(cache, JSON.stringify({ ...kept, expiresAt: '2020-01-01T00:00:00Z' }))
  return { startUrl, cache }
}
