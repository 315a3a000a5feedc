import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  DeleteUserCommand,
  DescribeGroupCommand,
  GetGroupIdCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-identitystore'
import { ListAccountsCommand } from '@aws-sdk/client-organizations'
import {
  AttachManagedPolicyToPermissionSetCommand,
  CreatePermissionSetCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
  ListManagedPoliciesInPermissionSetCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
} from '@aws-sdk/client-sso-admin'
import { beforeEach, describe, expect, it } from 'vitest'
import { admin, management, thrown } from './harness.ts'
import { dev, type World, world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }],
  groups: [{ displayName: 'team', members: ['taro'] }],
  permissionSets: [{ name: 'Admin', tags: { team: 'a' } }],
  assignments: [{ permissionSet: 'Admin', account: management, user: 'taro' }],
}
const policy = 'arn:aws:iam::aws:policy/ReadOnlyAccess'

describe('lists that are five seconds behind', () => {
  let own: World
  beforeEach(async () => {
    own = await world({ contents, faults: { listLag: 5 } })
  })
  const users = async () => {
    const { Users } = await own.aws.directory.send(new ListUsersCommand({ IdentityStoreId: own.IdentityStoreId }))
    return Users?.map(({ DisplayName }) => DisplayName)
  }
  const groups = async () => {
    const { Groups } = await own.aws.directory.send(new ListGroupsCommand({ IdentityStoreId: own.IdentityStoreId }))
    return Groups?.map(({ DisplayName }) => DisplayName)
  }
  /** What `look` sees now, after four seconds, and after five. */
  const seen = async <T>(look: () => Promise<T>): Promise<readonly T[]> => {
    const now = await look()
    own.pass(4)
    const later = await look()
    own.pass(1)
    return [now, later, await look()]
  }

  it('show from the start what was there from the start', async () => {
    const { aws, InstanceArn, IdentityStoreId } = own
    expect((await aws.admin.send(new ListInstancesCommand({}))).Instances).toHaveLength(1)
    expect((await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets).toHaveLength(1)
    expect(await users()).toEqual(['taro taro'])
    const { PrincipalId: GroupId } = await own.principal('team')
    const list = new ListGroupMembershipsCommand({ IdentityStoreId, GroupId })
    expect((await aws.directory.send(list)).GroupMemberships).toHaveLength(1)
    expect(await own.assigned('Admin', management)).toBe(1)
    expect(await own.holders('Admin')).toEqual([management])
  })

  it('lack what has just been made, which everything else finds', async () => {
    const { aws, IdentityStoreId } = own
    const { GroupId } = await aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'new' }))
    const described = await aws.directory.send(new DescribeGroupCommand({ IdentityStoreId, GroupId }))
    expect(described.DisplayName).toBe('new')
    const AlternateIdentifier = { UniqueAttribute: { AttributePath: 'displayName', AttributeValue: 'new' } }
    const found = await aws.directory.send(new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier }))
    expect(found.GroupId).toBe(GroupId)
    const again = aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'new' }))
    expect((await thrown(again)).name).toBe('ConflictException')
    const shown = await seen(async () => (await groups())?.sort())
    expect(shown).toEqual([['team'], ['team'], ['new', 'team']])
  })

  it('still show what has changed or gone', async () => {
    const { aws, IdentityStoreId } = own
    const { PrincipalId: UserId } = await own.principal('taro')
    const rename = [{ AttributePath: 'displayName', AttributeValue: 'Taro' }]
    await aws.directory.send(new UpdateUserCommand({ IdentityStoreId, UserId, Operations: rename }))
    expect(await seen(users)).toEqual([['taro taro'], ['taro taro'], ['Taro']])
    await aws.directory.send(new DeleteUserCommand({ IdentityStoreId, UserId }))
    expect(await seen(users)).toEqual([['Taro'], ['Taro'], []])
  })

  it('of something that is itself new are empty, and of something that is not there are errors', async () => {
    const { aws, InstanceArn, IdentityStoreId } = own
    const { PermissionSet } = await aws.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'New' }))
    const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn }
    await aws.admin.send(new AttachManagedPolicyToPermissionSetCommand({ ...set, ManagedPolicyArn: policy }))
    const tag = { InstanceArn, ResourceArn: set.PermissionSetArn }
    await aws.admin.send(new TagResourceCommand({ ...tag, Tags: [{ Key: 'a', Value: 'b' }] }))
    const look = async () => [
      (await aws.admin.send(new ListManagedPoliciesInPermissionSetCommand(set))).AttachedManagedPolicies?.length,
      (await aws.admin.send(new ListTagsForResourceCommand(tag))).Tags?.length,
    ]
    expect(await seen(look)).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ])
    const nobody = { IdentityStoreId, GroupId: '0123456789-00000000-0000-4000-8000-000000000000' }
    const list = aws.directory.send(new ListGroupMembershipsCommand(nobody))
    expect((await thrown(list)).name).toBe('ResourceNotFoundException')
  })

  it('of memberships, roles and requests are behind too, counted from when a thing happened', async () => {
    const { aws, InstanceArn, IdentityStoreId } = own
    await own.faults({ listLag: 5, seconds: 2, looks: 9 })
    const { GroupId } = await aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'new' }))
    const { PrincipalId: UserId } = await own.principal('taro')
    const membership = { IdentityStoreId, GroupId, MemberId: { UserId } }
    await aws.directory.send(new CreateGroupMembershipCommand(membership))
    await own.start.create(await own.assignment('Admin', dev, 'taro'))
    const statuses = async () => {
      const list = new ListAccountAssignmentCreationStatusCommand({ InstanceArn })
      const { AccountAssignmentsCreationStatus: rows } = await aws.admin.send(list)
      return rows?.map(({ Status }) => Status)
    }
    const members = async () =>
      (await aws.directory.send(new ListGroupMembershipsCommand({ IdentityStoreId, GroupId }))).GroupMemberships?.length
    const look = async () => [
      await members(),
      await statuses(),
      await own.assigned('Admin', dev),
      await own.holders('Admin'),
    ]
    expect(await look()).toEqual([0, [], 0, [management]])
    own.pass(5)
    expect(await look()).toEqual([1, ['IN_PROGRESS'], 0, [management]])
    // Nobody called when the request ended after two seconds; its end is five seconds ago all the same.
    own.pass(2)
    expect(await look()).toEqual([1, ['SUCCEEDED'], 1, [management, dev]])
  })

  it('do not hold back the looks that end a request', async () => {
    const { aws, InstanceArn } = own
    await own.faults({ listLag: 5, looks: 2 })
    const started = await own.start.create(await own.assignment('Admin', dev, 'taro'))
    own.pass(5)
    await aws.admin.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn }))
    await aws.admin.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn }))
    expect(await own.look.create(started?.RequestId)).toMatchObject({ Status: 'SUCCEEDED' })
  })

  it('do not concern organizations, and start anew with a state that is put in the place of all', async () => {
    const { aws, url, InstanceArn } = own
    const state = await admin(url, 'GET', 'state')
    await admin(url, 'POST', 'accounts', [{ id: '888899990000', name: 'New' }])
    expect((await aws.organizations.send(new ListAccountsCommand({}))).Accounts).toHaveLength(4)
    await aws.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'New' }))
    const sets = async () =>
      (await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets?.length
    own.pass(5)
    expect(await sets()).toBe(2)
    await admin(url, 'PUT', 'state', state)
    expect(await sets()).toBe(1)
  })

  it('are up to date as soon as nobody wants them behind', async () => {
    const { aws, InstanceArn } = own
    const { PermissionSet } = await aws.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name: 'New' }))
    const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn }
    expect((await aws.admin.send(new DescribePermissionSetCommand(set))).PermissionSet?.Name).toBe('New')
    await own.faults({})
    expect((await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets).toHaveLength(2)
  })
})

