import {
  CreateGroupCommand,
  CreateUserCommand,
  DescribeGroupCommand,
  DescribeUserCommand,
  GetGroupIdCommand,
  GetUserIdCommand,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
  UpdateGroupCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-identitystore'
import { describe, expect, it } from 'vitest'
import { thrown } from './harness.ts'
import { type World, worked, world } from './world.ts'

const taken = { name: 'ConflictException', Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' }
const person = { DisplayName: 'x', Name: { GivenName: 'x', FamilyName: 'x' } }

describe('names that differ in case only', () => {
  const contents = {
    users: [{ userName: 'Taro', email: 'Taro@example.com' }, { userName: 'jiro' }],
    groups: [{ displayName: 'Team' }, { displayName: 'other' }],
  }
  const attempts: Readonly<Record<string, (own: World) => Promise<unknown>>> = {
    'a new user': ({ aws, IdentityStoreId }) =>
      aws.directory.send(new CreateUserCommand({ IdentityStoreId, UserName: 'tarO', ...person })),
    'a new address': ({ aws, IdentityStoreId }) => {
      const Emails = [{ Value: 'TARO@EXAMPLE.COM' }]
      return aws.directory.send(new CreateUserCommand({ IdentityStoreId, UserName: 'saburo', ...person, Emails }))
    },
    'a changed address': async ({ aws, IdentityStoreId, principal }) => {
      const { PrincipalId: UserId } = await principal('jiro')
      const Operations = [{ AttributePath: 'emails', AttributeValue: [{ value: 'TARO@EXAMPLE.COM' }] }]
      return aws.directory.send(new UpdateUserCommand({ IdentityStoreId, UserId, Operations }))
    },
    'a new group': ({ aws, IdentityStoreId }) =>
      aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'TEAM' })),
    'a renamed group': async ({ aws, IdentityStoreId, principal }) => {
      const { PrincipalId: GroupId } = await principal('other')
      const Operations = [{ AttributePath: 'displayName', AttributeValue: 'TEAM' }]
      return aws.directory.send(new UpdateGroupCommand({ IdentityStoreId, GroupId, Operations }))
    },
  }

  it.each(Object.entries(attempts))('are the same: %s is refused', async (_what, attempt) => {
    expect(await thrown(attempt(await world({ contents })))).toMatchObject(taken)
  })

  it.each(Object.entries(attempts))('are different on demand: %s is taken', async (_what, attempt) => {
    const own = await world({ contents, faults: { unconfirmed: { caseInNames: 'exact' } } })
    expect((await thrown(attempt(own))).name).toBe(worked)
  })

  it('may be changed in case by their own object, and are looked up exactly', async () => {
    const { aws, IdentityStoreId, principal } = await world({ contents })
    const { PrincipalId: GroupId } = await principal('Team')
    const Operations = [{ AttributePath: 'displayName', AttributeValue: 'TEAM' }]
    await aws.directory.send(new UpdateGroupCommand({ IdentityStoreId, GroupId, Operations }))
    const by = (AttributePath: string, AttributeValue: string) => ({
      IdentityStoreId,
      AlternateIdentifier: { UniqueAttribute: { AttributePath, AttributeValue } },
    })
    const lookUps = [
      aws.directory.send(new GetGroupIdCommand(by('displayName', 'TEAM'))),
      aws.directory.send(new GetGroupIdCommand(by('DisplayName', 'TEAM'))),
      aws.directory.send(new GetGroupIdCommand(by('displayName', 'Team'))),
      aws.directory.send(new GetUserIdCommand(by('userName', 'Taro'))),
      aws.directory.send(new GetUserIdCommand(by('userName', 'taro'))),
      aws.directory.send(new GetUserIdCommand(by('emails.value', 'taro@example.com'))),
    ]
    const names = (await Promise.all(lookUps.map(thrown))).map(({ name }) => name)
    const absent = 'ResourceNotFoundException'
    expect(names).toEqual([worked, worked, absent, worked, absent, absent])
  })

  it('are the same in contents and in what is presupposed too', async () => {
    const users = [{ userName: 'taro' }, { userName: 'Taro' }]
    const refused = { diagnostics: [{ code: 'sandbox-contents' }] }
    await expect(world({ contents: { users } })).rejects.toMatchObject(refused)
    await expect(world({ presupposed: { users } })).rejects.toMatchObject(refused)
    const exact = { unconfirmed: { caseInNames: 'exact' as const } }
    expect(
      Object.keys((await (await world({ contents: { users }, faults: exact })).tables()).users ?? {}),
    ).toHaveLength(2)
    const there = await world({
      contents,
      presupposed: { users: [{ userName: 'TARO' }], groups: [{ displayName: 'TEAM' }] },
    })
    expect(Object.keys((await there.tables()).users ?? {})).toHaveLength(2)
  })
})

