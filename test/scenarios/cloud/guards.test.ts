import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { configOf } from '../e2e/support/desk.ts'
import { isWrite } from '../e2e/support/relay.ts'
import { codesBeside } from './support/cases.ts'
import { type Cloud, management, members, newCloud } from './support/cloud.ts'
import { expectSettled, line, newOffice, type Office, type PlanDocument, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const ours = { 'managed-by': 'sso-reconcile' }
const admin = 'arn:aws:iam::aws:policy/AdministratorAccess'
const [dev, prod] = ['222233334444', '333344445555']
const codes = ({ refusals, diagnostics }: PlanDocument) => [...diagnostics, ...refusals].map(({ code }) => code)
const external = (...names: string[]) => Object.fromEntries(names.map((name) => [name, { external: true }]))

/** Expects that an apply is refused with this said, and that nothing was written. */
async function expectRefused(cloud: Cloud, office: Office, says: string | RegExp, ...words: string[]): Promise<void> {
  await cloud.forget()
  const { code, stderr } = await office.apply(...words)
  expect(stderr).toMatch(says)
  expect(code).toBe(1)
  expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
}

/** Expects that an apply does everything, and that nothing is left. */
async function expectApplied(office: Office, ...words: string[]): Promise<void> {
  const { code, stdout, stderr } = await office.apply('--quiet', ...words)
  expect(code, stdout + stderr).toBe(0)
  await expectSettled(office)
}

describe.concurrent('many deletes', () => {
  const people = ['a', 'b', 'c', 'd', 'e', 'f']
  const contents = {
    users: people.map((userName) => ({ userName })),
    permissionSets: [{ name: 'Read', tags: ours }],
    assignments: people.map((user) => ({ permissionSet: 'Read', user, account: dev })),
  }
  const keeping = (names: readonly string[]): Sections => ({
    users: external(...people),
    permission_sets: { Read: {} },
    assignments: [{ users: names, permission_sets: ['Read'], accounts: [dev] }],
  })

  it('of five things or more need their number: neither none nor a smaller one will do', async () => {
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, keeping(['a', 'b', 'c', 'd']))
    const plan = await office.plan()
    expect(codes(plan)).toEqual(['too-many-deletes'])
    expect(plan.operations).toHaveLength(2)
    await expectRefused(cloud, office, /deletes 2 of 6 \(33 %\) of kind assignment.*\n.*add --max-deletes 2/)
    await expectRefused(cloud, office, 'add --max-deletes 2', '--max-deletes', '1')
    await expectApplied(office, '--max-deletes', '2')
  })

  it('up to 30 % need no leave', async () => {
    const cloud = await newCloud({ contents })
    await expectApplied(newOffice(cloud.url, keeping(['a', 'b', 'c', 'd', 'e'])))
  })
})

