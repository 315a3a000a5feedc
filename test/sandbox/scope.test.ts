import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { CreateGroupCommand, ListGroupsCommand } from '@aws-sdk/client-identitystore'
import {
  CreateOrganizationCommand,
  DeregisterDelegatedAdministratorCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListDelegatedAdministratorsCommand,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations'
import {
  AddRegionCommand,
  CreateAccountAssignmentCommand,
  CreateInstanceCommand,
  CreatePermissionSetCommand,
  DescribeInstanceCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListRegionsCommand,
  UpdateInstanceCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import { type ServiceName, tables } from '../../src/sandbox/api/table.ts'
import { violations } from '../../src/sandbox/api/validate.ts'
import { withContents } from '../../src/sandbox/contents.ts'
import { operations } from '../../src/sandbox/operations/index.ts'
import { plant } from '../../src/sandbox/seed.ts'
import { ledger } from '../../src/sandbox/state/state.ts'
import { admin, clients, instanceOf, management, sandbox, seed, temporaryFolder, thrown } from './harness.ts'

const fresh = { ...seed, fresh: true }
const contents = {
  users: [{ userName: 'taro' }],
  permissionSets: [{ name: 'Everywhere' }, { name: 'DevOnly' }],
  assignments: [
    { permissionSet: 'Everywhere', account: management, user: 'taro' },
    { permissionSet: 'DevOnly', account: '444455556666', user: 'taro' },
  ],
}

describe('the request tables', () => {
  it.each(Object.keys(tables) as ServiceName[])('of %s name exactly the operations there are', (service) => {
    expect(Object.keys(operations[service]).sort()).toEqual(Object.keys(tables[service].operations).sort())
  })

  it.each(Object.keys(tables) as ServiceName[])(
    'of %s have patterns that compile and refer to shapes that exist',
    (service) => {
      const { shapes, operations: known } = tables[service]
      for (const [name, { pattern, members = {}, of, key, value }] of Object.entries(shapes)) {
        if (pattern !== undefined) violations(tables[service], name, 'x')
        const references = [...Object.values(members), ...[of, key, value].filter((one) => one !== undefined)]
        expect(references.filter((reference) => !(reference in shapes))).toEqual([])
      }
      for (const { input } of Object.values(known)) expect(input === undefined || input in shapes).toBe(true)
    },
  )
})

describe('a new account', () => {
  it('has neither organization nor instance, then gets both', async () => {
    const { url } = await sandbox({ seed: fresh })
    const aws = clients(url)
    const describeOrganization = () => aws.organizations.send(new DescribeOrganizationCommand({}))
    expect((await thrown(describeOrganization())).name).toBe('AWSOrganizationsNotInUseException')
    const made = await aws.organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }))
    expect(made.Organization).toMatchObject({ FeatureSet: 'ALL', MasterAccountId: management })
    expect(await describeOrganization()).toMatchObject({ Organization: { Id: made.Organization?.Id } })
    const again = await thrown(aws.organizations.send(new CreateOrganizationCommand({})))
    expect(again.name).toBe('AlreadyInOrganizationException')
    expect((await aws.organizations.send(new ListAccountsCommand({}))).Accounts).toMatchObject([
      { Id: management, State: 'ACTIVE' },
    ])
    expect((await thrown(aws.admin.send(new CreateInstanceCommand({})))).name).toBe('AccessDeniedException')
    await admin(url, 'POST', 'enable', { kind: 'organization' })
    expect((await aws.admin.send(new ListPermissionSetsCommand(await instanceOf(aws)))).PermissionSets).toEqual([])
  })

  it('may fall into the trap of an account instance, which holds users but no permission sets', async () => {
    const { url } = await sandbox({ seed: fresh })
    const aws = clients(url)
    await aws.admin.send(new CreateInstanceCommand({ Name: 'trap' }))
    const { Instances: [instance] = [] } = await aws.admin.send(new ListInstancesCommand({}))
    expect(instance).toMatchObject({ Name: 'trap', OwnerAccountId: management })
    const { InstanceArn, IdentityStoreId } = instance ?? {}
    await aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'a' }))
    const list = await thrown(aws.admin.send(new ListPermissionSetsCommand({ InstanceArn })))
    expect(list.name).toBe('ValidationException')
    const enable = aws.admin.send(new UpdateInstanceCommand({ InstanceArn, PermissionSetsEnabled: true }))
    expect((await thrown(enable)).name).toBe('ValidationException')
  })
})

