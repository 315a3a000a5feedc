import {
  CreateGroupCommand,
  CreateGroupMembershipCommand,
  CreateUserCommand,
  DeleteUserCommand,
} from '@aws-sdk/client-identitystore'
import {
  AttachCustomerManagedPolicyReferenceToPermissionSetCommand,
  AttachManagedPolicyToPermissionSetCommand,
  CreateAccountAssignmentCommand,
  CreatePermissionSetCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  DescribePermissionSetProvisioningStatusCommand,
  GetInlinePolicyForPermissionSetCommand,
  GetPermissionsBoundaryForPermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ProvisionPermissionSetCommand,
  PutInlinePolicyToPermissionSetCommand,
  UpdatePermissionSetCommand,
} from '@aws-sdk/client-sso-admin'
import { beforeEach, describe, expect, it } from 'vitest'
import { admin, type Clients, clients, instanceOf, management, sandbox, thrown } from './harness.ts'

let url: string
let aws: Clients
let InstanceArn: string
let IdentityStoreId: string

beforeEach(async () => {
  url = (await sandbox({ faults: { seconds: null } })).url
  aws = clients(url)
  ;({ InstanceArn, IdentityStoreId } = await instanceOf(aws))
})

const created = async (Name: string, more: object = {}) => {
  const { PermissionSet } = await aws.admin.send(new CreatePermissionSetCommand({ InstanceArn, Name, ...more }))
  return { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn ?? '' }
}
const newUser = async (UserName: string) => {
  const person = { DisplayName: UserName, Name: { GivenName: UserName, FamilyName: UserName } }
  return (await aws.directory.send(new CreateUserCommand({ IdentityStoreId, UserName, ...person }))).UserId ?? ''
}
const triple = (set: object, PrincipalId: string, TargetId = management, PrincipalType: 'USER' | 'GROUP' = 'USER') =>
  ({ ...set, PrincipalId, PrincipalType, TargetId, TargetType: 'AWS_ACCOUNT' }) as ConstructorParameters<
    typeof CreateAccountAssignmentCommand
  >[0]
const createStatus = async (AccountAssignmentCreationRequestId: string | undefined) => {
  const look = new DescribeAccountAssignmentCreationStatusCommand({ InstanceArn, AccountAssignmentCreationRequestId })
  return (await aws.admin.send(look)).AccountAssignmentCreationStatus
}
const assign = async (input: ReturnType<typeof triple>) => {
  const { AccountAssignmentCreationStatus: started } = await aws.admin.send(new CreateAccountAssignmentCommand(input))
  await createStatus(started?.RequestId)
  return createStatus(started?.RequestId)
}
const unassign = async (input: ReturnType<typeof triple>) => {
  const { AccountAssignmentDeletionStatus: started } = await aws.admin.send(new DeleteAccountAssignmentCommand(input))
  const look = { InstanceArn, AccountAssignmentDeletionRequestId: started?.RequestId }
  await aws.admin.send(new DescribeAccountAssignmentDeletionStatusCommand(look))
  return (await aws.admin.send(new DescribeAccountAssignmentDeletionStatusCommand(look)))
    .AccountAssignmentDeletionStatus
}