describe.concurrent('a set that somebody else made', () => {
  const contents = {
    users: [{ userName: 'ann' }, { userName: 'bob' }],
    permissionSets: [
      { name: 'Theirs', managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'], tags: { team: 'a' } },
    ],
    assignments: [{ permissionSet: 'Theirs', user: 'bob', account: dev }],
  }
  const base = { users: external('ann', 'bob'), permission_sets: { Theirs: { managed_policies: ['ReadOnlyAccess'] } } }

  it('is adopted without a mark, and loses a policy or an assignment only when counted', async () => {
    const cloud = await newCloud({ contents })
    const rule = { users: ['ann'], permission_sets: ['Theirs'], accounts: [dev] }
    const office = newOffice(cloud.url, { ...base, permission_sets: { Theirs: {} }, assignments: [rule] })
    const plan = await office.plan()
    expect(codes(plan)).toEqual(['adopted-loses'])
    await expectRefused(cloud, office, 'did not create: permission-set/Theirs, assignment/Theirs:user:bob@222233334444')
    await expectApplied(office, '--max-deletes', '2')
    expect(Object.values((await cloud.export()).permissionSets ?? {})).toMatchObject([{ tags: {}, managed: [] }])
    office.write({ ...base, permission_sets: {}, assignments: [] })
    // Adopted is not owned: left out, it stays.
    await expectSettled(office)
  })

  it('is adopted without any change when it is as wanted', async () => {
    const cloud = await newCloud({ contents })
    const sets = { Theirs: { managed_policies: ['ReadOnlyAccess'], tags: { team: 'a' } } }
    await expectSettled(newOffice(cloud.url, { ...base, permission_sets: sets }))
  })
})

describe.concurrent('access that must not be lost', () => {
  const contents = {
    users: [{ userName: 'ann' }, { userName: 'bob', disabled: true }],
    permissionSets: [
      { name: 'Admin', managedPolicies: [admin], tags: ours },
      { name: 'Other', managedPolicies: [admin], tags: ours },
    ],
    assignments: [
      { permissionSet: 'Admin', user: 'ann', account: management },
      { permissionSet: 'Other', user: 'bob', account: management },
    ],
  }
  const sections: Sections = {
    users: external('ann', 'bob'),
    permission_sets: { Admin: { managed_policies: ['AdministratorAccess'] }, Other: {} },
    assignments: [{ users: ['bob'], permission_sets: ['Other'], accounts: ['management'] }],
  }

  it('the last administrator stays one; a disabled user and another account do not count', async () => {
    const cloud = await newCloud({ contents })
    const office = newOffice(cloud.url, sections)
    expect(codes(await office.plan())).toEqual(['role-removed', 'lockout-administrator'])
    await expectRefused(cloud, office, 'would leave nobody with administrator access to the management account')
    await expectApplied(office, '--allow-lockout')
  })

  /** Credentials as the access portal issues them to a user of a set, written into the state. */
  async function portalCredentials(cloud: Cloud, set: string, user: string) {
    const tables = await cloud.export()
    const find = (name: 'users' | 'permissionSets' | 'provisions') => Object.values(tables[name] ?? {})
    const { arn } = find('permissionSets').find((one) => 'name' in one && one.name === set) as { arn: string }
    const provision = find('provisions').find((one) => 'permissionSet' in one && one.permissionSet === arn)
    const { role } = provision as { role: string }
    const key = `ASIA${user.toUpperCase()}0000000000`
    const row = {
      accessKeyId: key,
      secretAccessKey: 'secret',
      sessionToken: 'token',
      account: management,
      roleName: `AWSReservedSSO_${set}_${role}`,
      userName: user,
      user,
      expires: 99_999_999_999,
    }
    await cloud.restore({ ...tables, credentials: { [key]: row } } as TablesJson)
    return { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' }
  }

  const two = {
    users: [{ userName: 'ann' }, { userName: 'eve' }],
    permissionSets: contents.permissionSets,
    assignments: [
      { permissionSet: 'Admin', user: 'ann', account: management },
      { permissionSet: 'Other', user: 'eve', account: management },
    ],
  }
  const sets = { managed_policies: ['AdministratorAccess'] }
  const rule = (user: string, set: string) => ({ users: [user], permission_sets: [set], accounts: ['management'] })

  it.each([
    ['its assignment', { Admin: sets, Other: sets }, [rule('eve', 'Other'), rule('ann', 'Other')]],
    ['what its set grants', { Admin: {}, Other: sets }, [rule('ann', 'Admin'), rule('eve', 'Other')]],
    ['its set', { Other: sets }, [rule('eve', 'Other')]],
  ] as const)("the caller's own path: %s is not taken away, even with a replacement", async (_what, wanted, rules) => {
    const cloud = await newCloud({ contents: two })
    const caller = await portalCredentials(cloud, 'Admin', 'ann')
    const manifest = { users: external('ann', 'eve'), permission_sets: wanted, assignments: rules }
    const office = newOffice(cloud.url, manifest, caller)
    expect(new Set(codesBeside(await office.plan()))).toEqual(new Set(['lockout-caller']))
    await expectRefused(cloud, office, 'removes the access that this run is using (Admin as ann)')
    // Through the other path, or with other credentials, it is nothing special.
    const bystander = newOffice(cloud.url, manifest)
    expect(codesBeside(await bystander.plan())).toEqual([])
    await expectApplied(office, '--allow-lockout')
  })
})

describe.concurrent('a plan that was reviewed', () => {
  const one = { permission_sets: { Read: {} } }

  it('is applied from its file as long as it is the same, and refused once it is not', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, one)
    const { digest } = await office.plan('-o', 'plan.json')
    office.write({ permission_sets: { Read: { session_duration: '2h' } } })
    const stale = /the plan is no longer the one that was reviewed/
    await expectRefused(cloud, office, stale, 'plan.json')
    await expectRefused(cloud, office, stale, '--expect', digest.slice(0, 16))
    office.write(one)
    expect(await office.run(['apply', '--quiet', 'plan.json'])).toMatchObject({ code: 0 })
    await expectSettled(office)
    // What has been done is another plan: the empty one.
    await expectRefused(cloud, office, /the plan that was reviewed .* has nothing left to apply/, 'plan.json')
  })

  it('is stale as well when somebody else changes what is live', async () => {
    const cloud = await newCloud({ contents: { permissionSets: [{ name: 'Read' }] } })
    const office = newOffice(cloud.url, { permission_sets: { Read: { session_duration: '4h' } } })
    const { digest } = await office.plan()
    const tables = await cloud.export()
    const [[arn, row] = []] = Object.entries(tables.permissionSets ?? {})
    await cloud.restore({ ...tables, permissionSets: { [arn ?? '']: { ...row, description: 'x' } } } as TablesJson)
    await expectRefused(cloud, office, /no longer the one that was reviewed/, '--expect', digest)
    const again = await office.plan()
    await expectApplied(office, '--expect', again.digest.slice(0, 16))
  })

  it('holds for nothing else: another file is not a plan', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, one)
    writeFileSync(join(office.desk.work, 'plan.json'), '{"format_version":1}')
    await expectRefused(cloud, office, 'plan.json is not a complete plan', 'plan.json')
  })
})

