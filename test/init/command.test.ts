import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteUserCommand, IdentitystoreClient, ListUsersCommand } from '@aws-sdk/client-identitystore'
import { OrganizationsClient, RegisterDelegatedAdministratorCommand } from '@aws-sdk/client-organizations'
import { ListInstancesCommand, SSOAdminClient } from '@aws-sdk/client-sso-admin'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Contents } from '../../src/sandbox/content-types.ts'
import type { Seed } from '../../src/sandbox/seed.ts'
import { startSandbox } from '../../src/sandbox/server.ts'
import { configPath, type Desk, newDesk, newFolder, tree } from '../scenarios/e2e/support/desk.ts'
import { isFull } from '../support/effort.ts'
import { run } from '../support/here.ts'

// The SDK would announce on stderr which Node version it will ask for next year.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

const management = '111122223333'
const region = { AWS_REGION: 'eu-west-1' }
const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }

const seed: Seed = {
  region: 'eu-west-1',
  instanceId: 'ssoins-0123456789abcdef',
  managementAccount: management,
  accounts: [
    { id: management, name: 'Main' },
    { id: '444455556666', name: 'Dev Sandbox', policies: [{ name: 'Lake', path: '/data/' }] },
    { id: '012345678901', name: '開発', policies: [{ name: 'Lake', path: '/data/' }] },
    { id: '777788889999', name: 'Old', state: 'SUSPENDED' },
  ],
}

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'

const contents: Contents = {
  users: [
    { userName: 'taro', givenName: 'Taro', familyName: 'Yamada', email: 'taro@example.com' },
    { userName: 'hanako', email: 'hanako@example.com', externalIds: [{ Issuer: 'https://idp.example', Id: '1' }] },
    { userName: 'nomail' },
  ],
  groups: [
    { displayName: 'admins', description: 'Full access', members: ['taro', 'hanako'] },
    { displayName: 'AWSControlTowerAdmins', members: ['taro'] },
    { displayName: '開発 チーム' },
  ],
  permissionSets: [
    { name: 'Admin', sessionDuration: 'PT8H', managedPolicies: [admin], tags: { team: 'x' } },
    {
      name: 'Data',
      customerManagedPolicies: [{ Name: 'Lake', Path: '/data/' }],
      permissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
      inlinePolicy: {
        Version: '2012-10-17',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
        Statement: { Effect: 'Allow', Action: 's3:Get*', Resource: 'arn:aws:s3:::${aws:username}/*' },
      },
    },
    { name: 'AWSServiceCatalogEndUserAccess' },
    { name: 'Odd', sessionDuration: 'PT1H1S' },
  ],
  assignments: [
    { permissionSet: 'Admin', account: management, group: 'admins' },
    { permissionSet: 'Admin', account: '444455556666', group: 'admins' },
    { permissionSet: 'Data', account: '444455556666', user: 'nomail' },
    { permissionSet: 'Data', account: '012345678901', user: 'nomail' },
    { permissionSet: 'AWSServiceCatalogEndUserAccess', account: '444455556666', group: 'AWSControlTowerAdmins' },
    { permissionSet: 'Odd', account: '444455556666', user: 'taro' },
  ],
}

/** A desk without a manifest, at a server that holds this. */
async function deskAt(
  what: { readonly seed?: Partial<Seed>; readonly contents?: Contents } = {},
): Promise<Desk & { url: string }> {
  const sandbox = await startSandbox({
    stateFile: join(newFolder(), 'state.json'),
    seed: { ...seed, ...what.seed },
    ...(what.contents ? { contents: what.contents } : {}),
    now: () => new Date(),
    random: (bytes) => randomBytes(bytes),
  })
  onTestFinished(() => sandbox.close())
  const desk = newDesk(sandbox.url)
  rmSync(manifest(desk))
  return { ...desk, url: sandbox.url }
}

async function storeOf(endpoint: string): Promise<string | undefined> {
  const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' }
  const client = new SSOAdminClient({ endpoint, region: 'eu-west-1', credentials })
  return (await client.send(new ListInstancesCommand({}))).Instances?.[0]?.IdentityStoreId
}

function manifest({ work }: Desk): string {
  return join(work, 'sso.yaml')
}

