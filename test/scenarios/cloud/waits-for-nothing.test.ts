import { describe, expect, it, vi } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { FaultKind } from '../../../src/sandbox/faults/faults.ts'
import { people, users } from './support/applications.ts'
import { type Cloud, management, newCloud } from './support/cloud.ts'
import { newOffice, type Office, type Sections } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const [past, long] = ['2026-01-02', '2099-01-01']
const okta = { issuer_url: 'https://okta.example.com', claim: 'email', attribute: 'emails.value' }

/** A file that speaks of everything that an instance has beside people and their grants. */
const rest: Sections = {
  identity_center: {
    region: 'us-east-1',
    name: 'corp',
    additional_regions: ['eu-west-1'],
    delegated_administrator: dev,
  },
  accounts: { management },
  access_control_attributes: { Name: '$' + '{path:userName}' },
  trusted_token_issuers: { okta },
  applications: { Grafana: { groups: ['devs'] } },
}

const contents: Contents = {
  users: Object.entries(users).map(([userName, { email }]) => ({
    ...{ userName, email, givenName: 'T', familyName: 'Y', displayName: 'T Y' },
  })),
  groups: [{ displayName: 'devs', members: ['hana'] }],
  permissionSets: [{ name: 'Ops', managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }],
  assignments: [{ permissionSet: 'Ops', user: 'hana', account: dev }],
  applications: [
    { name: 'Grafana', groups: ['devs'] },
    { name: 'Wiki', users: ['hana'] },
  ],
  trustedTokenIssuers: [{ name: 'okta', issuerUrl: okta.issuer_url }],
}

const rule = (until: string) => [{ users: ['hana'], permission_sets: ['Ops'], accounts: [dev], until }]
const set = { permission_sets: { Ops: { external: true } } }

async function world(): Promise<{ readonly cloud: Cloud; readonly here: Office }> {
  const cloud = await newCloud({ contents })
  const here = newOffice(cloud.url)
  return { cloud, here }
}

/** What hana has by now: assignments in accounts, and memberships. */
async function left(cloud: Cloud): Promise<number> {
  const { assignments = {}, memberships = {} } = await cloud.export()
  return Object.keys(assignments).length + Object.keys(memberships).length
}

const settings = [
  'ListRegions',
  'ListTrustedTokenIssuers',
  'DescribeTrustedTokenIssuer',
  'DescribeInstanceAccessControlAttributeConfiguration',
  'ListDelegatedAdministrators',
]
const applications = [
  'sso-admin:ListApplications',
  'ListApplicationAssignments',
  'ListApplicationAssignmentsForPrincipal',
  'GetApplicationAssignmentConfiguration',
]

describe('a revocation is held up by nothing that it does not change', () => {
  it.each([...settings, ...applications])('where %s is denied', async (operation) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(long) })
    await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
    const { stdout, stderr } = await here.run(['revoke', 'hana', '--yes'])
    expect(stderr).not.toContain('error')
    expect(stdout).toContain('Recorded under revoked in sso.yaml')
    expect(await left(cloud)).toBe(0)
  })

  it.each<readonly [FaultKind, string]>([
    ['internal', 'ListTrustedTokenIssuers'],
    ['cut-before', 'ListRegions'],
  ])('where a service is down: %s %s', async (kind, operation) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(long) })
    await cloud.faults({ rules: [{ kind, operations: [operation] }] })
    expect((await here.run(['revoke', 'hana', '--yes'])).stdout).toContain('Recorded under revoked in sso.yaml')
    expect(await left(cloud)).toBe(0)
  })
})

describe('what the time ends is held up by nothing else in the file', () => {
  it.each<readonly [string, Sections]>([
    ['an application that is gone', { applications: { Gone: { users: ['taro'] } } }],
    [
      'an issuer with another URL',
      { trusted_token_issuers: { okta: { ...okta, issuer_url: 'https://other.example' } } },
    ],
  ])('such as %s', async (_what, sections) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(past), ...sections })
    const before = await left(cloud)
    expect((await here.run(['plan'])).code).toBe(1)
    const { code, stdout } = await here.run(['apply', '--due', '--yes'])
    expect(stdout).toContain('1 deleted')
    expect(code).toBe(0)
    expect(await left(cloud)).toBe(before - 1)
  })

  const all = { users: ['hana'], permission_sets: ['Ops'], accounts: ['all'], from: past }
  it.each<readonly [string, Sections]>([
    ['a user that is not there', { users: { ...users, ghost: { external: true } } }],
    ['a group that is not there', { groups: { devs: { members: ['hana'] }, ghosts: { external: true } } }],
    ['a unit that is not there', { assignments: [...rule(past), { ...rule(long)[0], accounts: [{ ou: 'Nowhere' }] }] }],
    ['an exception that excludes nothing', { assignments: [{ ...all, except: [{ ou: 'Nowhere' }] }] }],
    ['an exception by a tag that nothing carries', { assignments: [{ ...all, except: [{ tag: { env: 'none' } }] }] }],
    ['an account of another organization', { accounts: { management: '999911112222' } }],
  ])('but by what decides who gets it and where: %s', async (_what, sections) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(past), ...sections })
    const before = await left(cloud)
    expect((await here.run(['plan'])).code).toBe(1)
    expect((await here.run(['apply', '--due', '--yes'])).code).toBe(1)
    expect(await left(cloud)).toBe(before)
  })

  it.each([...settings, ...applications])('such as a read that is denied: %s', async (operation) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(past) })
    const before = await left(cloud)
    await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
    const { code, stdout } = await here.run(['apply', '--due', '--yes'])
    expect(stdout).toContain('1 deleted')
    expect(code).toBe(0)
    expect(await left(cloud)).toBe(before - 1)
  })
})

it.each([
  ['ListTrustedTokenIssuers', 'trusted-token-issuer/okta'],
  ['ListTrustedTokenIssuers', 'trusted_token_issuers/okta'],
  ['ListTrustedTokenIssuers', 'okta'],
  ['sso-admin:ListApplications', 'application/Grafana'],
  ['sso-admin:ListApplications', 'applications/Grafana'],
])('where %s is denied a plan with --target %s is refused', async (operation, target) => {
  const { cloud, here } = await world()
  here.write({ ...rest, ...people, ...set, assignments: rule(long) })
  await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
  expect((await here.run(['plan', '--check', '--target', target])).code).toBe(1)
})

describe('a plan of some kinds is held up by nothing of others', () => {
  it.each([
    ['ListRegions', ['--only', 'membership']],
    ['ListTrustedTokenIssuers', ['--only', 'user']],
    ['ListDelegatedAdministrators', ['--target', 'group/devs']],
    ['sso-admin:ListApplications', ['--only', 'assignment']],
  ])('where %s is denied: %j', async (operation, flags) => {
    const { cloud, here } = await world()
    here.write({ ...rest, ...people, ...set, assignments: rule(long) })
    await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
    const plan = await here.run(['plan', '--check', ...flags])
    expect(plan.code, plan.stderr).toBe(0)
    // Of what the plan is about everything has to be known.
    expect((await here.run(['plan'])).code).toBe(1)
  })
})
