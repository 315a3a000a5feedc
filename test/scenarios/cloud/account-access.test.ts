import { describe, expect, it, vi } from 'vitest'
import type { ContentEntitlement, Contents } from '../../../src/sandbox/content-types.ts'
import { json } from '../e2e/support/relay.ts'
import { people, users } from './support/applications.ts'
import { type CloudOptions, management, newCloud } from './support/cloud.ts'
import { newOffice } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const deploy = `arn:aws:iam::${dev}:role/Deploy`
const audit = `arn:aws:iam::${management}:role/team/Audit`

const entitlements: readonly ContentEntitlement[] = [
  { user: 'taro', role: deploy },
  { group: 'devs', role: audit },
]

const contents: Contents = {
  users: Object.entries(users).map(([userName, { email }]) => ({ userName, email })),
  groups: [{ displayName: 'devs', members: ['hana'] }],
  entitlements,
}

async function world(more: CloudOptions = {}) {
  const cloud = await newCloud({ contents, ...more })
  const here = newOffice(cloud.url)
  here.write(people)
  return { cloud, here }
}

describe('roles that account access manager assigns', () => {
  it('are in the report about access in every form', async () => {
    const { here } = await world()
    const { stdout } = await here.run(['access', '--format', 'text'])
    expect(stdout).toContain(
      [
        'IAM roles through account access manager:',
        `  group devs (1 member): ${audit} on Home (${management})`,
        `  taro: ${deploy} on Dev (${dev})`,
      ].join('\n'),
    )
    expect(stdout).not.toContain('Not checked: account access manager')
    for (const format of ['markdown', 'html']) {
      const page = await here.run(['access', '--format', format])
      expect(page.stdout.replaceAll('`', '')).toContain(`taro: ${deploy} on Dev (${dev})`)
      expect(page.stdout).toContain('Nobody has access through permission sets.')
    }
    const tsv = await here.run(['access', '--format', 'tsv'])
    expect(tsv.stderr).toContain(`  taro: ${deploy} on Dev (${dev})`)
    const document = JSON.parse((await here.run(['access', '--json'])).stdout)
    expect(document.account_access_manager).toMatchObject([
      { principal_type: 'group', principal: 'devs', members: ['hana'], account: management, role_arn: audit },
      { principal_type: 'user', principal: 'taro', members: [], account: dev, account_label: 'Dev', role_arn: deploy },
    ])
    expect(document.not_checked.account_access_manager).toBe(0)
  })

  it('are narrowed by user and account, and left out where the report is about permission sets', async () => {
    const { here } = await world()
    const rolesOf = async (...args: string[]) => {
      const { stdout } = await here.run(['access', '--json', ...args])
      const { account_access_manager: found } = JSON.parse(stdout)
      return found?.map(({ role_arn }: { role_arn: string }) => role_arn)
    }
    expect(await rolesOf('--user', 'taro')).toEqual([deploy])
    expect(await rolesOf('--user', 'hana')).toEqual([audit])
    expect(await rolesOf('--user', '花子')).toEqual([])
    expect(await rolesOf('--account', 'Dev')).toEqual([deploy])
    expect(await rolesOf('--permission-set', 'Ops')).toBe(undefined)
  })

  it('are counted as not looked into where somebody asks who may do something', async () => {
    const { here } = await world()
    const { stdout } = await here.run(['access', '--can', 's3:GetObject', '--format', 'text'])
    expect(stdout.replace(/\s+/g, ' ')).toContain('2 IAM roles assigned through account access manager')
    const document = JSON.parse((await here.run(['access', '--can', 's3:GetObject', '--json'])).stdout)
    expect(document.not_checked.account_access_manager).toBe(2)
  })

  it('are all read, however short the pages are', async () => {
    const { cloud, here } = await world()
    await cloud.add({ entitlements: Array.from({ length: 7 }, (_, n) => ({ user: '花子', role: `${deploy}${n}` })) })
    await cloud.faults({ pageSize: 2 })
    const document = JSON.parse((await here.run(['access', '--json'])).stdout)
    expect(document.account_access_manager).toHaveLength(9)
  })
})

