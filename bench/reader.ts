import {
  IdentitystoreClient,
  ListGroupMembershipsCommand,
  ListGroupsCommand,
  ListUsersCommand,
} from '@aws-sdk/client-identitystore'
import { DescribeOrganizationCommand, ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import * as sso from '@aws-sdk/client-sso-admin'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { openAtOnce } from '../src/aws/turns.ts'
import { turnstile } from '../src/model/turnstile.ts'

// Reads what a plan reads, through the same clients and with as many requests under way at a time, each as early as it can be sent, and
// does nothing with it: what no plan can be faster than. A process of its own, run by `plans.ts`.
const settings = { region: process.env.AWS_REGION ?? '' }
const clients = {
  admin: new sso.SSOAdminClient(settings),
  store: new IdentitystoreClient(settings),
  organization: new OrganizationsClient(settings),
  caller: new STSClient(settings),
}
const turn = turnstile(openAtOnce.read)

interface Sender {
  send(command: unknown): Promise<unknown>
}

type Command = new (input: never) => object

type Answer = Readonly<Record<string, unknown>>

function get(client: keyof typeof clients, Command: Command, input: object = {}): Promise<Answer> {
  return turn(() => (clients[client] as unknown as Sender).send(new Command(input as never)) as Promise<Answer>)
}

async function list<T>(client: keyof typeof clients, Command: Command, items: string, input: object): Promise<T[]> {
  const rows: T[] = []
  for (let NextToken: unknown; ; ) {
    const answer = await get(client, Command, { ...input, ...(NextToken ? { NextToken } : {}) })
    rows.push(...(answer[items] as T[]))
    NextToken = answer.NextToken
    if (!NextToken) return rows
  }
}

const page = { MaxResults: 100 }

async function readSet(of: { readonly InstanceArn: string; readonly PermissionSetArn: string }): Promise<void> {
  await Promise.all([
    get('admin', sso.DescribePermissionSetCommand, of),
    get('admin', sso.ListTagsForResourceCommand, { InstanceArn: of.InstanceArn, ResourceArn: of.PermissionSetArn }),
    get('admin', sso.ListManagedPoliciesInPermissionSetCommand, { ...of, ...page }),
    get('admin', sso.ListCustomerManagedPolicyReferencesInPermissionSetCommand, { ...of, ...page }),
    get('admin', sso.GetInlinePolicyForPermissionSetCommand, of),
    // A set without a boundary is answered with an error.
    get('admin', sso.GetPermissionsBoundaryForPermissionSetCommand, of).catch(() => ({})),
    list('admin', sso.ListAccountsForProvisionedPermissionSetCommand, 'AccountIds', {
      ...of,
      ...page,
      ProvisioningStatus: 'LATEST_PERMISSION_SET_NOT_PROVISIONED',
    }),
  ])
}

async function readInstance({ InstanceArn = '', IdentityStoreId = '' }: sso.InstanceMetadata): Promise<void> {
  const [at, store] = [
    { InstanceArn, ...page },
    { IdentityStoreId, ...page },
  ]
  const assignmentsOf = (PrincipalType: 'USER' | 'GROUP', PrincipalId = '') =>
    list('admin', sso.ListAccountAssignmentsForPrincipalCommand, 'AccountAssignments', {
      ...at,
      PrincipalId,
      PrincipalType,
    })
  const readUsers = async () => {
    const users = await list<{ UserId?: string }>('store', ListUsersCommand, 'Users', store)
    await Promise.all(users.map(({ UserId }) => assignmentsOf('USER', UserId)))
  }
  const readGroups = async () => {
    const groups = await list<{ GroupId?: string }>('store', ListGroupsCommand, 'Groups', store)
    await Promise.all(
      groups.flatMap(({ GroupId }) => [
        assignmentsOf('GROUP', GroupId),
        list('store', ListGroupMembershipsCommand, 'GroupMemberships', { ...store, GroupId }),
      ]),
    )
  }
  const readSets = async () => {
    const sets = await list<string>('admin', sso.ListPermissionSetsCommand, 'PermissionSets', at)
    await Promise.all(sets.map((PermissionSetArn) => readSet({ InstanceArn, PermissionSetArn })))
  }
  await Promise.all([
    get('admin', sso.DescribeInstanceCommand, { InstanceArn }),
    get('admin', sso.ListAccountAssignmentCreationStatusCommand, at),
    get('admin', sso.ListAccountAssignmentDeletionStatusCommand, at),
    get('admin', sso.ListPermissionSetProvisioningStatusCommand, at),
    readUsers(),
    readGroups(),
    readSets(),
  ])
}

await Promise.all([
  get('caller', GetCallerIdentityCommand),
  get('organization', DescribeOrganizationCommand),
  list('organization', ListAccountsCommand, 'Accounts', { MaxResults: 20 }),
  list<sso.InstanceMetadata>('admin', sso.ListInstancesCommand, 'Instances', page).then(([instance = {}]) =>
    readInstance(instance),
  ),
])
