import { beforeAll, beforeEach, expect, it } from 'vitest'
import { accessFormats } from '../../src/report/access/formats.ts'
import type { Contents } from '../../src/sandbox/content-types.ts'
import { credentials } from '../scenarios/e2e/support/binary.ts'
import type { Desk } from '../scenarios/e2e/support/desk.ts'
import { run, runAt } from '../support/here.ts'
import { ourTime } from '../support/time.ts'
import { accessCenter, forgetUser } from './support/center.ts'

const management = '111122223333'
const dev = '444455556666'
const prod = '555566667777'

/** More accounts than permission sets, so that reading by set is the cheaper way. */
const contents: Contents = {
  users: [
    { userName: 'taro', email: 'taro@example.com' },
    { userName: 'hanako', email: 'hanako@example.com' },
    { userName: 'gone', email: 'gone@example.com' },
  ],
  groups: [{ displayName: '開発', members: ['taro', 'hanako'] }],
  permissionSets: [
    { name: 'Admin', sessionDuration: 'PT8H', managedPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
    { name: 'Read', managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] },
  ],
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Read', account: dev, group: '開発' },
    { permissionSet: 'Read', account: prod, group: '開発' },
    { permissionSet: 'Read', account: dev, user: 'gone' },
  ],
  applications: [{ name: 'Wiki' }, { name: 'Tickets', account: dev }],
}

let center: Awaited<ReturnType<typeof accessCenter>>
let desk: Desk
let orphan: string
const admin: (typeof center)['admin'] = (...asked) => center.admin(...asked)

beforeAll(async () => {
  center = await accessCenter({
    accounts: [
      { id: management, name: 'Home' },
      { id: dev, name: 'Development' },
      { id: prod, name: 'Production' },
    ],
    contents,
    manifest: `accounts: { dev: "${dev}" }\n`,
  })
  desk = center.desk
  orphan = await forgetUser(center, 'gone')
})
beforeEach(() => center.forget())

it('tells from live state who reaches what, with a manifest that declares nobody', async () => {
  const { code, stdout, stderr } = await run(desk, ['access', '--format', 'csv'])
  // Every line of the table is a row, so the remark that belongs to it stands beside it.
  expect(stderr).toBe('Not checked: access outside IAM Identity Center.\n')
  expect((await run(desk, ['access', '--format', 'csv', '--quiet'])).stderr).toBe('')
  expect(stdout.trimEnd().split('\r\n').slice(1)).toEqual([
    `hanako,${prod},Production,Read,1h,group,開発,no,no,no,no`,
    `hanako,${dev},dev,Read,1h,group,開発,no,no,no,no`,
    `taro,${management},Home,Admin,8h,direct,,yes,no,no,no`,
    `taro,${prod},Production,Read,1h,group,開発,no,no,no,no`,
    `taro,${dev},dev,Read,1h,group,開発,no,no,no,no`,
    `${orphan},${dev},dev,Read,1h,direct,,no,yes,no,no`,
  ])
  expect(code).toBe(0)
})

it('asks by set where sets are fewer, nothing twice, and writes nothing', async () => {
  await run(desk, ['access'])
  const asked = await center.calls()
  const count = (name: string) => asked.filter((one) => one === name).length
  expect(count('ListAccountsForProvisionedPermissionSet')).toBe(2)
  expect(count('ListPermissionSetsProvisionedToAccount')).toBe(0)
  // Admin in one account, Read in two.
  expect(count('ListAccountAssignments')).toBe(3)
  // Five for the instance and its accounts, three lists, five a set, one a group, one each for tags, issuers, additional Regions and the
  // delegated administrator, one for applications and two for each of the two, those above, and one for account access manager, which has
  // an operation of the same name.
  expect(count('ListApplications')).toBe(1 + 1)
  expect(asked).toHaveLength(5 + 3 + 2 * 5 + 1 + 4 + 1 + 2 * 2 + 2 + 3 + 1)
  expect(asked.filter((name) => !/^(List|Describe|Get)/.test(name))).toEqual([])
})

