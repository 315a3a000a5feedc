import { describe, expect, it } from 'vitest'
import { codes, expectApplied } from '../cloud/support/cases.ts'
import type { Cloud } from '../cloud/support/cloud.ts'
import { line, type Office, type Sections } from '../cloud/support/office.ts'
import { dev, grants, prod, scene } from './support.ts'

const Run = { managed_policies: ['ReadOnlyAccess'], session_duration: '4h' }
const since = '2026-11-20T08:00:00Z'
const direct = (user: string, permissionSet: string, account: string) => ({ user, permissionSet, account })
const okta = (permissionSet: string, account: string) => ({ group: 'okta-crew', permissionSet, account })

type Rows = { access: readonly { readonly permission_set: string; readonly denied?: true }[] }

/** Puts the moments that denials tell some hours into the past. */
async function age(cloud: Cloud, by: number): Promise<void> {
  const tables = await cloud.export()
  const sets = Object.entries(tables.permissionSets ?? {}).map(([key, { inline, ...row }]) => {
    const older = inline?.replace(/At(\d+)"/g, (_all, seconds) => `At${Number(seconds) - by * 3600}"`)
    return [key, { ...row, ...(older ? { inline: older } : {}) }]
  })
  await cloud.restore({ ...tables, permissionSets: Object.fromEntries(sets) })
}

describe.concurrent('a grant that is planned for a group in which a revoked user stays', () => {
  it.each<readonly [string, object, readonly string[]]>([
    ['of a set that is there', { Run }, ['Run']],
    ['of a new set', { Run, Fresh: {} }, ['Fresh']],
    ['of a set that is renamed', { Walk: { ...Run, was: 'Run' } }, ['Walk']],
  ])('%s is denied to the user from the start', async (_what, permission_sets, granted) => {
    const { office } = await scene([], {
      groups: { 'okta-crew': { external: true } },
      permission_sets,
      revoked: { mika: since },
      assignments: [{ groups: ['okta-crew'], permission_sets: granted, accounts: [prod] }],
    })
    await expectApplied(office, '--max-deletes', '9')
    const { access } = JSON.parse((await office.run(['access', '--user', 'mika', '--json'])).stdout) as Rows
    expect(access).toMatchObject(granted.map((permission_set) => ({ permission_set, denied: true })))
  })

  it('is told as denied in every form of the report on access', async () => {
    const everything = { managed_policies: ['AdministratorAccess'] }
    const { office } = await scene([okta('Run', prod)], {
      permission_sets: { Run: everything },
      revoked: { mika: since },
    })
    expect(await office.apply('--quiet', '--max-deletes', '9')).toMatchObject({ code: 0 })
    const access = async (...words: string[]) => (await office.run(['access', '--user', 'mika', ...words])).stdout
    expect(await access('--format', 'text')).toMatch(
      /administrator,? +denied everything[\s\S]*0 users are administrators/,
    )
    expect(await access('--format', 'markdown')).toContain('administrator, denied everything')
    expect(await access('--format', 'html')).toContain('administrator, denied everything')
    expect(await access('--format', 'csv')).toMatch(/disabled,denied\r\nmika,.*,no,yes\r\n$/)
    // Whatever the policies of the set say.
    expect(await access('--can', 's3:DeleteBucket')).toMatch(/^mika\t.*\tdenied\trevoked\t\n$/)
    expect(await access('--can', 's3:DeleteBucket', '--format', 'text')).toContain(
      'Nobody may use s3:DeleteBucket. 1 user denied.\n',
    )
  })

  it('is no reason for a denial where the user leaves the group', async () => {
    const { office } = await scene([], {
      groups: { crew: { members: ['noa'] } },
      permission_sets: { Run },
      revoked: { mika: since },
      assignments: [{ groups: ['crew'], permission_sets: ['Run'], accounts: [prod] }],
    })
    const { operations } = await office.plan()
    expect(operations.map(line).join('\n')).not.toContain('revoked.mika')
  })
})

describe.concurrent('a denial of somebody who has access all the same', () => {
  const hours = 3_600_000
  const denial = async (office: Office) =>
    (await office.plan()).operations.flatMap(({ fields }) => fields).find(({ path }) => path === 'revoked.mika')

  it('outlasts the sessions that could begin until that access went', async () => {
    const { cloud, office, revoke } = await scene([okta('Run', prod)], { permission_sets: { Run } })
    expect(await revoke()).toMatchObject({ code: 1 })
    await age(cloud, 20)
    expect(await denial(office)).toBeUndefined()
    const { memberships: _gone, ...tables } = await cloud.export()
    await cloud.restore({ ...tables, memberships: {} })
    expect(await denial(office)).toEqual({
      path: 'revoked.mika',
      before: 'everything while access remains',
      after: 'everything',
    })
    await expectApplied(office)
    await age(cloud, 11)
    expect(await denial(office)).toBeUndefined()
    const since = new Date(Date.now() - 30 * hours).toISOString()
    office.write({ users: { mika: { external: true } }, permission_sets: { Run }, revoked: { mika: since } })
    await age(cloud, 2)
    expect(await denial(office)).toEqual({ path: 'revoked.mika', before: 'everything' })
  })

  it.each<readonly [string, Sections]>([
    ['a grant', { assignments: [] }],
    ['a group', { absent: { groups: ['okta-crew'] } }],
  ])('is one that ends where the same plan ends that access, with %s', async (_what, sections) => {
    const { office } = await scene([okta('Run', prod)], {
      permission_sets: { Run },
      revoked: { mika: since },
      ...sections,
    })
    await expectApplied(office, '--max-deletes', '9')
  })

  it('does not change with what a narrower command leaves alone', async () => {
    const { office, revoke } = await scene([okta('Run', prod)], { permission_sets: { Run }, assignments: [] })
    expect(await revoke()).toMatchObject({ code: 1 })
    expect((await office.plan('--only', 'permission-set')).operations).toEqual([])
  })

  it('is not written for what a group is granted after the user has left it', async () => {
    const { office, revoke } = await scene([{ group: 'crew', permissionSet: 'Run', account: dev }], {
      groups: { crew: {} },
      permission_sets: { Run, Look: {} },
    })
    expect(await revoke()).toMatchObject({ code: 0 })
    const taken = ['membership/crew:mika']
    office.write({
      users: { mika: { external: true } },
      groups: { crew: {} },
      permission_sets: { Look: {}, Walk: { ...Run, was: 'Run' } },
      assignments: [{ groups: ['crew'], permission_sets: ['Walk', 'Look'], accounts: [dev, prod] }],
      revoked: { mika: { since: new Date().toISOString(), taken } },
    })
    await expectApplied(office, '--max-deletes', '9')
  })

  it.each<readonly [string, string, object]>([
    ['could not be denied', 'PutInlinePolicyToPermissionSet', { groups: ['okta-crew'] }],
    ['could not be taken out of it', 'DeleteGroupMembership', { groups: ['crew'] }],
  ])('keeps a group from a grant where the user %s', async (_what, operation, who) => {
    const { cloud, office } = await scene([], {
      groups: { crew: {}, 'okta-crew': { external: true } },
      permission_sets: { Run },
      revoked: { mika: since },
      assignments: [{ ...who, permission_sets: ['Run'], accounts: [prod] }],
    })
    await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
    const { code, skipped } = await office.outcomes('--max-deletes', '9')
    expect({ code, skipped: Object.keys(skipped) }).toEqual({
      code: 1,
      skipped: [`assignment/Run:group:${Object.values(who).flat()[0]}@${prod}`],
    })
    expect((await grants(cloud)).filter((one) => one.includes('Run'))).toEqual([])
  })
})

describe.concurrent('a denial of somebody who is gone', () => {
  async function left() {
    const held = [direct('mika', 'Run', dev), direct('noa', 'Run', dev), okta('Run', prod)]
    const made = await scene(held, { permission_sets: { Run } })
    expect(await made.revoke()).toMatchObject({ code: 1 })
    const tables = await made.cloud.export()
    const isMika = ({ UserName }: { readonly UserName?: string }) => UserName === 'mika'
    const [id = ''] = Object.entries(tables.users ?? {}).find(([, row]) => isMika(row)) ?? []
    const without = <T>(rows: Readonly<Record<string, T>> = {}) =>
      Object.fromEntries(Object.entries(rows).filter(([, row]) => !JSON.stringify(row).includes(id)))
    await made.cloud.restore({ ...tables, users: without(tables.users), memberships: without(tables.memberships) })
    return made
  }

  it('stays until the longest session is over, and then goes', async () => {
    const { cloud, office } = await left()
    office.write({ users: { noa: { external: true } }, permission_sets: { Run } })
    // Where access remained, sessions could begin until the user was gone.
    await expectApplied(office)
    await age(cloud, 11)
    expect((await office.plan()).operations).toEqual([])
    await age(cloud, 2)
    expect((await office.plan()).operations.flatMap(({ fields }) => fields)).toEqual([
      { path: expect.stringMatching(/^revoked\.[0-9a-f-]{36,47}$/), before: 'everything' },
    ])
  })

  it('is there after the one apply that revokes and deletes the user', async () => {
    const { cloud, office } = await scene([direct('mika', 'Run', dev)], {
      users: { noa: { external: true } },
      permission_sets: { Run },
      revoked: { mika: new Date().toISOString() },
      absent: { users: ['mika'] },
    })
    await expectApplied(office, '--max-deletes', '9')
    const [set] = Object.values((await cloud.export()).permissionSets ?? {})
    expect(set?.inline).toContain('"Effect":"Deny"')
  })

  it('holds back the revocation of nobody else', async () => {
    const { office, cloud } = await left()
    const { code, stdout, stderr } = await office.run(['revoke', 'noa', '--yes'])
    expect(code, stdout + stderr).toBe(0)
    expect((await grants(cloud)).join()).not.toContain('noa')
  })

  it('stands in the way of nobody who has the name by now', async () => {
    const { office, cloud, revoke } = await left()
    await cloud.add({ users: [{ userName: 'mika' }] })
    const groups = Object.values((await cloud.export()).groups ?? {})
    expect(groups).toHaveLength(2)
    await cloud.add({
      groups: [{ displayName: 'entra', members: ['mika'], externalIds: [{ Issuer: 'https://e', Id: '2' }] }],
    })
    await cloud.add({ assignments: [{ group: 'entra', permissionSet: 'Run', account: dev }] })
    const { stdout, stderr } = await revoke()
    expect(stdout, stderr).toContain('Run on Dev, through group entra (denied everything)')
    await expectApplied(office)
  })
})

describe.concurrent('a name under revoked that nobody has', () => {
  it.each([
    ['MIKA', 'MIKA is revoked, but Identity Center has no such user; mika exists'],
    ['nobody', 'nobody is revoked, but Identity Center has no such user'],
  ])('is told: %s', async (name, message) => {
    const { office } = await scene([], { revoked: { [name]: since } })
    const plan = await office.plan()
    expect(codes(plan)).toEqual(['revoked-unknown'])
    expect(plan.diagnostics).toMatchObject([{ severity: 'warning', message }])
  })
})

it('a user may be called like something that every object has', async () => {
  const { cloud, office } = await scene([], { permission_sets: { Run }, users: { toString: { external: true } } })
  await cloud.add({ users: [{ userName: 'toString' }] })
  await cloud.add({ assignments: [direct('toString', 'Run', dev)] })
  const { code, stdout, stderr } = await office.run(['revoke', 'toString', '--yes'])
  expect(code, stdout + stderr).toBe(0)
  expect((await office.run(['revoke', 'toString', '--undo', '--yes'])).stdout).toContain(
    'toString has access:\n  Run on Dev',
  )
})