describe('permission sets', () => {
  it('clears the relay state that an update leaves out, and keeps description and duration', async () => {
    const set = await created('Admin', { Description: 'x', RelayState: 'https://a/', SessionDuration: 'PT8H' })
    await aws.admin.send(new UpdatePermissionSetCommand({ ...set }))
    const { PermissionSet } = await aws.admin.send(new DescribePermissionSetCommand(set))
    expect(PermissionSet).toMatchObject({ Description: 'x', SessionDuration: 'PT8H' })
    expect(PermissionSet).not.toHaveProperty('RelayState')
  })

  it('answers an absent inline policy with an empty string and an absent boundary with an error', async () => {
    const set = await created('Admin')
    expect((await aws.admin.send(new GetInlinePolicyForPermissionSetCommand(set))).InlinePolicy).toBe('')
    const error = await thrown(aws.admin.send(new GetPermissionsBoundaryForPermissionSetCommand(set)))
    expect(error.name).toBe('ResourceNotFoundException')
  })

  it.each([
    ['name with a space', { Name: 'a b' }, 'ValidationException', 'name'],
    ['name of 33 characters', { Name: 'a'.repeat(33) }, 'ValidationException', 'name'],
    ['description beyond Latin-1', { Description: 'a — b' }, 'ValidationException', 'description'],
    ['empty description', { Description: '' }, 'ValidationException', 'description'],
    ['pattern in a middle of the value', { RelayState: 'ok\u0000' }, 'ValidationException', 'relayState'],
    ['session under an hour', { SessionDuration: 'PT59M' }, 'ValidationException', 'SessionDuration'],
    ['session over twelve hours', { SessionDuration: 'PT12H1S' }, 'ValidationException', 'SessionDuration'],
    ['tag key that is not allowed', { Tags: [{ Key: '<', Value: '' }] }, 'ValidationException', 'tags.1.member.key'],
    ['name taken', { Name: 'Taken' }, 'ConflictException', 'PermissionSet with name Taken already exists.'],
  ])('refuses a %s', async (_what, members, name, text) => {
    await created('Taken')
    const error = await thrown(created('Fine', members))
    expect(error.name).toBe(name)
    expect(error.message).toContain(text)
  })

  it('names every member that breaks a rule in one error', async () => {
    const error = await thrown(created('a b', { Description: '—', SessionDuration: '' }))
    expect(error.message).toMatch(/^4 validation errors detected/)
  })

  it('takes 20 policies of both kinds together and not one more', async () => {
    const set = await created('Admin')
    for (let n = 0; n < 19; n += 1) {
      const ManagedPolicyArn = `arn:aws:iam::aws:policy/Policy${n}`
      await aws.admin.send(new AttachManagedPolicyToPermissionSetCommand({ ...set, ManagedPolicyArn }))
    }
    const attach = (Name: string) =>
      aws.admin.send(
        new AttachCustomerManagedPolicyReferenceToPermissionSetCommand({
          ...set,
          CustomerManagedPolicyReference: { Name },
        }),
      )
    await attach('twentieth')
    expect((await thrown(attach('one-more'))).name).toBe('ServiceQuotaExceededException')
  })

  it.each([
    ['not JSON', '{'],
    ['without Effect', '{"Statement":{"Action":"*","Resource":"*"}}'],
    ['with a Principal', '{"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}'],
    ['of another version', '{"Version":"2020-01-01","Statement":[]}'],
    [
      'of more bytes than are allowed, white space apart',
      `{"Statement":{"Effect":"Allow","Action":"${'é '.repeat(5_100)}","Resource":"*"}}`,
    ],
  ])('refuses an inline policy %s', async (_what, InlinePolicy) => {
    const set = await created('Admin')
    const error = await thrown(aws.admin.send(new PutInlinePolicyToPermissionSetCommand({ ...set, InlinePolicy })))
    expect(error.name).toBe('ValidationException')
  })

  it('gives short pages that neither repeat nor hide, also when sets go away in between', async () => {
    const names = Array.from({ length: 25 }, (_, n) => `Set${n}`)
    const sets = new Map<string, string>()
    for (const name of names) sets.set((await created(name)).PermissionSetArn, name)
    const first = await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn }))
    expect(first.PermissionSets).toHaveLength(10)
    const [gone = ''] = first.PermissionSets ?? []
    await aws.admin.send(new DeletePermissionSetCommand({ InstanceArn, PermissionSetArn: gone }))
    const seen = [...(first.PermissionSets ?? [])]
    for (let { NextToken } = first; NextToken; ) {
      const next = await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn, NextToken, MaxResults: 7 }))
      seen.push(...(next.PermissionSets ?? []))
      NextToken = next.NextToken
    }
    expect(seen.sort()).toEqual([...sets.keys()].sort())
  })
})

