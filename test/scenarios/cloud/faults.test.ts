import { describe, expect, it } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { newCloud } from './support/cloud.ts'
import { expectSettled, newOffice } from './support/office.ts'
import { nameOf } from './support/undisturbed.ts'
import { meant } from './support/wide.ts'

/** A small world for what concerns assignments: five creates, two deletes. */
const small: Contents = {
  users: [{ userName: 'ann' }, { userName: 'bob' }],
  permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: [
    { permissionSet: 'Read', user: 'bob', account: '222233334444' },
    { permissionSet: 'Read', user: 'bob', account: '333344445555' },
  ],
}
const grants = {
  users: { ann: { external: true }, bob: { external: true } },
  permission_sets: {
    Read: {},
    New: { managed_policies: ['ReadOnlyAccess'] },
  },
  assignments: [{ users: ['ann'], permission_sets: ['Read', 'New'], accounts: ['222233334444', '333344445555'] }],
}

it.concurrent('a service that throttles every third call still gets everything done', async () => {
  const cloud = await newCloud({ contents: small, faults: { rules: [{ kind: 'throttle', every: 3 }] } })
  const office = newOffice(cloud.url, grants)
  expect(await office.apply('--quiet', ...meant)).toMatchObject({ code: 0 })
  const struck = (await cloud.calls()).filter(({ error }) => error === 'ThrottlingException')
  expect(struck.length).toBeGreaterThan(10)
  await cloud.faults({})
  await expectSettled(office)
})

describe.concurrent('requests that end FAILED', () => {
  it('show the reason; what depends on them is skipped, the rest is done, deletes wait', async () => {
    const cloud = await newCloud({ contents: small })
    const office = newOffice(cloud.url, grants)
    const reason = 'The policy Boundary does not exist in 222233334444.'
    await cloud.faults({
      rules: [{ kind: 'fail', operations: ['CreateAccountAssignment'], accounts: ['222233334444'], reason }],
    })
    const told = await office.outcomes(...meant)
    expect(told.code).toBe(1)
    const says = `the assignment creation request ended FAILED: ${reason}`
    expect(told.failed).toEqual({
      'assignment/New:user:ann@222233334444': says,
      'assignment/Read:user:ann@222233334444': says,
    })
    expect([...told.done].sort()).toEqual([
      'assignment/New:user:ann@333344445555',
      'assignment/Read:user:ann@333344445555',
      'permission-set/New',
    ])
    const held = expect.stringMatching(
      /^held back because assignment\/(New|Read):user:ann@222233334444 did not succeed$/,
    )
    expect(told.skipped).toEqual({
      'assignment/Read:user:bob@222233334444': held,
      'assignment/Read:user:bob@333344445555': held,
    })
    expect((await cloud.calls()).map(nameOf)).not.toContain('sso-admin:DeleteAccountAssignment')
    await cloud.faults({})
    expect(await office.apply('--quiet', ...meant)).toMatchObject({ code: 0 })
    await expectSettled(office)
  })

  it('a set that cannot be made takes its assignments along, and nothing else', async () => {
    const cloud = await newCloud({ contents: small })
    const office = newOffice(cloud.url, grants)
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['AttachManagedPolicyToPermissionSet'] }] })
    const told = await office.outcomes(...meant)
    expect(told.code).toBe(1)
    expect(Object.keys(told.failed)).toEqual(['permission-set/New'])
    const depends = 'it depends on permission-set/New, which did not succeed'
    expect(told.skipped).toMatchObject({
      'assignment/New:user:ann@222233334444': depends,
      'assignment/New:user:ann@333344445555': depends,
    })
    expect(told.done).toHaveLength(2)
    await cloud.faults({})
    expect(await office.apply('--quiet', ...meant)).toMatchObject({ code: 0 })
    await expectSettled(office)
  })

  it.each([
    ['DeleteAccountAssignment', 1, /^the assignment deletion request ended FAILED: No\.$/, undefined],
    [
      'ProvisionPermissionSet',
      9,
      /^the permission set was changed, but not in every account: \S+ \(222233334444\): .* ended FAILED: No\.; \S+ \(333344445555\)/,
      'permission-set/Read',
    ],
  ] as const)('%s too', async (operation, times, says, address) => {
    const cloud = await newCloud({ contents: small })
    const sets = { ...grants.permission_sets, Read: { session_duration: '2h' } }
    const office = newOffice(cloud.url, { ...grants, permission_sets: sets })
    await cloud.faults({ rules: [{ kind: 'fail', operations: [operation], times, reason: 'No.' }] })
    const told = await office.outcomes(...meant)
    expect({ code: told.code, says: Object.values(told.failed) }).toEqual({
      code: 1,
      says: [expect.stringMatching(says)],
    })
    if (address) expect(Object.keys(told.failed)).toEqual([address])
    await cloud.faults({})
    expect(await office.apply('--quiet', ...meant)).toMatchObject({ code: 0 })
    await expectSettled(office)
  })
})

describe.concurrent('a provisioning of all accounts that ends FAILED', () => {
  it('is made up for account by account', async () => {
    const cloud = await newCloud({ contents: small })
    const sets = { ...grants.permission_sets, Read: { session_duration: '2h' } }
    const office = newOffice(cloud.url, { ...grants, permission_sets: sets })
    await cloud.faults({ rules: [{ kind: 'fail', operations: ['ProvisionPermissionSet'], times: 1, reason: 'No.' }] })
    expect(await office.outcomes(...meant)).toMatchObject({ code: 0, failed: {} })
    await expectSettled(office)
  })
})

describe.concurrent('a conflict that waiting does not cure', () => {
  const person = { given_name: 'Ann', family_name: 'Lee', email: 'ann@example.com' }
  it.each([
    [
      'a user',
      { users: { ann: person } },
      { users: [{ userName: 'ann' }] },
      'CreateUser',
      'user ann, with this name or email address, appeared after the plan was made',
    ],
    [
      'an e-mail address',
      { users: { ann: person } },
      { users: [{ userName: 'eve', email: 'ann@example.com' }] },
      'CreateUser',
      'user eve, with this name or email address, appeared after the plan was made',
    ],
    [
      'a group',
      { groups: { team: {} } },
      { groups: [{ displayName: 'team', description: 'theirs' }] },
      'CreateGroup',
      'group team appeared after the plan was made',
    ],
    [
      'a permission set',
      { permission_sets: { New: {} } },
      { permissionSets: [{ name: 'New' }] },
      'CreatePermissionSet',
      'permission set New appeared after the plan was made',
    ],
    [
      'an assignment of a set that leaves',
      { permission_sets: {} },
      { assignments: [{ permissionSet: 'Empty', user: 'zoe', account: '222233334444' }] },
      'DeletePermissionSet',
      'the permission set is still assigned in 222233334444',
    ],
  ] as const)('%s that appears between the plan and the write', async (_what, sections, appears, at, says) => {
    const cloud = await newCloud({
      contents: {
        users: [{ userName: 'zoe' }],
        permissionSets: [{ name: 'Empty', tags: { 'managed-by': 'sso-reconcile' } }],
      },
    })
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => {
      if (operation === at && relay.calls.filter((one) => one === at).length === 1) await cloud.add(appears)
      return forward()
    }
    const { code, stdout, stderr } = await newOffice(relay.url, sections).apply('--max-deletes', '1')
    expect(code, stdout + stderr).toBe(1)
    expect(stdout).toContain(says)
    // Looking once was enough to know that it will stay.
    expect(relay.calls.filter((one) => one === at)).toHaveLength(1)
  })
})
