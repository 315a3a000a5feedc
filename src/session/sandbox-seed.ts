import type { AccountSelector, Manifest } from '../manifest/types.ts'
import type { ContentApplication, Contents } from '../sandbox/content-types.ts'
import type { Seed, SeedAccount } from '../sandbox/seed.ts'

/** Management account of a sandbox whose manifest names none. */
export const sandboxAccount = '111122223333'

/** The organization a manifest presupposes: its accounts by id, name, unit and tag, with the policies it refers to. */
export function seedOf(manifest: Manifest): Seed {
  const { accounts = {}, identity_center, assignments = [], absent = {} } = manifest
  const management = accounts.management ?? sandboxAccount
  const selectors = assignments.flatMap((rule) => [...rule.accounts, ...(rule.except ?? [])])
  const delegate = identity_center.delegated_administrator
  const named = [...selectors, ...(delegate === undefined ? [] : [delegate])]
  const words = [...named, ...(absent.delegated_administrators ?? [])]
  const ids = words.filter((one): one is string => typeof one === 'string' && /^\d{12}$/.test(one))
  const rows: SeedAccount[] = [
    { id: management, name: 'Management' },
    ...Object.entries(accounts).map(([name, id]) => ({ id, name })),
    ...ids.map((id) => ({ id, name: `Account ${id}` })),
    ...named.flatMap(accountFor),
  ]
  const policies = customerPolicies(manifest)
  const byId = new Map([...rows].reverse().map((row) => [row.id, { ...row, policies }]))
  return {
    region: identity_center.region,
    ...(identity_center.instance ? { instanceId: identity_center.instance } : {}),
    managementAccount: management,
    accounts: [...byId.values()],
  }
}

/** What a manifest expects others to have made: external users, groups and permission sets, and applications. */
export function contentsOf({ users = {}, groups = {}, permission_sets = {}, applications = {} }: Manifest): Contents {
  const external = (rows: Readonly<Record<string, { readonly external?: boolean }>>) =>
    Object.keys(rows).filter((name) => rows[name]?.external)
  const provider = 'https://idp.example.com'
  return {
    users: external(users).map((userName) => ({ userName, externalIds: [{ Issuer: provider, Id: userName }] })),
    groups: external(groups).map((displayName) => ({ displayName })),
    permissionSets: external(permission_sets).map((name) => ({ name })),
    applications: Object.keys(applications).map(applicationFor),
  }
}

// The manifest calls it by its ARN where its name is not its own.
function applicationFor(called: string): ContentApplication {
  return called.startsWith('arn:') ? { name: called.slice(called.lastIndexOf('/') + 1), arn: called } : { name: called }
}

// Made up from the place in the list, so that the same manifest always finds the same accounts.
function accountFor(selector: AccountSelector, index: number): SeedAccount[] {
  if (typeof selector === 'string') return []
  const id = String(900_000_000_001 + index)
  if (selector.name) return [{ id, name: selector.name }]
  if (selector.ou) return [{ id, name: `In ${selector.ou}`, ou: selector.ou }]
  return selector.tag ? [{ id, name: `Tagged ${Object.values(selector.tag).join(' ')}`, tags: selector.tag }] : []
}

function customerPolicies({ permission_sets = {} }: Manifest) {
  return Object.values(permission_sets).flatMap(
    ({ customer_managed_policies = [], permissions_boundary: boundary }) => [
      ...customer_managed_policies,
      ...(boundary?.customer_managed_policy ? [boundary.customer_managed_policy] : []),
    ],
  )
}