describe('assignments', () => {
  it('take effect when the request succeeds, not before, and bring the role along', async () => {
    const set = await created('Admin')
    const input = triple(set, await newUser('taro'))
    const { AccountAssignmentCreationStatus: started } = await aws.admin.send(new CreateAccountAssignmentCommand(input))
    const list = async () =>
      (await aws.admin.send(new ListAccountAssignmentsCommand({ ...set, AccountId: management }))).AccountAssignments
    expect(started?.Status).toBe('IN_PROGRESS')
    expect((await createStatus(started?.RequestId))?.Status).toBe('IN_PROGRESS')
    expect(await list()).toEqual([])
    expect((await createStatus(started?.RequestId))?.Status).toBe('SUCCEEDED')
    expect(await list()).toHaveLength(1)
    const error = await thrown(aws.admin.send(new DeletePermissionSetCommand(set)))
    expect(error).toMatchObject({ name: 'ConflictException', message: expect.stringContaining('ApplicationProfile') })
    expect((await unassign(input))?.Status).toBe('SUCCEEDED')
    await aws.admin.send(new DeletePermissionSetCommand(set))
  })

  it('end FAILED with a reason where AWS finds out later', async () => {
    const set = await created('Admin')
    const user = await newUser('taro')
    const stranger = '0123456789-00000000-0000-4000-8000-000000000000'
    expect(await assign(triple(set, stranger))).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringMatching(/404.*not found/),
    })
    expect(await assign(triple(set, user, '777788889999'))).toMatchObject({ Status: 'FAILED' })
    expect(await unassign(triple(set, user))).toMatchObject({
      Status: 'FAILED',
      FailureReason: 'Received a 404 status error: Assignment not found.',
    })
    const CustomerManagedPolicyReference = { Name: 'Team', Path: '/team/' }
    const attach = { ...set, CustomerManagedPolicyReference }
    await aws.admin.send(new AttachCustomerManagedPolicyReferenceToPermissionSetCommand(attach))
    expect((await assign(triple(set, user, '444455556666')))?.Status).toBe('FAILED')
    expect((await assign(triple(set, user)))?.Status).toBe('SUCCEEDED')
  })

  it('are accepted again, conflict with their own removal, and queue up to 15', async () => {
    const set = await created('Admin')
    const input = triple(set, await newUser('taro'))
    expect((await assign(input))?.Status).toBe('SUCCEEDED')
    await aws.admin.send(new CreateAccountAssignmentCommand(input))
    expect((await thrown(aws.admin.send(new DeleteAccountAssignmentCommand(input)))).name).toBe('ConflictException')
    for (let n = 0; n < 14; n += 1) await aws.admin.send(new CreateAccountAssignmentCommand(input))
    expect((await thrown(aws.admin.send(new CreateAccountAssignmentCommand(input)))).name).toBe('ThrottlingException')
  })

  it('outlive their user and are seen through groups', async () => {
    const set = await created('Admin')
    const [taro, jiro] = [await newUser('taro'), await newUser('jiro')]
    const { GroupId } = await aws.directory.send(new CreateGroupCommand({ IdentityStoreId, DisplayName: 'admins' }))
    const membership = { IdentityStoreId, GroupId, MemberId: { UserId: taro } }
    await aws.directory.send(new CreateGroupMembershipCommand(membership))
    await assign(triple(set, GroupId ?? '', management, 'GROUP'))
    await assign(triple(set, jiro))
    const forUser = { InstanceArn, PrincipalId: taro, PrincipalType: 'USER' as const }
    const { AccountAssignments: rows } = await aws.admin.send(new ListAccountAssignmentsForPrincipalCommand(forUser))
    expect(rows).toEqual([expect.objectContaining({ PrincipalType: 'GROUP', PrincipalId: GroupId })])
    await aws.directory.send(new DeleteUserCommand({ IdentityStoreId, UserId: jiro }))
    const list = new ListAccountAssignmentsCommand({ ...set, AccountId: management })
    expect((await aws.admin.send(list)).AccountAssignments).toHaveLength(2)
  })
})