describe('pages', () => {
  const many = {
    users: Array.from({ length: 7 }, (_, n) => ({ userName: `user${n}` })),
    permissionSets: [{ name: 'Admin', tags: { a: '1', b: '2', c: '3' } }],
    applications: Array.from({ length: 3 }, (_, n) => ({ name: `Application ${n}` })),
  }

  async function userPages({ aws, IdentityStoreId }: World): Promise<string[][]> {
    const pages: string[][] = []
    let NextToken: string | undefined
    do {
      const page = await aws.directory.send(new ListUsersCommand({ IdentityStoreId, MaxResults: 4, NextToken }))
      pages.push((page.Users ?? []).map(({ UserId = '' }) => UserId))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return pages
  }

  for (const { pageOverlap, sizes } of [
    { pageOverlap: 0, sizes: [4, 3] },
    { pageOverlap: 1, sizes: [4, 4] },
    { pageOverlap: 2, sizes: [4, 4, 3] },
    // A page has one new item at least, so that the list comes to its end.
    { pageOverlap: 9, sizes: [4, 4, 4, 4] },
  ])
    it(`begin with the last ${pageOverlap} items of the page before`, async () => {
      const pages = await userPages(await world({ contents: many, faults: { pageOverlap } }))
      expect(pages.map(({ length }) => length)).toEqual(sizes)
      const repeated = Math.min(pageOverlap, 3)
      for (const [n, page] of pages.entries()) {
        if (n > 0) expect(page.slice(0, repeated)).toEqual(pages[n - 1]?.slice(4 - repeated))
      }
      expect(new Set(pages.flat()).size).toBe(7)
    })

  it('of every service may overlap', async () => {
    const { aws, InstanceArn } = await world({ contents: many, faults: { pageOverlap: 1, pageSize: 2 } })
    const accounts = await aws.organizations.send(new ListAccountsCommand({}))
    const further = await aws.organizations.send(
      new ListAccountsCommand({
        NextToken: (await aws.organizations.send(new ListAccountsCommand(accounts))).NextToken,
      }),
    )
    expect(further.Accounts?.[0]?.Id).toBe(accounts.Accounts?.[1]?.Id)
    const first = await aws.admin.send(new ListApplicationsCommand({ InstanceArn }))
    const { NextToken } = first
    const second = await aws.admin.send(new ListApplicationsCommand({ InstanceArn, NextToken }))
    expect(second.Applications?.[0]).toEqual(first.Applications?.[1])
  })
})
