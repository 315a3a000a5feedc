import { ListDelegatedAdministratorsCommand } from '@aws-sdk/client-organizations'
import {
  CreateAccountAssignmentCommand,
  DescribePermissionSetCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  SSOAdminClient,
} from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { admin, clients, management, region, thrown } from './harness.ts'
import { dev, type Keys, old, type World, worked, world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }],
  permissionSets: [{ name: 'Admin' }, { name: 'Reader' }],
  assignments: [
    { permissionSet: 'Admin', account: management, user: 'taro' },
    { permissionSet: 'Reader', account: dev, user: 'taro' },
  ],
}

describe('credentials of a role session', () => {
  const keysFor = async ({ url }: World, user: string, permissionSet: string, account: string) =>
    (await admin(url, 'POST', 'credentials', { user, permissionSet, account })) as Keys
  const arnOf = async ({ url }: World, credentials: Keys) => {
    const sts = new STSClient({ endpoint: url, region, credentials, maxAttempts: 1 })
    return (await sts.send(new GetCallerIdentityCommand({}))).Arn
  }

  it('are those of the role there is, and let a client in for twelve hours', async () => {
    const own = await world({ contents })
    const keys = await keysFor(own, 'taro', 'Admin', management)
    expect(Object.keys(keys).sort()).toEqual(['accessKeyId', 'secretAccessKey', 'sessionToken'])
    const role = Object.values((await own.tables()).provisions ?? {}).find(
      ({ account }) => account === management,
    )?.role
    const arn = `arn:aws:sts::${management}:assumed-role/AWSReservedSSO_Admin_${role}/taro`
    expect(await arnOf(own, keys)).toBe(arn)
    const client = new SSOAdminClient({ endpoint: own.url, region, credentials: keys, maxAttempts: 1 })
    expect((await client.send(new ListInstancesCommand({}))).Instances).toHaveLength(1)
    own.pass(12 * 3600 - 1)
    expect(await arnOf(own, keys)).toBe(arn)
    own.pass(1)
    expect((await thrown(arnOf(own, keys))).name).toBe('ExpiredToken')
  })

  it.each([
    ['a set that the user does not hold', 'taro', 'Reader', management],
    ['a user who is gone', 'nobody', 'Admin', dev],
    ['a set that is gone', 'taro', 'Gone', management],
  ])('are given for %s, with 16 digits of their own', async (_what, user, set, account) => {
    const own = await world({ contents })
    const arn = await arnOf(own, await keysFor(own, user, set, account))
    expect(arn).toMatch(new RegExp(`^arn:aws:sts::${account}:assumed-role/AWSReservedSSO_${set}_[0-9a-f]{16}/${user}$`))
  })

  it('are refused without a name', async () => {
    const { url } = await world({ contents })
    const wanted = { user: 'taro', permissionSet: 'Admin' }
    await expect(admin(url, 'POST', 'credentials', wanted)).rejects.toThrow('account must be a string')
  })
})

