import { DescribeUserCommand, ListGroupsCommand, ListUsersCommand } from '@aws-sdk/client-identitystore'
import {
  DescribeAccountCommand,
  DescribeOrganizationCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from '@aws-sdk/client-organizations'
import {
  AddRegionCommand,
  DescribeAccountAssignmentCreationStatusCommand,
  DescribeInstanceCommand,
  DescribePermissionSetCommand,
  GetInlinePolicyForPermissionSetCommand,
  ListAccountAssignmentCreationStatusCommand,
  ListAccountAssignmentsCommand,
  ListAccountAssignmentsForPrincipalCommand,
  ListAccountsForProvisionedPermissionSetCommand,
  ListApplicationsCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListPermissionSetsProvisionedToAccountCommand,
  ListRegionsCommand,
  ListTagsForResourceCommand,
  ProvisionPermissionSetCommand,
  RemoveRegionCommand,
  TagResourceCommand,
  UpdateInstanceCommand,
} from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { admin, clients, management, region, sandbox, seed, thrown } from './harness.ts'
import { dev, type Keys, world } from './world.ts'

const contents = {
  users: [{ userName: 'taro' }],
  permissionSets: [{ name: 'Admin' }],
  assignments: [{ permissionSet: 'Admin', account: management, user: 'taro' }],
  applications: [{ name: 'Wiki' }],
}

describe('a replica Region', () => {
  const replicated = async () => {
    const own = await world({ contents })
    const { InstanceArn, aws, url } = own
    await aws.admin.send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-1' }))
    await aws.admin.send(new ListRegionsCommand({ InstanceArn }))
    return { ...own, away: clients(url, 'dummy', 'eu-west-1') }
  }

  it('refuses what concerns permission sets and assignments, reads too', async () => {
    const { away, InstanceArn, set, principal } = await replicated()
    const both = await set('Admin')
    const AccountId = management
    const calls = [
      away.admin.send(new ListPermissionSetsCommand({ InstanceArn })),
      away.admin.send(new DescribePermissionSetCommand(both)),
      away.admin.send(new GetInlinePolicyForPermissionSetCommand(both)),
      away.admin.send(new ListAccountAssignmentsCommand({ ...both, AccountId })),
      away.admin.send(new ListAccountAssignmentsForPrincipalCommand({ InstanceArn, ...(await principal('taro')) })),
      away.admin.send(new ListAccountsForProvisionedPermissionSetCommand(both)),
      away.admin.send(new ListPermissionSetsProvisionedToAccountCommand({ InstanceArn, AccountId })),
      away.admin.send(new ListAccountAssignmentCreationStatusCommand({ InstanceArn })),
      away.admin.send(
        new DescribeAccountAssignmentCreationStatusCommand({
          InstanceArn,
          AccountAssignmentCreationRequestId: '00000000-0000-4000-8000-000000000000',
        }),
      ),
      away.admin.send(new ListTagsForResourceCommand({ InstanceArn, ResourceArn: both.PermissionSetArn })),
      away.admin.send(new ProvisionPermissionSetCommand({ ...both, TargetType: 'ALL_PROVISIONED_ACCOUNTS' })),
      away.admin.send(new UpdateInstanceCommand({ InstanceArn, Name: 'new' })),
      away.admin.send(new AddRegionCommand({ InstanceArn, RegionName: 'eu-west-2' })),
      away.admin.send(new TagResourceCommand({ ResourceArn: InstanceArn, Tags: [{ Key: 'a', Value: 'b' }] })),
    ]
    for (const error of await Promise.all(calls.map(thrown))) {
      const message = expect.stringContaining(`primary Region ${region}`)
      expect(error).toMatchObject({ name: 'ValidationException', message })
    }
  })

  it('answers reads of the instance, its applications and the directory', async () => {
    const { away, InstanceArn, IdentityStoreId, principal } = await replicated()
    const shown = {
      PrimaryRegion: region,
      Regions: [
        { RegionName: region, IsPrimaryRegion: true, Status: 'ACTIVE' },
        { RegionName: 'eu-west-1', IsPrimaryRegion: false, Status: 'ACTIVE' },
      ],
    }
    expect((await away.admin.send(new ListInstancesCommand({}))).Instances).toMatchObject([shown])
    expect(await away.admin.send(new DescribeInstanceCommand({ InstanceArn }))).toMatchObject(shown)
    expect((await away.admin.send(new ListRegionsCommand({ InstanceArn }))).Regions).toHaveLength(2)
    expect((await away.admin.send(new ListApplicationsCommand({ InstanceArn }))).Applications).toHaveLength(1)
    expect((await away.admin.send(new ListTagsForResourceCommand({ ResourceArn: InstanceArn }))).Tags).toEqual([])
    expect((await away.directory.send(new ListUsersCommand({ IdentityStoreId }))).Users).toHaveLength(1)
    expect((await away.directory.send(new ListGroupsCommand({ IdentityStoreId }))).Groups).toEqual([])
    const { PrincipalId: UserId } = await principal('taro')
    expect((await away.directory.send(new DescribeUserCommand({ IdentityStoreId, UserId }))).UserName).toBe('taro')
  })
})

describe('Regions', () => {
  const steps = async (choices: object = {}, more: object = {}) => {
    const { aws, InstanceArn } = await world({ ...more, faults: { unconfirmed: choices } })
    const of = (RegionName: string) => ({ InstanceArn, RegionName })
    return {
      add: (name: string) => thrown(aws.admin.send(new AddRegionCommand(of(name)))).then(({ name: said }) => said),
      remove: (name: string) =>
        thrown(aws.admin.send(new RemoveRegionCommand(of(name)))).then(({ name: said }) => said),
      async shown() {
        const { Regions = [] } = await aws.admin.send(new ListRegionsCommand({ InstanceArn }))
        return Regions.map(({ RegionName, Status }) => `${RegionName} ${Status}`)
      },
    }
  }
  const done = 'nothing was thrown'

  it('come and go while the next look still shows them under way', async () => {
    const { add, remove, shown } = await steps()
    expect(await add('eu-west-1')).toBe(done)
    expect(await shown()).toEqual([`${region} ACTIVE`, 'eu-west-1 ADDING'])
    expect(await shown()).toEqual([`${region} ACTIVE`, 'eu-west-1 ACTIVE'])
    expect(await remove('eu-west-1')).toBe(done)
    expect(await shown()).toEqual([`${region} ACTIVE`, 'eu-west-1 REMOVING'])
    expect(await shown()).toEqual([`${region} ACTIVE`])
    expect(await remove('eu-west-1')).toBe('ResourceNotFoundException')
    expect(await remove(region)).toBe('ValidationException')
  })

  it.each(['one', 'several'] as const)('change at a time: %s', async (regionsAtOnce) => {
    const { add, remove } = await steps({ regionsAtOnce })
    expect(await add('eu-west-1')).toBe(done)
    expect(await add('eu-west-2')).toBe(regionsAtOnce === 'one' ? 'ConflictException' : done)
    expect(await remove('eu-west-1')).toBe('ConflictException')
  })

  it.each([
    { regionPrerequisites: 'ignored', key: 'of AWS', said: done },
    { regionPrerequisites: 'enforced', key: 'of AWS', said: 'ValidationException' },
    { regionPrerequisites: 'enforced', key: '01234567-89ab-cdef-0123-456789abcdef', said: 'ValidationException' },
    { regionPrerequisites: 'enforced', key: 'mrk-0123456789abcdef0123456789abcdef', said: done },
  ])('ask for a key that has replicas elsewhere: $regionPrerequisites, key $key', async (one) => {
    const { regionPrerequisites, key, said } = one
    const own = key === 'of AWS' ? seed : { ...seed, kmsKey: `arn:aws:kms:${region}:${management}:key/${key}` }
    const { add } = await steps({ regionPrerequisites }, { seed: own })
    expect(await add('eu-west-1')).toBe(said)
  })
})

describe('the key of an instance', () => {
  const key = `arn:aws:kms:${region}:${management}:key/mrk-0123456789abcdef0123456789abcdef`
  const described = async ({ aws, InstanceArn }: Awaited<ReturnType<typeof world>>) =>
    (await aws.admin.send(new DescribeInstanceCommand({ InstanceArn }))).EncryptionConfigurationDetails
  const customers = { KeyType: 'CUSTOMER_MANAGED_KEY', KmsKeyArn: key, EncryptionStatus: 'ENABLED' }
  const ofAws = { KeyType: 'AWS_OWNED_KMS_KEY', EncryptionStatus: 'ENABLED' }

  it('belongs to AWS unless the seed names one', async () => {
    expect(await described(await world())).toEqual(ofAws)
    expect(await described(await world({ seed: { ...seed, kmsKey: key } }))).toEqual(customers)
  })

  it('is changed by UpdateInstance, there and back', async () => {
    const own = await world()
    const { aws, InstanceArn } = own
    const change = (KeyType: 'AWS_OWNED_KMS_KEY' | 'CUSTOMER_MANAGED_KEY', KmsKeyArn?: string) => {
      const EncryptionConfiguration = { KeyType, KmsKeyArn }
      return aws.admin.send(new UpdateInstanceCommand({ InstanceArn, EncryptionConfiguration }))
    }
    await change('CUSTOMER_MANAGED_KEY', key)
    expect(await described(own)).toEqual(customers)
    await aws.admin.send(new UpdateInstanceCommand({ InstanceArn, Name: 'new' }))
    expect(await described(own)).toEqual(customers)
    for (const wrong of [change('CUSTOMER_MANAGED_KEY'), change('AWS_OWNED_KMS_KEY', key)]) {
      expect((await thrown(wrong)).name).toBe('ValidationException')
    }
    await change('AWS_OWNED_KMS_KEY')
    expect(await described(own)).toEqual(ofAws)
  })
})

describe.each([
  ['aws', 'eu-central-1', 'awsapps.com/start', 'identitycenter.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'start.home.awsapps.cn/directory', 'identitycenter.amazonaws.com.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'start.us-gov-home.awsapps.com/directory', 'identitycenter.us-gov.amazonaws.com'],
  ['aws-eusc', 'eusc-de-east-1', undefined, 'identitycenter.amazonaws.eu'],
] as const)('the partition %s', (partition, home, store, issuer) => {
  const partitioned = async () => {
    const { url } = await sandbox({ seed: { ...seed, region: home }, contents })
    const aws = clients(url, 'dummy', home)
    const { Instances: [instance = {}] = [] } = await aws.admin.send(new ListInstancesCommand({}))
    return { url, aws, ...instance }
  }

  it('is in every ARN', async () => {
    const { url, aws, InstanceArn, IdentityStoreArn, IdentityStoreId } = await partitioned()
    const { PermissionSets: sets = [] } = await aws.admin.send(new ListPermissionSetsCommand({ InstanceArn }))
    const { Applications = [] } = await aws.admin.send(new ListApplicationsCommand({ InstanceArn }))
    const { Users = [] } = await aws.directory.send(new ListUsersCommand({ IdentityStoreId }))
    const { Organization } = await aws.organizations.send(new DescribeOrganizationCommand({}))
    const { Roots: [root] = [] } = await aws.organizations.send(new ListRootsCommand({}))
    const units = new ListOrganizationalUnitsForParentCommand({ ParentId: root?.Id })
    const wanted = { user: 'taro', permissionSet: 'Admin', account: management }
    const credentials = (await admin(url, 'POST', 'credentials', wanted)) as Keys
    const role = new STSClient({ endpoint: url, region: home, credentials, maxAttempts: 1 })
    const arns = [
      InstanceArn,
      IdentityStoreArn,
      sets[0],
      Applications[0]?.ApplicationArn,
      Applications[0]?.ApplicationProviderArn,
      Users[0]?.CreatedBy,
      Organization?.Arn,
      Organization?.MasterAccountArn,
      root?.Arn,
      (await aws.organizations.send(units)).OrganizationalUnits?.[0]?.Arn,
      (await aws.organizations.send(new DescribeAccountCommand({ AccountId: dev }))).Account?.Arn,
      (await aws.sts.send(new GetCallerIdentityCommand({}))).Arn,
      (await role.send(new GetCallerIdentityCommand({}))).Arn,
    ]
    expect(arns.map((arn) => arn?.split(':').slice(0, 2).join(':'))).toEqual(arns.map(() => `arn:${partition}`))
  })

  it('has its own start URLs', async () => {
    const { url, InstanceArn = '', IdentityStoreId } = await partitioned()
    const post = async (path: string, body: object) =>
      (await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })).json() as Promise<
        Record<string, string>
      >
    const { clientId, clientSecret } = await post('/client/register', { clientName: 'a test', clientType: 'public' })
    const starts = async (startUrl: string) =>
      'userCode' in (await post('/device_authorization', { clientId, clientSecret, startUrl }))
    const forms = (at: string | undefined, from: string) => [
      at?.startsWith('start.') ? `https://${at}/${IdentityStoreId}` : `https://${IdentityStoreId}.${at}`,
      `https://${from}/${InstanceArn.slice(InstanceArn.lastIndexOf('/') + 1)}`,
    ]
    const [byStore = '', byIssuer = ''] = forms(store, issuer)
    expect([await starts(byStore), await starts(byIssuer)]).toEqual([store !== undefined, true])
    const [otherStore = '', otherIssuer = ''] =
      partition === 'aws'
        ? forms('start.home.awsapps.cn/directory', 'identitycenter.amazonaws.com.cn')
        : forms('awsapps.com/start', 'identitycenter.amazonaws.com')
    expect([await starts(otherStore), await starts(otherIssuer)]).toEqual([false, false])
  })
})