describe('an instance', () => {
  it('gets permission sets for good', async () => {
    const { url } = await sandbox({ seed: fresh })
    await admin(url, 'POST', 'enable', { permissionSets: false })
    const aws = clients(url)
    const { InstanceArn } = await instanceOf(aws)
    const set = (PermissionSetsEnabled: boolean) =>
      aws.admin.send(new UpdateInstanceCommand({ InstanceArn, PermissionSetsEnabled }))
    await set(true)
    const described = await aws.admin.send(new DescribeInstanceCommand({ InstanceArn }))
    expect(described.PermissionSetsEnabled).toBe(true)
    expect((await thrown(set(false))).name).toBe('ValidationException')
  })

  it('can be read in a further Region and written in its own only', async () => {
    const { url } = await sandbox()
    const home = clients(url)
    const away = clients(url, 'dummy', 'eu-west-1')
    const { InstanceArn, IdentityStoreId } = await instanceOf(home)
    const added = await home.admin.send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-1' }))
    expect(added.Status).toBe('ADDING')
    expect((await away.admin.send(new ListInstancesCommand({}))).Instances).toEqual([])
    await home.admin.send(new ListRegionsCommand({ InstanceArn }))
    expect((await away.directory.send(new ListGroupsCommand({ IdentityStoreId }))).Groups).toEqual([])
    const set = away.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'Admin' }))
    expect((await thrown(set)).message).toContain('primary Region eu-central-1')
    const group = away.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'a' }))
    expect((await thrown(group)).name).toBe('ValidationException')
  })

  it('has one delegate, a member account that is active, whom the management account alone can change', async () => {
    const { url } = await sandbox({ contents })
    const own = clients(url)
    const register = (AccountId: string, aws = own) =>
      thrown(
        aws.organizations.send(
          new RegisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'sso.amazonaws.com' }),
        ),
      )
    const deregister = (AccountId: string, aws = own) =>
      thrown(
        aws.organizations.send(
          new DeregisterDelegatedAdministratorCommand({ AccountId, ServicePrincipal: 'sso.amazonaws.com' }),
        ),
      )
    expect(await register(management)).toMatchObject({
      name: 'ConstraintViolationException',
      Reason: 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
    })
    expect((await register('999900001111')).name).toBe('AccountNotFoundException')
    expect((await deregister('444455556666')).name).toBe('AccountNotRegisteredException')
    expect((await register('444455556666')).name).toBe('nothing was thrown')
    expect((await register('444455556666')).name).toBe('AccountAlreadyRegisteredException')
    const delegate = clients(url, 'AKIA444455556666XXXX')
    expect((await deregister('444455556666', delegate)).name).toBe('AccessDeniedException')
    expect((await deregister('444455556666')).name).toBe('nothing was thrown')
  })

  it('is administered by a delegate too, except in the management account', async () => {
    const { url } = await sandbox({ contents })
    const own = clients(url)
    const delegate = clients(url, 'AKIA444455556666XXXX')
    const who = { AccountId: '444455556666', ServicePrincipal: 'sso.amazonaws.com' }
    await own.organizations.send(new RegisterDelegatedAdministratorCommand(who))
    const { ServicePrincipal } = who
    const listed = await delegate.organizations.send(new ListDelegatedAdministratorsCommand({ ServicePrincipal }))
    expect(listed.DelegatedAdministrators).toMatchObject([{ Id: '444455556666' }])
    const { InstanceArn } = await instanceOf(delegate)
    const { PermissionSets = [] } = await delegate.admin.send(new ListPermissionSetsCommand({ InstanceArn }))
    const outcomes: string[] = []
    for (const PermissionSetArn of PermissionSets) {
      outcomes.push(
        (await thrown(delegate.admin.send(new UpdatePermissionSetCommand({ InstanceArn, PermissionSetArn })))).name,
      )
    }
    expect(outcomes.sort()).toEqual(['AccessDeniedException', 'nothing was thrown'])
    const assignment = new CreateAccountAssignmentCommand({
      InstanceArn,
      PermissionSetArn: PermissionSets[0],
      PrincipalId: '0123456789-00000000-0000-4000-8000-000000000000',
      PrincipalType: 'USER',
      TargetId: management,
      TargetType: 'AWS_ACCOUNT',
    })
    expect((await thrown(delegate.admin.send(assignment))).name).toBe('AccessDeniedException')
  })
})

