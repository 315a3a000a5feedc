import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import { startSandbox } from '../../../src/sandbox/server.ts'
import { management, region } from './seed.ts'

// Round trips of reads and writes at 200 accounts, 100 sets and 5,000 assignments, printed as a table.
const rounds = 50
const range = (count: number) => Array.from({ length: count }, (_, n) => n)
const accounts = range(200).map((n) => ({ id: `9${String(n).padStart(11, '0')}`, name: `Account ${n}` }))
const contents: Contents = {
  users: range(1000).map((n) => ({ userName: `user${n}`, email: `user${n}@example.com` })),
  groups: range(100).map((n) => ({
    displayName: `group${n}`,
    members: range(20).map((m) => `user${(n * 7 + m) % 1000}`),
  })),
  permissionSets: range(100).map((n) => ({
    name: `Set${n}`,
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  })),
  assignments: range(5000).map((n) => ({
    permissionSet: `Set${n % 100}`,
    account: accounts[Math.floor(n / 25)]?.id ?? '',
    user: `user${(n * 13) % 1000}`,
  })),
}

const folder = await mkdtemp(join(tmpdir(), 'sandbox-benchmark-'))
const { url, close } = await startSandbox({
  stateFile: join(folder, 'state.json'),
  seed: { region, managementAccount: management, accounts },
  contents,
  now: () => new Date(),
  random: (bytes) => randomBytes(bytes),
})

const authorization = `AWS4-HMAC-SHA256 Credential=dummy/20261122/${region}/sso/aws4_request, SignedHeaders=host, Signature=0`
const call = async (target: string, input: object) => {
  const headers = { authorization, 'x-amz-target': target }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input) })
  const body = await response.json()
  if (!response.ok) throw new Error(`${target}: ${JSON.stringify(body)}`)
  return body
}
const admin = (name: string) => `SWBExternalService.${name}`
const store = (name: string) => `AWSIdentityStore.${name}`

const first = async (target: string, input: object, member: string) =>
  ((await call(target, input)) as Record<string, unknown[]>)[member]?.[0]

const instance = (await first(admin('ListInstances'), {}, 'Instances')) as Record<string, string>
const { InstanceArn, IdentityStoreId } = instance
const PermissionSetArn = await first(admin('ListPermissionSets'), { InstanceArn }, 'PermissionSets')
const { UserId } = (await first(store('ListUsers'), { IdentityStoreId }, 'Users')) as Record<string, string>
const { GroupId } = (await first(store('ListGroups'), { IdentityStoreId }, 'Groups')) as Record<string, string>
const AccountId = accounts[100]?.id
const set = { InstanceArn, PermissionSetArn }
const unique = (AttributePath: string, AttributeValue: string) => ({
  UniqueAttribute: { AttributePath, AttributeValue },
})

const calls: readonly (readonly [string, (n: number) => object])[] = [
  [admin('ListInstances'), () => ({})],
  [admin('DescribeInstance'), () => ({ InstanceArn })],
  [admin('ListPermissionSets'), () => ({ InstanceArn, MaxResults: 100 })],
  [admin('DescribePermissionSet'), () => set],
  [admin('GetInlinePolicyForPermissionSet'), () => set],
  [admin('ListAccountAssignments'), () => ({ ...set, AccountId })],
  [admin('ListAccountAssignmentsForPrincipal'), () => ({ InstanceArn, PrincipalType: 'USER', PrincipalId: UserId })],
  [admin('ListPermissionSetsProvisionedToAccount'), () => ({ InstanceArn, AccountId, MaxResults: 100 })],
  [admin('ListAccountsForProvisionedPermissionSet'), () => ({ ...set, MaxResults: 100 })],
  [admin('ListAccountAssignmentCreationStatus'), () => ({ InstanceArn, MaxResults: 100 })],
  [store('ListUsers'), () => ({ IdentityStoreId, MaxResults: 100 })],
  [store('GetUserId'), () => ({ IdentityStoreId, AlternateIdentifier: unique('userName', 'user999') })],
  [store('ListGroups'), () => ({ IdentityStoreId, MaxResults: 100 })],
  [store('ListGroupMemberships'), () => ({ IdentityStoreId, GroupId, MaxResults: 100 })],
  [store('ListGroupMembershipsForMember'), () => ({ IdentityStoreId, MemberId: { UserId }, MaxResults: 100 })],
  ['AWSOrganizationsV20161128.ListAccounts', () => ({ MaxResults: 20 })],
  [store('CreateGroup'), (n) => ({ IdentityStoreId, DisplayName: `benchmark ${n}` })],
  [admin('PutInlinePolicyToPermissionSet'), () => ({ ...set, InlinePolicy: '{"Statement":[]}' })],
]

process.stdout.write(`${'operation'.padEnd(62)} median ms  slowest ms\n`)
for (const [target, input] of calls) {
  const times: number[] = []
  for (const n of range(rounds)) {
    const started = performance.now()
    await call(target, input(n))
    times.push(performance.now() - started)
  }
  times.sort((a, b) => a - b)
  const [median = 0, slowest = 0] = [times[rounds / 2], times.at(-1)]
  process.stdout.write(`${target.padEnd(62)} ${median.toFixed(2).padStart(9)} ${slowest.toFixed(2).padStart(11)}\n`)
}
await close()
await rm(folder, { recursive: true })