describe('provisioning', () => {
  const behind = async (set: { InstanceArn: string; PermissionSetArn: string }) => {
    const ProvisioningStatus = 'LATEST_PERMISSION_SET_NOT_PROVISIONED'
    const list = new ListAccountsForProvisionedPermissionSetCommand({ ...set, ProvisioningStatus })
    return (await aws.admin.send(list)).AccountIds
  }
  const provision = async (set: object, target: object) => {
    const input = { ...set, ...target } as ConstructorParameters<typeof ProvisionPermissionSetCommand>[0]
    const { PermissionSetProvisioningStatus: started } = await aws.admin.send(new ProvisionPermissionSetCommand(input))
    const look = { InstanceArn, ProvisionPermissionSetRequestId: started?.RequestId }
    await aws.admin.send(new DescribePermissionSetProvisioningStatusCommand(look))
    const { PermissionSetProvisioningStatus: ended } = await aws.admin.send(
      new DescribePermissionSetProvisioningStatusCommand(look),
    )
    return ended
  }

  it('shows a set that was changed and not provisioned again, until it is', async () => {
    const set = await created('Admin')
    await assign(triple(set, await newUser('taro')))
    expect(await behind(set)).toEqual([])
    await aws.admin.send(new UpdatePermissionSetCommand({ ...set, SessionDuration: 'PT8H' }))
    expect(await behind(set)).toEqual([management])
    expect((await provision(set, { TargetType: 'ALL_PROVISIONED_ACCOUNTS' }))?.Status).toBe('SUCCEEDED')
    expect(await behind(set)).toEqual([])
  })

  it('fails in an account that does not have the set, and succeeds everywhere when that is nowhere', async () => {
    const set = await created('Admin')
    const one = { TargetType: 'AWS_ACCOUNT', TargetId: management }
    expect(await provision(set, one)).toMatchObject({
      Status: 'FAILED',
      FailureReason: expect.stringMatching(/404.*provision not found/),
    })
    expect((await provision(set, { TargetType: 'ALL_PROVISIONED_ACCOUNTS' }))?.Status).toBe('SUCCEEDED')
  })
})

describe('where and who', () => {
  it('shows no instance in another Region or to a member account, and none of it to strangers', async () => {
    for (const other of [clients(url, 'dummy', 'us-west-2'), clients(url, 'AKIA444455556666XXXX')]) {
      expect((await other.admin.send(new ListInstancesCommand({}))).Instances).toEqual([])
    }
    const elsewhere = clients(url, 'dummy', 'us-west-2').admin.send(new DescribeInstanceCommand({ InstanceArn }))
    expect((await thrown(elsewhere)).message).toContain('does not exist in this Region')
    const member = clients(url, 'AKIA444455556666XXXX').admin.send(new ListPermissionSetsCommand({ InstanceArn }))
    expect((await thrown(member)).name).toBe('AccessDeniedException')
  })

  it('starts as a new account when asked to, and is enabled by the stand-in for the console', async () => {
    const { url: fresh } = await sandbox({
      seed: { region: 'eu-central-1', managementAccount: management, accounts: [], fresh: true },
    })
    const own = clients(fresh)
    expect((await own.admin.send(new ListInstancesCommand({}))).Instances).toEqual([])
    await admin(fresh, 'POST', 'enable', { permissionSets: false })
    const instance = await instanceOf(own)
    const { PermissionSetsEnabled } = await own.admin.send(new DescribeInstanceCommand(instance))
    expect(PermissionSetsEnabled).toBe(false)
    expect((await thrown(own.admin.send(new ListPermissionSetsCommand(instance)))).name).toBe('ValidationException')
  })
})
