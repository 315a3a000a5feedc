import { mkdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IdentitystoreClient, ListUsersCommand } from '@aws-sdk/client-identitystore'
import * as admin from '@aws-sdk/client-sso-admin'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { credentials, run } from './support/binary.ts'
import { type Center, management, startCenter } from './support/center.ts'
import { configOf, configPath, newDesk, tree } from './support/desk.ts'
import { isWrite } from './support/relay.ts'

// The SDK would announce on stderr which Node version it will ask for next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

/** The AWS config the journey writes into an empty home. */
function expectedConfig(store: string): string {
  return `# managed by sso-reconcile
[sso-session personal]
sso_start_url = https://${store}.awsapps.com/start
sso_region = ap-northeast-1
sso_registration_scopes = sso:account:access

# managed by sso-reconcile
[profile personal]
sso_session = personal
sso_account_id = ${management}
sso_role_name = AdministratorAccess
region = ap-northeast-1
output = json
`
}

/** What is live, as the AWS SDK sees it. */
async function live(endpoint: string) {
  const settings = {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: credentials.AWS_ACCESS_KEY_ID, secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY },
  }
  const client = new admin.SSOAdminClient(settings)
  const { Instances: [instance] = [] } = await client.send(new admin.ListInstancesCommand({}))
  const { InstanceArn, IdentityStoreId } = instance ?? {}
  const store = new IdentitystoreClient(settings)
  const { Users: users = [] } = await store.send(new ListUsersCommand({ IdentityStoreId }))
  const { PermissionSets: arns = [] } = await client.send(new admin.ListPermissionSetsCommand({ InstanceArn }))
  const of = { InstanceArn, PermissionSetArn: arns[0] }
  const { PermissionSet: set } = await client.send(new admin.DescribePermissionSetCommand(of))
  const { Tags } = await client.send(new admin.ListTagsForResourceCommand({ InstanceArn, ResourceArn: arns[0] }))
  const { AttachedManagedPolicies } = await client.send(new admin.ListManagedPoliciesInPermissionSetCommand(of))
  const inAccount = new admin.ListAccountAssignmentsCommand({ ...of, AccountId: management })
  const { AccountAssignments } = await client.send(inAccount)
  return { users, arns, set, Tags, AttachedManagedPolicies, AccountAssignments, IdentityStoreId }
}

test('plan, apply, plan against a server: what is wanted becomes live, once', async () => {
  const { relay } = center
  const desk = newDesk(relay.url)
  const before = tree(desk.folder)

  const first = await run(desk, ['plan'])
  expect(first).toMatchObject({ code: 0, stderr: '' })
  expect(first.stdout).toContain('Plan: 5 to create, 0 to update, 0 to delete, 3 by hand; 0 unchanged.\n')
  expect(first.stdout).toContain('Access: 1 grant added, 0 grants removed.\n')
  expect(await run(desk, ['plan', '--check'])).toEqual({ ...first, code: 2 })
  expect(relay.calls.length).toBeGreaterThan(0)
  expect(relay.calls.filter(isWrite)).toEqual([])
  expect(tree(desk.folder)).toEqual(before)

  const applied = await run(desk, ['apply', '--yes'])
  expect(applied).toMatchObject({ code: 0 })
  expect(applied.stdout).toMatch(/\nApplied: 5 created, 0 updated, 0 deleted \(\d+s\)\. 3 steps left by hand\.\n/)
  expect(applied.stderr).toContain('[5/5] profile/personal  created\n')

  const now = await live(relay.url)
  const [taro] = now.users
  expect(now.users).toEqual([
    expect.objectContaining({
      UserName: 'taro',
      Name: { GivenName: 'Taro', FamilyName: 'Yamada' },
      DisplayName: 'Taro Yamada',
      Emails: [{ Value: 'taro@example.com', Type: 'work', Primary: true }],
    }),
  ])
  expect(now.arns).toHaveLength(1)
  expect(now.set).toMatchObject({ Name: 'AdministratorAccess', Description: 'Full access', SessionDuration: 'PT8H' })
  expect(now.Tags).toEqual([{ Key: 'managed-by', Value: 'sso-reconcile' }])
  expect(now.AttachedManagedPolicies).toEqual([
    { Name: 'AdministratorAccess', Arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ])
  expect(now.AccountAssignments).toEqual([
    { AccountId: management, PermissionSetArn: now.arns[0], PrincipalType: 'USER', PrincipalId: taro?.UserId },
  ])
  expect(configOf(desk.home)).toBe(expectedConfig(String(now.IdentityStoreId)))
  expect(statSync(configPath(desk.home)).mode & 0o777).toBe(0o600)
  expect(statSync(join(desk.home, '.aws')).mode & 0o777).toBe(0o700)

  const settled = tree(desk.folder)
  const held = await center.export()
  // A time nobody would write by chance, to the second, which every file system keeps.
  utimesSync(configPath(desk.home), 1_000_000_000, 1_000_000_000)
  const { mtimeMs, ino } = statSync(configPath(desk.home))
  relay.forget()
  for (const words of [['plan'], ['plan', '--check'], ['apply', '--yes'], ['apply']]) {
    const again = await run(desk, words)
    expect(again, words.join(' ')).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout, words.join(' ')).toContain(
      'No changes. IAM Identity Center and this machine match sso.yaml (5',
    )
  }
  expect(relay.calls.filter(isWrite)).toEqual([])
  expect(await center.export()).toEqual(held)
  expect(tree(desk.folder)).toEqual(settled)
  expect(statSync(configPath(desk.home))).toMatchObject({ mtimeMs, ino })
})