describe('starting', () => {
  it('adds the accounts that the organization lacks, and leaves the others alone', async () => {
    const stateFile = `${await temporaryFolder()}/deep/state.json`
    const first = await sandbox({ stateFile, seed: { ...seed, accounts: [{ id: '444455556666', name: 'Before' }] } })
    await first.close()
    const { url } = await sandbox({ stateFile })
    const { Accounts = [] } = await clients(url).organizations.send(new ListAccountsCommand({}))
    expect(Accounts.map(({ Name }) => Name)).toEqual(['Management', 'Before', 'Old'])
    expect(await readdir(dirname(stateFile))).toEqual(['state.json'])
  })

  it('is refused with advice when the state, the contents or the port cannot be used', async () => {
    await expect(sandbox({ stateFile: '/dev/null/state.json' })).rejects.toMatchObject({
      diagnostics: [{ code: 'sandbox-state' }],
    })
    const twice = { users: [{ userName: 'taro' }, { userName: 'taro' }] }
    await expect(sandbox({ contents: twice })).rejects.toMatchObject({ diagnostics: [{ code: 'sandbox-contents' }] })
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    await expect(sandbox({ port })).rejects.toMatchObject({ diagnostics: [{ code: 'sandbox-port' }] })
    other.close()
  })
})

describe('contents', () => {
  const random = (bytes: number) => randomBytes(bytes)
  const empty = () => {
    const state = ledger({})
    plant(state, seed, 0, random)
    return state.toJson()
  }

  it('are added by name to a copy, in effect at once', () => {
    const before = empty()
    const text = JSON.stringify(before)
    const after = withContents(before, contents, 0, random)
    expect(JSON.stringify(before)).toBe(text)
    const rows = (table: keyof typeof after) => Object.values(after[table] ?? {})
    expect(rows('assignments')).toHaveLength(2)
    expect(rows('provisions').map((row) => 'account' in row && row.account)).toEqual([management, '444455556666'])
    expect(rows('requests')).toEqual([])
  })

  it.each([
    ['a name that is not allowed', { permissionSets: [{ name: 'a b' }] }, 'regular expression'],
    ['a user twice', { users: [{ userName: 'taro' }, { userName: 'taro' }] }, 'Duplicate UserName'],
    [
      'a member that is not there',
      { groups: [{ displayName: 'a', members: ['taro'] }] },
      'The user taro does not exist',
    ],
    [
      'an assignment in an account that is not there',
      { ...contents, assignments: [{ permissionSet: 'DevOnly', account: '000000000000', user: 'taro' }] },
      'The account 000000000000 does not exist',
    ],
    [
      'an assignment that no account could take',
      {
        ...contents,
        permissionSets: [...contents.permissionSets, { name: 'Team', customerManagedPolicies: [{ Name: 'Absent' }] }],
        assignments: [{ permissionSet: 'Team', account: '777788889999', user: 'taro' }],
      },
      'Policy /Absent was not found',
    ],
  ])('are refused like by the API: %s', (_what, given, message) => {
    expect(() => withContents(empty(), given, 0, random)).toThrow(message)
  })
})