function textOf(desk: Desk): string {
  return readFileSync(manifest(desk), 'utf8')
}

function writeConfig(desk: Desk, text: string): void {
  mkdirSync(join(desk.home, '.aws'))
  writeFileSync(configPath(desk.home), text)
}

async function nothingToDo(desk: Desk, as = {}): Promise<void> {
  const plan = await run(desk, ['plan', '--json', '--thorough', '--check'], { ...region, ...as })
  const { operations, refusals, diagnostics } = JSON.parse(plan.stdout)
  const errors = diagnostics.filter(({ severity }: { severity: string }) => severity === 'error')
  expect({ code: plan.code, operations, refusals, errors }).toEqual({
    code: 0,
    operations: [],
    refusals: [],
    errors: [],
  })
}

const config = `[sso-session work]
sso_start_url = https://corp.awsapps.com/start/#
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = work
sso_account_id = 444455556666
sso_role_name = Data
region = eu-central-1
cli_pager =

[profile keys]
region = eu-west-1
`

// A full run tries many more worlds.
if (isFull) vi.setConfig({ testTimeout: 900_000 })

describe('init', () => {
  it('writes what Identity Center and this machine hold, and the next plan is empty', async () => {
    const desk = await deskAt({ contents })
    writeConfig(desk, config)
    const before = tree(desk.home)
    const { code, stdout, stderr } = await run(desk, ['init'], region)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^Wrote sso.yaml: 3 users, 2 groups, 3 permission sets, 3 assignment rules, 1 profile\.\n/)
    expect(tree(desk.home)).toEqual(before)
    const text = textOf(desk)
    expect(text).toContain('taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }')
    expect(text).toContain('start_url: https://corp.awsapps.com/start/#\n')
    expect(text).toContain('dev-sandbox: "444455556666"')
    expect(text).toContain('accounts: ["012345678901", dev-sandbox]')
    expect(text).toContain('  # nomail: has no email; looked up, never changed\n  nomail: { external: true }\n')
    expect(text).toContain('  Odd:\n    session_duration: PT1H1S\n')
    expect(text).toContain('permission_sets: [AWSServiceCatalog*]')
    expect(text).toContain('dev: { account: dev-sandbox, permission_set: Data }')
    await nothingToDo(desk)
  })

  it('ends in an empty plan for whatever a server holds', async () => {
    for (const random of fc.sample(centers, { numRuns: isFull ? 100 : 4 })) {
      const desk = await deskAt({ contents: random })
      expect(await run(desk, ['init'], region)).toMatchObject({ code: 0, stderr: '' })
      await nothingToDo(desk)
    }
  })

  it('deletes nothing that a person who is gone has left behind', async () => {
    const desk = await deskAt({ contents })
    const store = new IdentitystoreClient({
      endpoint: desk.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'dummy', secretAccessKey: 'dummy' },
    })
    const IdentityStoreId = await storeOf(desk.url)
    const { Users = [] } = await store.send(new ListUsersCommand({ IdentityStoreId }))
    const UserId = Users.find(({ UserName }) => UserName === 'nomail')?.UserId
    await store.send(new DeleteUserCommand({ IdentityStoreId, UserId }))
    expect((await run(desk, ['init'], region)).code).toBe(0)
    expect(textOf(desk)).toContain(`  assignments: [{ user: ${UserId} }]\n`)
    expect(textOf(desk).replace(/\n# +/g, ' ')).toContain(
      ` 2 assignments of user ${UserId} (the user no longer exists); listed under ignore`,
    )
    await nothingToDo(desk)
  })

  it('ignores what a delegated administrator cannot touch', async () => {
    const desk = await deskAt({ contents })
    const credentials = { accessKeyId: 'dummy', secretAccessKey: 'dummy' }
    const organization = new OrganizationsClient({ endpoint: desk.url, region: 'eu-west-1', credentials })
    const delegate = { AccountId: '444455556666', ServicePrincipal: 'sso.amazonaws.com' }
    await organization.send(new RegisterDelegatedAdministratorCommand(delegate))
    const as = { AWS_ACCESS_KEY_ID: 'AKIA444455556666ABCD', AWS_SESSION_TOKEN: undefined }
    expect(await run(desk, ['init'], { ...region, ...as })).toMatchObject({ code: 0, stderr: '' })
    expect(textOf(desk)).toContain('  permission_sets: [AWSServiceCatalog*, Admin]\n')
    expect(textOf(desk)).toContain('# permission set Admin: used in the management account')
    await nothingToDo(desk, as)
  })

  it('prints and writes nothing on a dry run', async () => {
    const desk = await deskAt({ contents })
    const { code, stdout } = await run(desk, ['init', '--dry-run'], region)
    expect(code).toBe(0)
    expect(stdout).toContain('\npermission_sets:\n')
    expect(existsSync(manifest(desk))).toBe(false)
  })

  it('replaces only with --force, and keeps every file it replaces', async () => {
    const desk = await deskAt({ contents })
    const first = 'version: 1\nidentity_center: { region: eu-west-1 }\nname: home # mine\n'
    writeFileSync(manifest(desk), first)
    const forced = await run(desk, ['init', '--force', '--json'])
    const backup = 'sso.yaml.before-sso-reconcile'
    expect(JSON.parse(forced.stdout)).toEqual({
      format_version: 1,
      file: 'sso.yaml',
      written: true,
      backup,
      diagnostics: [],
    })
    expect(textOf(desk)).toContain('\nname: home\n')
    expect(readFileSync(join(desk.work, backup), 'utf8')).toBe(first)
    writeFileSync(manifest(desk), 'not: [valid')
    expect((await run(desk, ['init', '--force', '--quiet'], region)).code).toBe(0)
    expect(readFileSync(join(desk.work, backup), 'utf8')).toBe(first)
    expect(readFileSync(join(desk.work, `${backup}.2`), 'utf8')).toBe('not: [valid')
    await nothingToDo(desk)
  })

  it('does not replace a file that revokes access', async () => {
    const desk = await deskAt({ contents })
    const text = 'version: 1\nidentity_center: { region: eu-west-1 }\nrevoked: { taro: 2026-11-22T10:00:00Z }\n'
    writeFileSync(manifest(desk), text)
    const { code, stderr } = await run(desk, ['init', '--force'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/revokes the access of taro.*\n.*--undo/)
    expect(textOf(desk)).toBe(text)
  })

  it('completes an existing manifest and says when there is nothing to complete', async () => {
    const desk = await deskAt()
    writeFileSync(manifest(desk), '# mine\nversion: 1\nidentity_center:\n  region: eu-west-1 # home\n')
    const { code, stdout } = await run(desk, ['init'])
    expect(code).toBe(0)
    expect(stdout).toContain('Completed sso.yaml: identity_center.start_url, accounts.management.')
    expect(textOf(desk)).toMatch(
      /^# mine\nversion: 1\nidentity_center:\n {2}region: eu-west-1 # home\n {2}start_url: https:\/\/d-[0-9a-f]{10}\.awsapps\.com\/start\n\naccounts:\n {2}management: "111122223333"\n$/,
    )
    const before = tree(desk.work)
    const again = await run({ ...desk, endpoint: 'http://127.0.0.1:9' }, ['init'])
    expect(again).toMatchObject({ code: 0, stderr: '' })
    expect(again.stdout).toContain('is already complete; nothing was changed')
    expect(tree(desk.work)).toEqual(before)
  })

  it('leaves a manifest with an error, or one it cannot complete, as it is', async () => {
    const desk = await deskAt()
    for (const text of ['# mine\n', 'version: 2\n', 'version: 1\nidentity_center: { region: us-east-1 }\n']) {
      writeFileSync(manifest(desk), text)
      const { code, stderr } = await run(desk, ['init'])
      expect(code).toBe(1)
      expect(stderr).toMatch(/hint: /)
      expect(textOf(desk)).toBe(text)
    }
  })

  it('finds the region with --scan, and says how when nothing tells it', async () => {
    const desk = await deskAt({ contents })
    const blind = await run(desk, ['init'])
    expect(blind.code).toBe(1)
    expect(blind.stderr).toMatch(/--region REGION.*AWS_REGION.*--scan/)
    expect(existsSync(manifest(desk))).toBe(false)
    expect((await run(desk, ['init', '--scan'])).code).toBe(0)
    expect(textOf(desk)).toContain('  region: eu-west-1\n')
  })

  it.each([
    ['nobody is logged in', {}, { ...region, ...nobody }, /no usable AWS credentials/, /init --force/, undefined],
    ['there is no organization', { fresh: true }, region, /not in an organization/, /sso-reconcile init/, management],
    [
      'Identity Center is elsewhere',
      {},
      { AWS_REGION: 'us-east-1' },
      /not enabled in us-east-1/,
      /sso-reconcile init/,
      management,
    ],
  ])('writes a valid starter when %s', async (_name, world, env, warning, next, known) => {
    const desk = await deskAt({ seed: world })
    const { code, stdout, stderr } = await run(desk, ['init'], env)
    expect(code).toBe(0)
    expect(stderr).toMatch(warning)
    expect(stdout).toMatch(next)
    expect(textOf(desk).includes(`management: "${management}"\n`)).toBe(known !== undefined)
    expect((await run(desk, ['validate'])).code).toBe(0)
  })

  it('does not begin anew where another try could succeed', async () => {
    const desk = await deskAt()
    const unreachable = await run({ ...desk, endpoint: 'http://127.0.0.1:9' }, ['init'], {
      ...region,
      AWS_MAX_ATTEMPTS: '1',
    })
    const unknown = await run(desk, ['init', '--profile', 'missing'], { ...region, ...nobody })
    expect([unreachable.code, unknown.code]).toEqual([1, 1])
    expect(existsSync(manifest(desk))).toBe(false)
  })

  it('writes the local half without a connection, and its plan is empty', async () => {
    const desk = await deskAt()
    writeConfig(desk, config)
    const offline = { ...desk, endpoint: 'http://127.0.0.1:9' }
    expect(await run(offline, ['init', '--only', 'local'], nobody)).toMatchObject({ code: 0, stderr: '' })
    expect(textOf(desk)).toContain('dev: { account: "444455556666", permission_set: Data }')
    const plan = await run(offline, ['plan', '--only', 'local', '--check'], nobody)
    expect(plan).toMatchObject({ code: 0, stderr: '' })
  })
})