it('asks by account where one account is enough', async () => {
  const { stdout } = await run(desk, ['access', '--account', 'dev', '--user', 'hanako', '--json'])
  expect(JSON.parse(stdout).access).toEqual([
    {
      user: 'hanako',
      account: dev,
      account_label: 'dev',
      permission_set: 'Read',
      session_duration: '1h',
      via: 'group',
      group: '開発',
      administrative: false,
      orphan: false,
      disabled: false,
      role_arn: null,
      role_arn_pattern: `arn:aws:iam::${dev}:role/aws-reserved/sso.amazonaws.com/ap-northeast-1/AWSReservedSSO_Read_????????????????`,
    },
  ])
  const asked = await center.calls()
  expect(asked.filter((name) => name === 'ListPermissionSetsProvisionedToAccount')).toHaveLength(1)
  expect(asked.filter((name) => name === 'ListAccountAssignments')).toHaveLength(1)
})

it('finds an account by its name in the organization and an orphan by its id', async () => {
  expect((await run(desk, ['access', '--account', 'Production', '--user', 'taro'])).stdout).toContain(
    `\t${prod}\tProduction\t`,
  )
  expect((await run(desk, ['access', '--user', orphan])).stdout).toContain('orphaned: user deleted')
})

it('does not let a misspelt filter pass for "nobody"', async () => {
  const { code, stdout, stderr } = await run(desk, ['access', '--user', 'Taro'])
  expect(code).toBe(0)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^Nothing matches the filter\.\nNot checked: /)
  expect(stderr).toContain('did you mean taro?')
})

it('is lines with tabs for programs, and for a terminal or who asks for it the table', async () => {
  const piped = await run(desk, ['access', '--user', 'taro', '--user', orphan])
  expect(piped.stdout).toBe(
    [
      `taro\t${management}\tHome\tAdmin\t8h\tdirect\tadministrator`,
      `taro\t${prod}\tProduction\tRead\t1h\tgroup 開発\t`,
      `taro\t${dev}\tdev\tRead\t1h\tgroup 開発\t`,
      `${orphan}\t${dev}\tdev\tRead\t1h\tdirect\torphaned: user deleted`,
      '',
    ].join('\n'),
  )
  expect(piped.stderr).toMatch(/^Not checked: access outside /)
  const asked = await run(desk, ['access', '--user', 'taro', '--format', 'text'])
  expect(asked.stdout).toMatch(/^User {2,}Account .*\ntaro {2,}Home \(/)
  expect(asked.stderr).toBe('')
  const shown = await runAt(ourTime, desk, ['access', '--user', 'taro'], {}, { piped: false })
  expect(shown.stdout).toBe(asked.stdout)
})

it('shows nothing at all when a part could not be read', async () => {
  await admin('PUT', 'faults', { rules: [{ kind: 'deny', operations: ['ListAccountAssignments'], skip: 2 }] })
  const { code, stdout, stderr } = await run(desk, ['access'])
  await admin('DELETE', 'faults')
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('sso:ListAccountAssignments')
})

it.each([['deny'], ['throttle'], ['internal']] as const)(
  'is whole without applications where they %s',
  async (kind) => {
    await admin('PUT', 'faults', { rules: [{ kind, operations: ['sso-admin:ListApplications'] }] })
    const { code, stdout, stderr } = await run(desk, ['access', '--json'])
    const asked = (await center.calls()).filter((name) => name === 'ListApplications')
    await admin('DELETE', 'faults')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { access, not_checked } = JSON.parse(stdout)
    expect(access).toHaveLength(6)
    expect(not_checked.applications).toBeNull()
    // Nobody waits long for what is only good to know. Account access manager has an operation of that name too.
    expect(asked.length).toBeLessThanOrEqual(2 + 1)
  },
)

it('never prints a credential', async () => {
  const texts = await Promise.all(accessFormats.map((format) => run(desk, ['access', '--format', format, '--verbose'])))
  for (const { stdout, stderr } of texts)
    for (const secret of Object.values(credentials)) expect(stdout + stderr).not.toContain(secret)
})
