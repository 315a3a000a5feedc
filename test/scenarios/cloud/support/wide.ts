import type { Contents } from '../../../../src/sandbox/content-types.ts'
import { type Cloud, members, newCloud, replicate } from './cloud.ts'
import { newOffice, type Office, type Sections } from './office.ts'

const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const ours = { 'managed-by': 'sso-reconcile' }

/** What is live before: things to change, to take away and to leave alone. */
const before: Contents = {
  users: [
    { userName: 'bob', email: 'bob@example.com' },
    { userName: 'carl', email: 'carl@example.com' },
  ],
  groups: [
    { displayName: 'team', description: 'old', members: ['carl'] },
    { displayName: 'leaving', members: ['bob', 'carl'] },
    { displayName: 'theirs', members: ['carl', 'bob'] },
  ],
  permissionSets: [
    {
      name: 'Ops',
      description: 'old',
      managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws:iam::aws:policy/job-function/Billing'],
      customerManagedPolicies: [{ Name: 'Old' }, { Name: 'Kept' }],
      inlinePolicy: allow('s3:Get*'),
      tags: { ...ours, team: 'a', cost: '1' },
    },
    {
      name: 'Plain',
      inlinePolicy: allow('ec2:*'),
      permissionsBoundary: { ManagedPolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' },
      tags: ours,
    },
    { name: 'Gone', tags: ours },
    { name: 'Foreign', tags: { 'managed-by': 'terraform' } },
  ],
  assignments: [
    { permissionSet: 'Ops', user: 'carl', account: '222233334444' },
    { permissionSet: 'Ops', user: 'carl', account: '555566667777' },
    { permissionSet: 'Ops', group: 'theirs', account: '222233334444' },
    { permissionSet: 'Gone', user: 'carl', account: '222233334444' },
    { permissionSet: 'Gone', user: 'carl', account: '333344445555' },
    { permissionSet: 'Foreign', user: 'bob', account: '222233334444' },
    { permissionSet: 'Foreign', user: 'carl', account: '222233334444' },
  ],
  applications: [
    { name: 'Grafana', users: ['carl'], groups: ['theirs'] },
    { name: 'Wiki', users: ['bob', 'carl'], groups: ['leaving'] },
  ],
  trustedTokenIssuers: [
    { name: 'okta', issuerUrl: 'https://okta.example.com', tags: { ...ours, cost: '1' } },
    { name: 'leaving', issuerUrl: 'https://leaving.example.com', tags: ours },
    { name: 'theirs', issuerUrl: 'https://theirs.example.com' },
  ],
}

/** A manifest whose apply on that uses every write there is. */
const wanted: Sections = {
  identity_center: {
    region: 'us-east-1',
    name: 'corp',
    additional_regions: ['eu-west-1'],
    delegated_administrator: '333344445555',
  },
  users: {
    ann: { given_name: 'Ann', family_name: 'Lee', email: 'ann@example.com' },
    carl: { given_name: 'Carl', family_name: 'carl', email: 'carl@example.com', title: 'Lead' },
  },
  groups: { team: { description: 'new', members: ['ann'] }, crew: { members: ['ann', 'carl'] } },
  access_control_attributes: { Team: '$' + '{path:userName}' },
  permission_sets: {
    Ops: {
      description: 'new',
      managed_policies: ['SecurityAudit', 'job-function/Billing'],
      customer_managed_policies: [{ name: 'Kept' }, { name: 'New', path: '/team/' }],
      inline_policy: allow('s3:*'),
      permissions_boundary: { managed_policy: 'PowerUserAccess' },
      tags: { team: 'b' },
    },
    Plain: {},
    Read: { managed_policies: ['ReadOnlyAccess'], session_duration: '2h' },
  },
  assignments: [
    { users: ['carl'], permission_sets: ['Ops'], accounts: [{ ou: 'Workloads/Dev' }] },
    { groups: ['crew'], permission_sets: ['Read'], accounts: [{ tag: { env: 'prod' } }] },
    { users: ['ann'], permission_sets: ['Read', 'Ops'], accounts: ['management', '222233334444'] },
  ],
  trusted_token_issuers: {
    okta: { issuer_url: 'https://okta.example.com', claim: 'upn', attribute: 'userName', tags: { team: 'b' } },
    entra: { issuer_url: 'https://entra.example.com', claim: 'email', attribute: 'emails.value' },
  },
  applications: { Grafana: { users: ['ann'], groups: ['crew'], assignment_required: false } },
  absent: {
    users: ['bob'],
    groups: ['leaving'],
    additional_regions: ['eu-west-2'],
    delegated_administrators: ['222233334444'],
  },
}

/** Accounts in which the customer-managed policies exist. */
const policies = [{ name: 'Old' }, { name: 'Kept' }, { name: 'New', path: '/team/' }]
const equipped = members.map((one) => ({ ...one, policies }))

/** A new cloud that holds what is live before. */
export async function wideCloud(): Promise<Cloud> {
  const cloud = await newCloud({ contents: before, accounts: equipped })
  await cloud.put([{ id: '111122223333', name: 'Home', policies }])
  await cloud.delegate('222233334444')
  await replicate(cloud, 'eu-west-2')
  return cloud
}

/** A desk at which the wide manifest is applied. */
export function wideOffice({ url }: Cloud, variables = {}): Office {
  return newOffice(url, wanted, variables)
}

/** Flags that allow the deletes of the wide manifest. */
export const meant = ['--max-deletes', '30'] as const

/** Does the work for every item, a few at a time. */
export async function each<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item)
  }
  await Promise.all([worker(), worker(), worker()])
}