/** Contents that the server takes, with what is awkward to write down. */
const centers: fc.Arbitrary<Contents> = fc
  .record({
    users: fc.uniqueArray(fc.constantFrom('taro', 'no', '12', '山田', '*', "o'neil", '#1', '-', '~', 'a:b'), {
      maxLength: 5,
    }),
    groups: fc.uniqueArray(fc.constantFrom('admins', 'AWSAccountFactory', 'a b', '- x', '開発'), { maxLength: 4 }),
    sets: fc.uniqueArray(fc.constantFrom('Admin', 'AWSReadOnlyAccess', 'no', '12', '1e3', 'a.b@c'), { maxLength: 4 }),
    picks: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.boolean()), { maxLength: 20 }),
    durations: fc.array(fc.constantFrom('PT1H', 'PT60M', 'PT90M', 'PT1H1S'), { minLength: 4, maxLength: 4 }),
    external: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  })
  .map(({ users, groups, sets, picks, durations, external }) => {
    const grants = picks.map(([who, set, account, group]) => {
      const names = group ? groups : users
      return {
        name: names[who % names.length],
        set: sets[set % sets.length],
        account: [management, '444455556666', '012345678901'][account % 3] ?? '',
        group,
      }
    })
    const once = new Map(grants.map((one) => [JSON.stringify(one), one]))
    return {
      users: users.map((userName, index) => ({
        userName,
        ...(index === 3 ? {} : { email: `user${index}@example.com` }),
        ...(external[index] ? { externalIds: [{ Issuer: 'https://idp.example', Id: userName }] } : {}),
      })),
      groups: groups.map((displayName, index) => ({ displayName, members: users.slice(index) })),
      permissionSets: sets.map((name, index) => ({
        name,
        sessionDuration: durations[index] ?? 'PT1H',
        ...(index === 1 ? { managedPolicies: [admin] } : {}),
      })),
      assignments: [...once.values()].flatMap(({ name, set, account, group }) =>
        name === undefined || set === undefined
          ? []
          : [{ permissionSet: set, account, ...(group ? { group: name } : { user: name }) }],
      ),
    }
  })