describe.concurrent('what has to be there first', () => {
  const sections = { permission_sets: { Read: {} } }
  const key = (account: string) => ({ AWS_ACCESS_KEY_ID: `AKIA${account}ABCD`, AWS_SESSION_TOKEN: undefined })

  it('credentials of a member account are the wrong ones', async () => {
    const cloud = await newCloud()
    const office = newOffice(cloud.url, sections, key(dev))
    const says =
      /the credentials belong to account 222233334444, but .* management account 111122223333\n.*set AWS_PROFILE/
    await expectRefused(cloud, office, says)
  })

  it.each([
    [
      'in another region',
      { identity_center: { region: 'eu-west-1' } },
      /not enabled in eu-west-1\n[\s\S]*only visible in its home region/,
    ],
    [
      'called otherwise',
      { identity_center: { region: 'us-east-1', instance: 'ssoins-ffffffffffffffff' } },
      /instance ssoins-f+ is not visible in us-east-1[\s\S]*visible: ssoins-0123456789abcdef/,
    ],
  ] as const)('an instance %s', async (_what, head, says) => {
    const cloud = await newCloud()
    await expectRefused(cloud, newOffice(cloud.url, { ...head, ...sections }), says)
  })

  /** A cloud whose one instance has been changed, or taken away. */
  async function withInstance(change: object | undefined): Promise<Cloud> {
    const cloud = await newCloud()
    const tables = await cloud.export()
    const [[arn = '', row] = []] = Object.entries(tables.instances ?? {})
    const instances = change ? { [arn]: { ...row, ...change } } : {}
    const [[name = '', organization] = []] = Object.entries(tables.organization ?? {})
    const delegate = { account: dev, since: 0 }
    await cloud.restore({ ...tables, instances, organization: { [name]: { ...organization, delegate } } } as TablesJson)
    return cloud
  }

  it('no instance at all', async () => {
    const cloud = await withInstance(undefined)
    const says =
      /IAM Identity Center is not enabled in us-east-1[\s\S]*hint: enable it at https:[\s\S]*us-east-1 \(Enable \(有効にする\)/
    await expectRefused(cloud, newOffice(cloud.url, sections), says)
  })

  it('an instance of one account, which cannot hold permission sets', async () => {
    const cloud = await withInstance({ kind: 'account', owner: dev })
    const says =
      /only an account instance of Identity Center exists in us-east-1[\s\S]*hint: enable the organization instance/
    await expectRefused(cloud, newOffice(cloud.url, sections, key(dev)), says)
  })

  it('no organization: a plan says so and makes none', async () => {
    const cloud = await newCloud({ fresh: true })
    const { code, stdout, stderr } = await newOffice(cloud.url, sections).run(['plan'])
    expect(code).toBe(1)
    expect(stdout).toContain('+ organization')
    expect(stderr).toMatch(
      /this account is not in an organization[\s\S]*hint: run sso-reconcile apply, which offers to create it/,
    )
    expect((await cloud.calls()).map(({ operation }) => operation).filter(isWrite)).toEqual([])
  })

  it('permission sets turned off: a plan says so and leaves them, an apply turns them on first', async () => {
    const cloud = await withInstance({ permissionSetsEnabled: false })
    const office = newOffice(cloud.url, sections)
    const plan = await office.run(['plan'])
    expect({ code: plan.code, said: plan.stderr.includes('permission sets are turned off') }).toEqual({
      code: 1,
      said: true,
    })
    await cloud.forget()
    await expectApplied(office)
    const writes = (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
    expect(writes).toEqual(['UpdateInstance', 'CreatePermissionSet'])
  })
})

describe.concurrent('a delegated administrator', () => {
  const contents = {
    users: [{ userName: 'ann' }],
    permissionSets: [
      { name: 'Home', tags: ours },
      { name: 'Member', tags: ours },
    ],
    assignments: [
      { permissionSet: 'Home', user: 'ann', account: management },
      { permissionSet: 'Member', user: 'ann', account: dev },
    ],
  }
  const key = { AWS_ACCESS_KEY_ID: `AKIA${dev}ABCD`, AWS_SESSION_TOKEN: undefined }
  const manifest = (home: object, accounts: readonly string[]): Sections => ({
    users: external('ann'),
    permission_sets: { Home: home, Member: {} },
    assignments: [
      { users: ['ann'], permission_sets: ['Home'], accounts: ['management'] },
      { users: ['ann'], permission_sets: ['Member'], accounts },
    ],
  })
  async function delegated(): Promise<Cloud> {
    const cloud = await newCloud({ contents })
    const tables = await cloud.export()
    const [[name, row] = []] = Object.entries(tables.organization ?? {})
    const organization = { [name ?? '']: { ...row, delegate: { account: dev, since: 0 } } }
    await cloud.restore({ ...tables, organization } as TablesJson)
    return cloud
  }

  it('works on member accounts, and reads set by set', async () => {
    const cloud = await delegated()
    const office = newOffice(cloud.url, manifest({}, [dev, prod]), key)
    await cloud.forget()
    await expectApplied(office)
    const asked = (await cloud.calls()).filter(({ error }) => error === undefined).map(({ operation }) => operation)
    expect(asked).toContain('ListAccountAssignments')
    expect(asked).not.toContain('ListAccountAssignmentsForPrincipal')
  })

  it('leaves alone what is used in the management account', async () => {
    const cloud = await delegated()
    const office = newOffice(cloud.url, manifest({ session_duration: '2h' }, [dev]), key)
    expect(codes(await office.plan())).toEqual(['delegated-administrator'])
    await expectRefused(cloud, office, 'a delegated administrator cannot update permission-set/Home')
    office.write(manifest({}, [dev, 'management']))
    await expectRefused(cloud, office, 'cannot create assignment/Member:user:ann@111122223333')
  })
})

describe.concurrent('identities', () => {
  const person = (name: string, email = `${name}@example.com`) => ({ given_name: name, family_name: 'X', email })

  it('that an identity provider owns are not written', async () => {
    const externalIds = [{ Issuer: 'https://idp.example.com', Id: '1' }]
    const cloud = await newCloud({ contents: { users: [{ userName: 'ann', externalIds }] } })
    const office = newOffice(cloud.url, { users: { ann: person('ann') } })
    await expectRefused(cloud, office, /user ann belongs to an identity provider[\s\S]*write ann: \{ external: true \}/)
    office.write({ users: external('ann') })
    await expectSettled(office)
  })

  it('that differ in case, or share an e-mail address, are told with both names', async () => {
    const cloud = await newCloud({ contents: { users: [{ userName: 'Ann', email: 'ann@example.com' }] } })
    const office = newOffice(cloud.url, { users: { ann: person('ann', 'other@example.com') } })
    await expectRefused(cloud, office, 'user ann differs only in case from the existing user Ann')
    office.write({ users: { eve: person('eve', 'ANN@example.com') } })
    await expectRefused(cloud, office, 'the email of user eve is already used by user Ann')
    office.write({ users: external('nobody') })
    await expectRefused(cloud, office, 'user nobody is external, but Identity Center has no such user')
  })

  it("an e-mail address moves on: its holder's assignments and memberships go, then the holder, then comes the new one", async () => {
    const cloud = await newCloud({
      contents: {
        users: [{ userName: 'old', email: 'ann@example.com' }],
        groups: [{ displayName: 'team', members: ['old'] }],
        permissionSets: [{ name: 'Read', tags: ours }],
        assignments: [{ permissionSet: 'Read', user: 'old', account: dev }],
      },
    })
    const office = newOffice(cloud.url, { users: { ann: person('ann') }, absent: { users: ['old'] } })
    await cloud.forget()
    await expectApplied(office)
    const writes = (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
    expect(writes.slice(-2)).toEqual(['DeleteUser', 'CreateUser'])
    expect(writes.slice(0, -2).sort()).toEqual(['DeleteAccountAssignment', 'DeleteGroupMembership'])
  })

  it('an e-mail address that another user gives up in the same plan is free', async () => {
    const cloud = await newCloud({ contents: { users: [{ userName: 'bob', email: 'ann@example.com' }] } })
    const office = newOffice(cloud.url, { users: { ann: person('ann'), bob: person('bob') } })
    await cloud.forget()
    await expectApplied(office)
    const writes = (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
    expect(writes).toEqual(['UpdateUser', 'CreateUser'])
  })
})

describe.concurrent('a rename', () => {
  it('is create, content, assignments, the profile, and only then the end of the old set', async () => {
    const cloud = await newCloud()
    const relay = await cloud.relay()
    const grant = (set: string, more: object = {}): Sections => ({
      users: { ann: { given_name: 'Ann', family_name: 'X', email: 'ann@example.com' } },
      permission_sets: { [set]: { managed_policies: ['ReadOnlyAccess'], ...more } },
      assignments: [{ users: ['ann'], permission_sets: [set], accounts: [dev] }],
      local: { sso_session: 'home', profiles: { work: { account: dev, permission_set: set } } },
    })
    const office = newOffice(relay.url, grant('Old'))
    await expectApplied(office)
    office.write(grant('New', { was: 'Old' }))
    const { operations } = await office.plan()
    expect(operations.find(({ address }) => address === 'permission-set/New')?.effect).toMatch(
      /^replaces Old: the role/,
    )
    const writes: string[] = []
    relay.pass = (call, forward) => {
      const [, role] = /sso_role_name = (\w+)/.exec(configOf(office.desk.home)) ?? []
      if (isWrite(call.operation)) writes.push(`${call.operation} while the profile says ${role}`)
      return forward()
    }
    await expectApplied(office)
    expect(writes).toEqual([
      'CreatePermissionSet while the profile says Old',
      'AttachManagedPolicyToPermissionSet while the profile says Old',
      'CreateAccountAssignment while the profile says Old',
      'DeleteAccountAssignment while the profile says New',
      'DeletePermissionSet while the profile says New',
    ])
  })
})

describe.concurrent('assignments that lead nowhere', () => {
  const contents = {
    users: [{ userName: 'ann' }, { userName: 'gone' }],
    permissionSets: [{ name: 'Read', tags: ours }],
    assignments: [{ permissionSet: 'Read', user: 'gone', account: dev }],
  }

  it('orphans are seen with --thorough, shown by id, and cleaned; leaving the set out takes them along too', async () => {
    const cloud = await newCloud({ contents })
    const tables = await cloud.export()
    const users = Object.entries(tables.users ?? {})
    const id = users.find(([, { UserName }]) => UserName === 'gone')?.[0] ?? ''
    const orphaned = { ...tables, users: Object.fromEntries(users.filter(([key]) => key !== id)) } as TablesJson
    await cloud.restore(orphaned)
    const office = newOffice(cloud.url, { users: external('ann'), permission_sets: { Read: {} }, assignments: [] })
    expect((await office.plan()).operations).toEqual([])
    const thorough = await office.plan('--thorough')
    expect(thorough.operations.map(line)).toEqual([`delete assignment/Read:user:${id}@${dev}`])
    expect(thorough.operations[0]?.effect).toBe(
      'orphaned assignment: its user no longer exists, so nobody loses access',
    )
    const { stdout } = await office.run(['plan', '--thorough'])
    expect(stdout.replace(/\s+/g, ' ')).toContain(`sso-reconcile ignore assignment/Read:user:${id}@${dev}`)
    expect(stdout).not.toContain('sso-reconcile adopt')
    await expectApplied(office, '--thorough')
    await expectSettled(office, '--thorough')
    await cloud.restore(orphaned)
    office.write({ users: external('ann'), permission_sets: {}, assignments: [] })
    expect((await office.plan()).operations.map(line)).toEqual([
      `delete assignment/Read:user:${id}@${dev}`,
      'delete permission-set/Read',
    ])
    await expectApplied(office)
    expect(Object.values((await cloud.export()).assignments ?? {})).toEqual([])
  })

  it('in a suspended account nothing is made and nothing removed, and that is said', async () => {
    const cloud = await newCloud({ contents })
    await cloud.put(members.map((one) => (one.id === dev ? { ...one, state: 'SUSPENDED' } : one)))
    const rule = { users: ['ann'], permission_sets: ['Read'], accounts: [dev, prod] }
    const office = newOffice(cloud.url, {
      users: external('ann', 'gone'),
      permission_sets: { Read: {} },
      assignments: [rule],
    })
    const plan = await office.plan()
    expect(plan.operations.map(line)).toEqual([`create assignment/Read:user:ann@${prod}`])
    expect(plan.diagnostics).toMatchObject([
      { severity: 'warning', code: 'account-inactive', message: expect.stringContaining('Dev (222233334444)') },
    ])
    const { code } = await office.apply('--quiet')
    expect(code).toBe(0)
    expect(
      Object.values((await cloud.export()).assignments ?? {})
        .map(({ account }) => account)
        .sort(),
    ).toEqual([dev, prod])
  })
})

it('a saved plan is the document that was shown', async () => {
  const cloud = await newCloud()
  const office = newOffice(cloud.url, { permission_sets: { Read: {} } })
  const shown = await office.plan('-o', 'plan.json')
  expect(JSON.parse(readFileSync(join(office.desk.work, 'plan.json'), 'utf8'))).toEqual(shown)
})
