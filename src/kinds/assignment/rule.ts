import { lastMoment } from '../../manifest/checks/dates.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { AssignmentRule } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import { accountNamed, type Facts } from '../../model/facts.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { DeleteContext } from '../contexts.ts'
import { accountIds } from '../shared/account.ts'
import { protection, withPosition } from '../shared/desired.ts'
import { revokedSince } from '../shared/revocation.ts'
import { addressOf } from './address.ts'

export function expand(
  rule: AssignmentRule,
  row: number,
  loaded: LoadedManifest,
  facts: Facts,
): [Address, Entry<'assignment'>][] {
  const excluded = new Set((rule.except ?? []).flatMap((one) => accountIds(one, loaded, facts)))
  const active = new Set(facts.accounts.filter((one) => one.active).map((one) => one.id))
  const accounts = new Set(rule.accounts.flatMap((one) => accountIds(one, loaded, facts)))
  const protect = protection(loaded, ['assignments', row], rule)
  const principals = [
    ...(rule.users ?? [])
      .filter((name) => !revokedSince(name, loaded))
      .map((name) => ({ principal_type: 'user', principal: name }) as const),
    ...(rule.groups ?? []).map((name) => ({ principal_type: 'group', principal: name }) as const),
  ]
  return [...accounts]
    .filter((account) => active.has(account) && !excluded.has(account))
    .flatMap((account) =>
      rule.permission_sets.flatMap((permission_set) =>
        principals.map((principal): [Address, Entry<'assignment'>] => {
          const spec = { permission_set, ...principal, account }
          return [addressOf(spec), withPosition(loaded, ['assignments', row], { spec, ...protect })]
        }),
      ),
    )
}

export function expired({ until }: AssignmentRule, { now }: Facts): boolean {
  const end = until === undefined ? undefined : lastMoment(until)
  return end !== undefined && now.getTime() > end.getTime()
}

/** The rule whose time is over and that used to ask for this assignment. */
export function lapsed(at: Address, { manifest, facts }: DeleteContext): string | undefined {
  const until = lapsedGrants(manifest, facts).get(at)
  return until && `until ${until} has passed`
}

/** When rules whose time is over ended, by what they used to ask for; the first rule decides. */
function lapsedGrants(manifest: LoadedManifest, facts: Facts): ReadonlyMap<Address, string> {
  const known = lapsedBy.get(facts)
  if (known?.manifest === manifest) return known.grants
  const rules = [...(manifest.manifest.assignments ?? []).entries()].filter(([, rule]) => expired(rule, facts))
  const rows = rules.map(([row, rule]) =>
    expand(rule, row, manifest, facts).map(([at]) => [at, `${rule.until}`] as const),
  )
  const grants = new Map(rows.reverse().flat())
  lapsedBy.set(facts, { manifest, grants })
  return grants
}

/** Worked out once for each look: thousands of assignments ask. */
const lapsedBy = new WeakMap<
  Facts,
  { readonly manifest: LoadedManifest; readonly grants: ReadonlyMap<Address, string> }
>()

/** True for what a rule would ask for if its account were open: it is as it should be. */
export function isAskedFor(at: Address, { account }: AssignmentSpec, { manifest, facts }: DeleteContext): boolean {
  const rules = manifest.manifest.assignments ?? []
  const here = accountNamed(account, facts.accounts) ?? { id: account, name: account, label: account }
  // No other account matters here, and rules may reach thousands.
  const open = { ...facts, accounts: [{ ...here, active: true }] }
  return rules.some(
    (one, row) => !expired(one, facts) && expand(one, row, manifest, open).some(([grant]) => grant === at),
  )
}
