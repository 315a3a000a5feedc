import { DeleteUserCommand, ListUsersCommand } from '@aws-sdk/client-identitystore'
import {
  CreateApplicationAssignmentCommand,
  CreateApplicationCommand,
  DeleteApplicationCommand,
  DescribeApplicationCommand,
  GetApplicationAssignmentConfigurationCommand,
  ListApplicationAssignmentsCommand,
  ListApplicationAssignmentsForPrincipalCommand,
  ListApplicationsCommand,
  ListTagsForResourceCommand,
  PutApplicationAssignmentConfigurationCommand,
  TagResourceCommand,
  UpdateApplicationCommand,
} from '@aws-sdk/client-sso-admin'
import { describe, expect, it } from 'vitest'
import { admin } from './harness.ts'
import { world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }],
  groups: [{ displayName: 'devs', members: ['taro'] }],
  applications: [{ name: 'Grafana', users: ['taro'], groups: ['devs'] }],
}

async function grafana(unconfirmed: object = {}) {
  const here = await world({ contents })
  await admin(here.url, 'PUT', 'faults', { unconfirmed })
  const { Applications = [] } = await here.aws.admin.send(
    new ListApplicationsCommand({ InstanceArn: here.InstanceArn }),
  )
  const { Users = [] } = await here.aws.directory.send(new ListUsersCommand({ IdentityStoreId: here.IdentityStoreId }))
  return { here, ApplicationArn: Applications[0]?.ApplicationArn ?? '', UserId: Users[0]?.UserId ?? '' }
}

describe('applications', () => {
  it('are made, described, changed, tagged and deleted with their assignments', async () => {
    const { here } = await grafana()
    const { InstanceArn } = here
    const ApplicationProviderArn = 'arn:aws:sso::aws:applicationProvider/custom'
    const made = await here.aws.admin.send(
      new CreateApplicationCommand({
        InstanceArn,
        ApplicationProviderArn,
        Name: 'Grafana',
        Tags: [{ Key: 'a', Value: 'b' }],
      }),
    )
    const of = { ApplicationArn: made.ApplicationArn }
    await here.aws.admin.send(new UpdateApplicationCommand({ ...of, Description: 'x', Status: 'DISABLED' }))
    expect(await here.aws.admin.send(new DescribeApplicationCommand(of))).toMatchObject({
      ...of,
      ...{ Name: 'Grafana', Description: 'x', Status: 'DISABLED', ApplicationProviderArn },
    })
    await here.aws.admin.send(
      new TagResourceCommand({ InstanceArn, ResourceArn: of.ApplicationArn, Tags: [{ Key: 'c', Value: 'd' }] }),
    )
    const { Tags = [] } = await here.aws.admin.send(
      new ListTagsForResourceCommand({ InstanceArn, ResourceArn: of.ApplicationArn }),
    )
    expect(Tags).toHaveLength(2)
    await here.aws.admin.send(new DeleteApplicationCommand(of))
    await expect(here.aws.admin.send(new DescribeApplicationCommand(of))).rejects.toThrow('does not exist')
  })

  it('let in only who is assigned unless that is changed, and keep who is assigned', async () => {
    const { here, ApplicationArn } = await grafana()
    const look = () => here.aws.admin.send(new GetApplicationAssignmentConfigurationCommand({ ApplicationArn }))
    expect((await look()).AssignmentRequired).toBe(true)
    await here.aws.admin.send(
      new PutApplicationAssignmentConfigurationCommand({ ApplicationArn, AssignmentRequired: false }),
    )
    expect((await look()).AssignmentRequired).toBe(false)
    const { ApplicationAssignments } = await here.aws.admin.send(
      new ListApplicationAssignmentsCommand({ ApplicationArn }),
    )
    expect(ApplicationAssignments).toHaveLength(2)
  })
})

describe('what nobody knows about assignments to applications', () => {
  it.each([
    ['apart', 1],
    ['mixed', 2],
  ] as const)('groups of a user %s', async (applicationsOfGroups, count) => {
    const { here, UserId } = await grafana({ applicationsOfGroups })
    const asked = { InstanceArn: here.InstanceArn, PrincipalId: UserId, PrincipalType: 'USER' } as const
    const { ApplicationAssignments } = await here.aws.admin.send(
      new ListApplicationAssignmentsForPrincipalCommand(asked),
    )
    expect(ApplicationAssignments).toHaveLength(count)
  })

  it.each(['conflict', 'done'] as const)('the same assignment again: %s', async (sameApplicationAssignment) => {
    const { here, ApplicationArn, UserId } = await grafana({ sameApplicationAssignment })
    const again = here.aws.admin.send(
      new CreateApplicationAssignmentCommand({ ApplicationArn, PrincipalId: UserId, PrincipalType: 'USER' }),
    )
    if (sameApplicationAssignment === 'done') await again
    else await expect(again).rejects.toThrow(expect.objectContaining({ name: 'ConflictException' }))
  })

  it.each([
    ['stay', 2],
    ['go', 1],
  ] as const)('assignments of a deleted user %s', async (applicationsOfDeleted, count) => {
    const { here, ApplicationArn, UserId } = await grafana({ applicationsOfDeleted })
    await here.aws.directory.send(new DeleteUserCommand({ IdentityStoreId: here.IdentityStoreId, UserId }))
    const { ApplicationAssignments } = await here.aws.admin.send(
      new ListApplicationAssignmentsCommand({ ApplicationArn }),
    )
    expect(ApplicationAssignments).toHaveLength(count)
  })
})