describe('a revoked user', () => {
  it('still has them, which is no success, and is told what ends that', async () => {
    const { cloud, here } = await world()
    const { code, stdout } = await here.run(['revoke', 'taro', '--yes'])
    expect(code).toBe(1)
    const [entitlement] = Object.values((await cloud.export()).entitlements ?? {}).filter(({ role }) => role === deploy)
    const { application = '', id = '' } = entitlement ?? {}
    const told = stdout.replace(/\s+/g, ' ')
    expect(told).toContain(`taro still has access: IAM role ${deploy} on Dev`)
    expect(told).toContain(
      `account access manager assigns it: delete that with "aws account-access delete-entitlement --region us-east-1 --application-arn ${application} --entitlement-id ${id}" (AWS CLI 2.36 or newer)`,
    )
    expect(told).not.toContain('no longer reaches any account')
    const again = JSON.parse((await here.run(['revoke', 'taro', '--yes', '--json'])).stdout.split('\n').at(-2) ?? '')
    expect(again).toMatchObject({ complete: false, account_access_manager: [{ role_arn: deploy, account: dev }] })
    const tables = await cloud.export()
    await cloud.restore({ ...tables, entitlements: {} })
    expect((await here.run(['revoke', 'taro', '--yes'])).code).toBe(0)
  })

  it('loses those of a group with the membership', async () => {
    const { here } = await world()
    const { code, stdout } = await here.run(['revoke', 'hana', '--yes'])
    expect(code).toBe(0)
    expect(stdout).toContain('hana has no grants and cannot start new sessions.')
  })

  it('may go on with sessions of roles that came through a group, and is told so', async () => {
    const { here } = await world()
    const { code, stdout } = await here.run(['revoke', 'hana', '--yes'])
    expect(code).toBe(0)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `Still valid until they expire: sessions of IAM role ${audit} on Home, because account access manager gave it and nothing here ends them.`,
    )
  })

  it('goes on with them where sessions alone are ended, which is no success', async () => {
    const { here } = await world()
    const { code, stdout } = await here.run(['revoke', 'taro', '--sessions', '--yes'])
    expect(code).toBe(1)
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      `Still valid until they expire: sessions of IAM role ${deploy} on Dev`,
    )
  })

  it('is not done with where account access manager is in use and was not read', async () => {
    const { cloud, here } = await world()
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['account-access:ListEntitlements'] }] })
    const { code, stdout } = await here.run(['revoke', 'taro', '--yes', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout.split('\n').at(-2) ?? '')).toMatchObject({ complete: false })
  })

  it('keeps those of a group that belongs to an identity provider', async () => {
    const externalIds = [{ Issuer: 'https://idp.example.com', Id: 'g' }]
    const { cloud, here } = await world()
    await cloud.add({
      groups: [{ displayName: 'scim', externalIds, members: ['花子'] }],
      entitlements: [{ group: 'scim', role: deploy }],
    })
    const { code, stdout } = await here.run(['revoke', '花子', '--yes'])
    expect(code).toBe(1)
    expect(stdout).toContain('through group scim')
    expect(stdout).toContain('group scim belongs to an identity provider: remove 花子 from it there')
  })
})

const principalRole = { principal: { identityCenter: { userId: 'u' } }, roleArn: deploy, account: dev }

describe('account access manager that cannot be read', () => {
  it.each([['deny'], ['throttle'], ['internal'], ['cut-before']] as const)('is said to be unread: %s', async (kind) => {
    const { cloud, here } = await world()
    await cloud.faults({ rules: [{ kind, operations: ['account-access:*'] }] })
    const { code, stdout } = await here.run(['access', '--json'])
    expect(code).toBe(0)
    const document = JSON.parse(stdout)
    expect(document.not_checked.account_access_manager).toBeNull()
    expect(document.account_access_manager_unread).toContain('account-access:ListApplications')
    const { stdout: text } = await here.run(['revoke', 'taro', '--yes'])
    expect(text.replace(/\s+/g, ' ')).toContain(
      'taro has no grants and cannot start new sessions with permission sets; account access manager could not be read.',
    )
  })

  it.each<readonly [string, string, object]>([
    [
      'an entry of another kind',
      'ListEntitlements',
      { entitlements: [{ entitlementId: 'e', entitlement: { other: {} } }] },
    ],
    ['an entry without a principal', 'ListEntitlements', { entitlements: [{ entitlement: { principalRole: {} } }] }],
    ...[
      { roleArn: { a: 1 } },
      { roleArn: 5 },
      { account: { a: 1 } },
      { principal: { identityCenter: { userId: 5 } } },
    ].map((odd): readonly [string, string, object] => [
      `an entry with ${JSON.stringify(odd)}`,
      'ListEntitlements',
      { entitlements: [{ entitlementId: 'e', entitlement: { principalRole: { ...principalRole, ...odd } } }] },
    ]),
    ['no list', 'ListEntitlements', {}],
    ['a list that never ends', 'ListEntitlements', { entitlements: [], nextToken: 'again' }],
    ['a page of a web server', 'ListApplications', { applications: 'none' }],
    ['an application whose ARN is none', 'ListApplications', { applications: [{ applicationArn: 5 }] }],
  ])('is not taken for empty where the answer is %s', async (_what, operation, answer) => {
    const { cloud } = await world()
    const relay = await cloud.relay()
    relay.pass = (call, forward) =>
      call.operation === operation && !call.body.includes('InstanceArn') ? Promise.resolve(json(answer)) : forward()
    const at = newOffice(relay.url)
    at.write(people)
    const { code, stdout } = await at.run(['access', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).not_checked.account_access_manager).toBeNull()
  })

  it('is not asked about an application that belongs to another instance', async () => {
    const { cloud } = await world()
    const relay = await cloud.relay()
    relay.pass = async (call, forward) => {
      if (call.operation !== 'GetApplication') return forward()
      const identityCenter = { instanceArn: 'arn:aws:sso:::instance/ssoins-0000000000000000' }
      return json({ identitySource: { identityCenter }, status: 'ACTIVE' })
    }
    const at = newOffice(relay.url)
    at.write(people)
    const document = JSON.parse((await at.run(['access', '--json'])).stdout)
    expect(document).toMatchObject({ account_access_manager: [], not_checked: { account_access_manager: 0 } })
    expect(relay.calls).not.toContain('ListEntitlements')
  })

  it('is unknown to a delegated administrator to whom nothing is shown', async () => {
    const { cloud, here } = await world()
    const variables = await cloud.delegate(dev)
    const document = JSON.parse((await here.run(['access', '--json'], variables)).stdout)
    expect(document.not_checked.account_access_manager).toBeNull()
    expect(document.account_access_manager_unread).toBe('only the management account shows whether it is in use')
  })
})