describe('what an identity provider leaves behind', () => {
  const externalIds = [{ Issuer: 'https://idp.example.com', Id: 'g-1' }]
  const extension = 'aws:identitystore:enterprise'
  const attributes = {
    Title: 'Engineer',
    Name: { MiddleName: 'T.' },
    Emails: [{ Value: 'taro@home.example.com', Type: 'home', Primary: true }],
    PhoneNumbers: [{ Value: '+81 3 0000 0000', Type: 'work' }],
    Addresses: [{ Formatted: '1-1 Chiyoda', Type: 'work', Primary: true }],
    Photos: [{ Value: 'https://example.com/taro.png', Type: 'photo' }],
    Roles: [{ Value: 'lead' }],
    Extensions: { [extension]: { employeeNumber: '42' } },
  }
  const contents = {
    users: [{ userName: 'taro', givenName: 'Taro', email: 'taro@example.com', attributes }],
    groups: [{ displayName: 'Team', externalIds, members: ['taro'] }],
  }

  it('are ids of groups, whose members work', async () => {
    const { aws, IdentityStoreId, principal } = await world({ contents })
    const { PrincipalId: GroupId } = await principal('Team')
    const group = { IdentityStoreId, GroupId }
    expect((await aws.directory.send(new DescribeGroupCommand(group))).ExternalIds).toEqual(externalIds)
    const { Groups } = await aws.directory.send(new ListGroupsCommand({ IdentityStoreId }))
    expect(Groups?.[0]?.ExternalIds).toEqual(externalIds)
    const AlternateIdentifier = { ExternalId: { Issuer: 'https://idp.example.com', Id: 'g-1' } }
    const found = await aws.directory.send(new GetGroupIdCommand({ IdentityStoreId, AlternateIdentifier }))
    expect(found.GroupId).toBe(GroupId)
    expect((await aws.directory.send(new ListGroupMembershipsCommand(group))).GroupMemberships).toHaveLength(1)
  })

  it('are attributes of users, of which extensions are shown on demand only', async () => {
    const { aws, IdentityStoreId, principal } = await world({ contents })
    const { PrincipalId: UserId } = await principal('taro')
    const { Extensions: held, Name: middle, ...plain } = attributes
    const name = { ...middle, GivenName: 'Taro', FamilyName: 'taro' }
    const Extensions = [extension]
    const answers = [
      await aws.directory.send(new DescribeUserCommand({ IdentityStoreId, UserId })),
      (await aws.directory.send(new ListUsersCommand({ IdentityStoreId }))).Users?.[0],
      await aws.directory.send(new DescribeUserCommand({ IdentityStoreId, UserId, Extensions })),
      (await aws.directory.send(new ListUsersCommand({ IdentityStoreId, Extensions }))).Users?.[0],
    ]
    for (const answer of answers) expect(answer).toMatchObject({ ...plain, Name: name })
    expect(answers.map((answer) => answer?.Extensions)).toEqual([undefined, undefined, held, held])
  })

  it('are replaced as a whole by an update, where they are lists', async () => {
    const { aws, IdentityStoreId, principal } = await world({ contents })
    const { PrincipalId: UserId } = await principal('taro')
    const Operations = [
      { AttributePath: 'phoneNumbers', AttributeValue: [{ value: '+81 6 0000 0000' }] },
      { AttributePath: 'emails', AttributeValue: [{ value: 'new@example.com', primary: true }] },
    ]
    await aws.directory.send(new UpdateUserCommand({ IdentityStoreId, UserId, Operations }))
    const user = await aws.directory.send(new DescribeUserCommand({ IdentityStoreId, UserId }))
    expect(user.PhoneNumbers).toEqual([{ Value: '+81 6 0000 0000' }])
    expect(user.Emails).toEqual([{ Value: 'new@example.com', Primary: true }])
    expect(user.Addresses).toEqual(attributes.Addresses)
  })
})