describe('the delegated administrator', () => {
  const delegated = async (principalListByDelegate?: 'denied' | 'allowed') => {
    const unconfirmed = principalListByDelegate === undefined ? {} : { principalListByDelegate }
    const own = await world({ contents, faults: { unconfirmed } })
    await admin(own.url, 'POST', 'delegate', { account: dev })
    return { ...own, delegate: clients(own.url, `AKIA${dev}XXXX`) }
  }

  it('is registered by the admin side, in the place of another', async () => {
    const { aws, url } = await delegated()
    const list = async () => {
      const { DelegatedAdministrators } = await aws.organizations.send(new ListDelegatedAdministratorsCommand({}))
      return DelegatedAdministrators?.map(({ Id }) => Id)
    }
    expect(await list()).toEqual([dev])
    await admin(url, 'POST', 'delegate', { account: old })
    expect(await list()).toEqual([old])
    const wrong = { [management]: 'needs no delegation', '000000000000': 'There is no account' }
    for (const [account, message] of Object.entries(wrong)) {
      await expect(admin(url, 'POST', 'delegate', { account })).rejects.toThrow(message)
    }
  })

  it('reads sets and assignments by set and by account, of the management account too', async () => {
    const { delegate, InstanceArn, set } = await delegated()
    const both = await set('Admin')
    const AccountId = management
    expect((await delegate.admin.send(new ListPermissionSetsCommand({ InstanceArn }))).PermissionSets).toHaveLength(2)
    expect((await delegate.admin.send(new DescribePermissionSetCommand(both))).PermissionSet?.Name).toBe('Admin')
    const rows = await delegate.admin.send(new ListAccountAssignmentsCommand({ ...both, AccountId }))
    expect(rows.AccountAssignments).toHaveLength(1)
    const places = await delegate.admin.send(new ListAccountsForProvisionedPermissionSetCommand(both))
    expect(places.AccountIds).toEqual([management])
    const here = new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId })
    expect((await delegate.admin.send(here)).PermissionSets).toEqual([both.PermissionSetArn])
  })

  it.each([
    ['no word on it', undefined, 'AccessDeniedException'],
    ['a denial', 'denied', 'AccessDeniedException'],
    ['leave', 'allowed', worked],
  ] as const)('asked what a principal holds, with %s', async (_how, choice, outcome) => {
    const { aws, delegate, InstanceArn, principal } = await delegated(choice)
    const list = new ListAccountAssignmentsForPrincipalCommand({ InstanceArn, ...(await principal('taro')) })
    expect((await thrown(delegate.admin.send(list))).name).toBe(outcome)
    expect((await aws.admin.send(list)).AccountAssignments).toHaveLength(2)
  })

  it('still cannot assign in the management account', async () => {
    const { delegate, assignment } = await delegated('allowed')
    const input = await assignment('Reader', management, 'taro')
    const error = await thrown(delegate.admin.send(new CreateAccountAssignmentCommand(input)))
    expect(error.name).toBe('AccessDeniedException')
  })
})

describe('applications', () => {
  const applications = [{ name: 'Wiki' }, { name: 'Chat', account: dev }]

  it('are listed with what they are and whose', async () => {
    const { aws, InstanceArn } = await world({ contents: { applications } })
    const list = async (more: object = {}) => {
      const { Applications = [] } = await aws.admin.send(new ListApplicationsCommand({ InstanceArn, ...more }))
      return Applications
    }
    const id = InstanceArn.slice(InstanceArn.lastIndexOf('/') + 1)
    const wiki = {
      ApplicationArn: expect.stringMatching(
        new RegExp(`^arn:aws:sso::${management}:application/${id}/apl-[0-9a-f]{16}$`),
      ),
      ApplicationProviderArn: 'arn:aws:sso::aws:applicationProvider/custom',
      ApplicationAccount: management,
      Name: 'Wiki',
      InstanceArn,
      Status: 'ENABLED',
      CreatedDate: new Date('2026-11-22T10:00:00Z'),
    }
    expect((await list()).find(({ Name }) => Name === 'Wiki')).toEqual(wiki)
    expect((await list({ Filter: { ApplicationAccount: dev } })).map(({ Name }) => Name)).toEqual(['Chat'])
    const ApplicationProvider = 'arn:aws:sso::aws:applicationProvider/other'
    expect(await list({ Filter: { ApplicationProvider } })).toEqual([])
  })

  it('come in pages, and from accounts that exist', async () => {
    const { aws, InstanceArn } = await world({ contents: { applications } })
    const first = await aws.admin.send(new ListApplicationsCommand({ InstanceArn, MaxResults: 1 }))
    const { NextToken } = first
    const second = await aws.admin.send(new ListApplicationsCommand({ InstanceArn, MaxResults: 1, NextToken }))
    const names = [first, second].map(({ Applications }) => Applications?.map(({ Name }) => Name))
    expect(names.flat().sort()).toEqual(['Chat', 'Wiki'])
    const lost = { applications: [{ name: 'Lost', account: '000000000000' }] }
    await expect(world({ contents: lost })).rejects.toMatchObject({ diagnostics: [{ code: 'sandbox-contents' }] })
  })
})