describe('--sandbox in a folder that holds nothing but sso.yaml', () => {
  const desk = newDesk()
  const inSandbox = (...words: string[]) => run(desk, [...words, '--sandbox'])
  const privateHome = join(desk.work, '.sso-sandbox', 'home')

  test('is the same journey, with state between the runs and the real home untouched', async () => {
    expect(await inSandbox('plan', '--check')).toMatchObject({ code: 2, stderr: '' })
    expect(await inSandbox('apply', '--yes')).toMatchObject({ code: 0 })
    const [, store = ''] = /^sso_start_url = https:\/\/([^.]+)/m.exec(configOf(privateHome)) ?? []
    expect(configOf(privateHome)).toBe(expectedConfig(store))
    const { mtimeMs } = statSync(configPath(privateHome))
    const again = await inSandbox('apply', '--yes')
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout).toContain('No changes. ')
    expect(await inSandbox('plan', '--check')).toMatchObject({ code: 0, stderr: '' })
    expect(statSync(configPath(privateHome)).mtimeMs).toBe(mtimeMs)
    expect(tree(desk.home)).toEqual([])
  })

  test('needs no credentials and asks no endpoint that the environment names', async () => {
    const elsewhere = newDesk('http://127.0.0.1:1')
    const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
    expect(await run(elsewhere, ['plan', '--sandbox'], none)).toMatchObject({ code: 0, stderr: '' })
    expect(tree(elsewhere.home)).toEqual([])
  })

  test('takes another folder, and says so in the apply that it suggests', async () => {
    const other = newDesk()
    const planned = await run(other, ['plan', '--sandbox-dir', '../else where'])
    const [, words = ''] = /^Apply exactly this: sso-reconcile (.*)$/m.exec(planned.stdout) ?? []
    expect(words).toMatch(/^apply --expect [0-9a-f]{16} --sandbox --sandbox-dir '..\/else where'$/)
    const applied = await run(other, words.replaceAll("'", '').split(/ (?!where)/))
    expect(applied).toMatchObject({ code: 0 })
    expect(configOf(join(other.folder, 'else where', 'home'))).toContain('[profile personal]')
    expect(tree(other.work)).toHaveLength(1)
  })
})

test('a config file that exists keeps its bytes and is kept once as it was', async () => {
  const own = await startCenter()
  const desk = newDesk(own.relay.url)
  const mine = '[default]\r\nregion = eu-west-1 ; mine\r\n\r\n[profile old]\nrole_arn=x\n   s3 =\n  a = 1\n'
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), mine, { mode: 0o640 })
  expect(await run(desk, ['apply', '--yes', '--quiet'])).toMatchObject({ code: 0 })
  expect(configOf(desk.home).startsWith(mine)).toBe(true)
  expect(statSync(configPath(desk.home)).mode & 0o777).toBe(0o640)
  expect(tree(join(desk.home, '.aws')).map((line) => line.split(' ')[0])).toEqual([
    'config',
    'config.before-sso-reconcile',
  ])
  expect(tree(join(desk.home, '.aws'))[1]).toContain(JSON.stringify(mine))
  await own.close()
})
