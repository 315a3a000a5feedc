import { CreateGroupCommand, ListGroupsCommand } from '@aws-sdk/client-identitystore'
import { DescribeOrganizationCommand, ListAccountsCommand, paginateListAccounts } from '@aws-sdk/client-organizations'
import {
  CreateAccountAssignmentCommand,
  DeleteAccountAssignmentCommand,
  DeletePermissionSetCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeAccountAssignmentDeletionStatusCommand,
  ListAccountAssignmentsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
} from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { Faults } from '../../src/sandbox/faults/faults.ts'
import { admin, clients, instanceOf, management, sandbox, seed, thrown } from './harness.ts'

async function faulty(faults: Faults, more: object = {}) {
  const { url } = await sandbox({ ...more })
  const aws = clients(url)
  const instance = await instanceOf(aws)
  await admin(url, 'PUT', 'faults', faults)
  return { url, aws, ...instance }
}

const group = (IdentityStoreId: string, DisplayName: string) => new CreateGroupCommand({ IdentityStoreId, DisplayName })

describe('faults on demand', () => {
  it.each([
    ['throttle', 'ThrottlingException', 'ThrottlingException', 'TooManyRequestsException'],
    ['deny', 'AccessDeniedException', 'AccessDeniedException', 'AccessDeniedException'],
    ['expire', 'ExpiredTokenException', 'ExpiredTokenException', 'ExpiredTokenException'],
    ['internal', 'InternalServerException', 'InternalServerException', 'ServiceException'],
  ] as const)('%s is worded as each service does', async (kind, ...names) => {
    const { aws, IdentityStoreId } = await faulty({ rules: [{ kind }] })
    const errors = [
      await thrown(aws.admin.send(new ListInstancesCommand({}))),
      await thrown(aws.directory.send(new ListGroupsCommand({ IdentityStoreId }))),
      await thrown(aws.organizations.send(new DescribeOrganizationCommand({}))),
    ]
    expect(errors.map(({ name }) => name)).toEqual(names)
    expect((await thrown(aws.sts.send(new GetCallerIdentityCommand({})))).name).not.toBe('nothing was thrown')
  })

  it('strikes each Nth call, a few times, and only what it names', async () => {
    const rules = [{ kind: 'throttle' as const, operations: ['organizations:*'], skip: 1, every: 2, times: 2 }]
    const { aws } = await faulty({ rules })
    const outcomes: string[] = []
    for (let n = 0; n < 8; n += 1) {
      await aws.admin.send(new ListInstancesCommand({}))
      outcomes.push((await thrown(aws.organizations.send(new DescribeOrganizationCommand({})))).name)
    }
    const struck = outcomes.flatMap((name, index) => (name === 'TooManyRequestsException' ? [index + 1] : []))
    expect(struck).toEqual([3, 5])
  })

  it('limits calls within a second of the clock', async () => {
    let now = new Date('2026-11-22T10:00:00Z')
    const { aws } = await faulty({ rules: [{ kind: 'throttle', perSecond: 2 }] }, { now: () => now })
    const call = async () => (await thrown(aws.admin.send(new ListInstancesCommand({})))).name
    expect([await call(), await call(), await call()].filter((name) => name === 'ThrottlingException')).toHaveLength(1)
    now = new Date('2026-11-22T10:00:01Z')
    expect(await call()).toBe('nothing was thrown')
  })

  it('cuts the connection before or after the effect', async () => {
    const { aws, IdentityStoreId, url } = await faulty({ rules: [{ kind: 'cut-before', operations: ['CreateGroup'] }] })
    await thrown(aws.directory.send(group(IdentityStoreId, 'before')))
    await admin(url, 'PUT', 'faults', { rules: [{ kind: 'cut-after', operations: ['CreateGroup'] }] })
    expect((await thrown(aws.directory.send(group(IdentityStoreId, 'after')))).name).not.toBe('nothing was thrown')
    const { Groups } = await aws.directory.send(new ListGroupsCommand({ IdentityStoreId }))
    expect(Groups?.map(({ DisplayName }) => DisplayName)).toEqual(['after'])
  })

  it('refuses writes with a conflict that can be retried, and lets reads through', async () => {
    const { aws, IdentityStoreId } = await faulty({ rules: [{ kind: 'conflict', times: 1 }] })
    await aws.directory.send(new ListGroupsCommand({ IdentityStoreId }))
    const error = await thrown(aws.directory.send(group(IdentityStoreId, 'a')))
    expect(error).toMatchObject({ name: 'ConflictException', Reason: 'CONCURRENT_MODIFICATION' })
    await aws.directory.send(group(IdentityStoreId, 'a'))
  })

  it('fails one page of a list', async () => {
    const rules = [{ kind: 'internal' as const, operations: ['ListAccounts'], page: 2 }]
    const { aws } = await faulty({ pageSize: 1, rules })
    const { NextToken } = await aws.organizations.send(new ListAccountsCommand({}))
    expect((await thrown(aws.organizations.send(new ListAccountsCommand({ NextToken })))).name).toBe('ServiceException')
  })

  it('makes assignments last longer and fail', async () => {
    const contents = {
      users: [{ userName: 'taro' }],
      permissionSets: [{ name: 'Admin' }],
      assignments: [{ permissionSet: 'Admin', account: management, user: 'taro' }],
    }
    const rules = [{ kind: 'fail' as const, accounts: ['444455556666'], reason: 'No room.' }]
    const { aws, InstanceArn, IdentityStoreId } = await faulty({ looks: 3, seconds: null, rules }, { contents })
    const { PermissionSets: [PermissionSetArn] = [] } = await aws.admin.send(
      new ListPermissionSetsCommand({ InstanceArn }),
    )
    const { GroupId: PrincipalId } = await aws.directory.send(group(IdentityStoreId, 'a'))
    const input = {
      InstanceArn,
      PermissionSetArn,
      PrincipalId,
      PrincipalType: 'GROUP',
      TargetType: 'AWS_ACCOUNT',
    } as const
    const create = new CreateAccountAssignmentCommand({ ...input, TargetId: '444455556666' })
    const { AccountAssignmentCreationStatus: started } = await aws.admin.send(create)
    const look = { InstanceArn, AccountAssignmentCreationRequestId: started?.RequestId }
    const seen: unknown[] = []
    for (let n = 0; n < 4; n += 1) {
      const answer = await aws.admin.send(new DescribeAccountAssignmentCreationStatusCommand(look))
      seen.push(answer.AccountAssignmentCreationStatus?.FailureReason ?? answer.AccountAssignmentCreationStatus?.Status)
    }
    expect(seen).toEqual(['IN_PROGRESS', 'IN_PROGRESS', 'IN_PROGRESS', 'No room.'])
  })

  it('lets a role linger after its last assignment', async () => {
    const contents = {
      users: [{ userName: 'taro' }],
      permissionSets: [{ name: 'Admin' }],
      assignments: [{ permissionSet: 'Admin', account: management, user: 'taro' }],
    }
    const { aws, InstanceArn } = await faulty({ looks: 0, lag: 2 }, { contents })
    const { PermissionSets: [PermissionSetArn] = [] } = await aws.admin.send(
      new ListPermissionSetsCommand({ InstanceArn }),
    )
    const set = { InstanceArn, PermissionSetArn }
    const list = new ListAccountAssignmentsCommand({ ...set, AccountId: management })
    const { AccountAssignments: [row] = [] } = await aws.admin.send(list)
    const { PrincipalId, PrincipalType } = row ?? {}
    const input = { ...set, PrincipalId, PrincipalType, TargetId: management, TargetType: 'AWS_ACCOUNT' } as const
    const { AccountAssignmentDeletionStatus: started } = await aws.admin.send(new DeleteAccountAssignmentCommand(input))
    const look = { InstanceArn, AccountAssignmentDeletionRequestId: started?.RequestId }
    await aws.admin.send(new DescribeAccountAssignmentDeletionStatusCommand(look))
    const remove = async () => (await thrown(aws.admin.send(new DeletePermissionSetCommand(set)))).name
    expect([await remove(), await remove(), await remove()]).toEqual([
      'ConflictException',
      'ConflictException',
      'nothing was thrown',
    ])
  })

  it('are refused when they are misspelt', async () => {
    const { url } = await sandbox()
    const misspelt = { latencey: 1 } as Faults
    await expect(sandbox({ faults: misspelt })).rejects.toMatchObject({ diagnostics: [{ code: 'sandbox-faults' }] })
    await expect(admin(url, 'PUT', 'faults', misspelt)).rejects.toThrow('faults.latencey is unknown')
    await expect(admin(url, 'PUT', 'faults', { rules: [{ kind: 'nap' }] })).rejects.toThrow('rules[0].kind')
    const put = (unconfirmed: object) => admin(url, 'PUT', 'faults', { unconfirmed })
    await expect(put({ caseInName: 'exact' })).rejects.toThrow(
      'unconfirmed.caseInName is unknown; known: provisionPastFailure, deleteSetInClosedAccounts, ' +
        'secondOperationInAccount, caseInNames, descriptions, userTexts, principalListByDelegate, orphanDeletion, ' +
        'accessControlCreation, caseInAttributeKeys, attributeSources, sameIssuerName, applicationListsByDelegate, ' +
        'applicationsOfGroups, sameApplicationAssignment, applicationsOfDeleted, ' +
        'regionsAtOnce, regionPrerequisites, extensions.',
    )
    await expect(put({ caseInNames: 'both' })).rejects.toThrow('unconfirmed.caseInNames must not be')
    for (const wrong of [{ roleSeconds: -1 }, { listLag: '5' }, { pageOverlap: 0.5 }, { unconfirmed: [] }]) {
      await expect(admin(url, 'PUT', 'faults', wrong)).rejects.toThrow(`faults.${Object.keys(wrong)[0]} must not be`)
    }
  })
})

describe('the record of calls', () => {
  it('counts and lists operations with their errors, and forgets', async () => {
    const { url, aws, IdentityStoreId } = await faulty({})
    await admin(url, 'DELETE', 'calls')
    await aws.directory.send(group(IdentityStoreId, 'a'))
    await thrown(aws.directory.send(group(IdentityStoreId, 'a')))
    expect(await admin(url, 'GET', 'calls')).toEqual({
      counts: { 'identitystore:CreateGroup': 2 },
      calls: [
        { service: 'identitystore', operation: 'CreateGroup' },
        { service: 'identitystore', operation: 'CreateGroup', error: 'ConflictException' },
      ],
    })
  })
})

it('gives an empty page of accounts in the middle of a long list', async () => {
  const many = Array.from({ length: 45 }, (_, n) => ({ id: `9000000000${String(n).padStart(2, '0')}`, name: `a${n}` }))
  const { url } = await sandbox({ seed: { ...seed, accounts: many } })
  const pages: number[] = []
  for await (const page of paginateListAccounts({ client: clients(url).organizations, pageSize: 20 }, {})) {
    pages.push(page.Accounts?.length ?? 0)
  }
  expect(pages).toEqual([20, 0, 20, 6])
})