describe('extensions of a user', () => {
  const extension = 'aws:identitystore:enterprise'
  const contents = { users: [{ userName: 'taro', attributes: { Extensions: { [extension]: { division: 'D' } } } }] }
  const opened = async (extensions: 'known' | 'ignored' | 'refused') => {
    const { aws, IdentityStoreId, principal, url } = await world({ contents })
    const { PrincipalId: UserId } = await principal('taro')
    const body = JSON.stringify({ unconfirmed: { extensions } })
    await fetch(`${url}/_sandbox/faults`, { method: 'PUT', body })
    const update = (path: string, AttributeValue?: string) =>
      aws.directory.send(
        new UpdateUserCommand({
          IdentityStoreId,
          UserId,
          Operations: [{ AttributePath: `${extension}${path}`, AttributeValue }],
        }),
      )
    const shown = async (...Extensions: string[]) =>
      (await aws.directory.send(new DescribeUserCommand({ IdentityStoreId, UserId, Extensions }))).Extensions
    return { update, shown }
  }

  it('change member by member, and are none without one', async () => {
    const { update, shown } = await opened('known')
    await update('.costCenter', '4130')
    await update('.manager.value', 'x')
    expect(await shown(extension)).toEqual({
      [extension]: { division: 'D', costCenter: '4130', manager: { value: 'x' } },
    })
    for (const path of ['.costCenter', '.manager.value', '.division']) await update(path)
    expect(await shown(extension)).toBe(undefined)
  })

  it('are texts of an attribute, in the one extension there is', async () => {
    const { update, shown } = await opened('known')
    await expect(update('.costCenter', 'a\u0007')).rejects.toThrow('regular expression pattern')
    await expect(update('.costCenter', 'x'.repeat(1025))).rejects.toThrow('1024')
    await expect(shown('aws:identitystore:other')).rejects.toThrow('is not supported')
  })

  it('may be passed over or refused, as by a server that does not know them', async () => {
    const ignoring = await opened('ignored')
    expect(await ignoring.shown(extension)).toBe(undefined)
    await expect(ignoring.update('.costCenter', '1')).rejects.toThrow('cannot be updated')
    const refusing = await opened('refused')
    await expect(refusing.shown(extension)).rejects.toThrow('is not supported')
    await expect(refusing.update('.costCenter', '1')).rejects.toThrow('is not supported')
  })
})

describe('white space at the ends of the description of a group', () => {
  it.each([
    ['kept', ' new ', '  changed\n', '   '],
    ['trimmed', 'new', 'changed', undefined],
  ] as const)('is %s', async (descriptions, ...expected) => {
    const { aws, IdentityStoreId } = await world({ faults: { unconfirmed: { descriptions } } })
    const group = { IdentityStoreId, DisplayName: 'Team', Description: ' new ' }
    const { GroupId } = await aws.directory.send(new CreateGroupCommand(group))
    const described = async () =>
      (await aws.directory.send(new DescribeGroupCommand({ IdentityStoreId, GroupId }))).Description
    const update = async (AttributeValue: string) => {
      const Operations = [{ AttributePath: 'description', AttributeValue }]
      await aws.directory.send(new UpdateGroupCommand({ IdentityStoreId, GroupId, Operations }))
      return described()
    }
    expect([await described(), await update('  changed\n'), await update('   ')]).toEqual(expected)
  })
})
