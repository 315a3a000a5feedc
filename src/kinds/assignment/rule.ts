import { lastMoment } from '../../manifest/checks/dates.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { AssignmentRule } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { DeleteContext } from '../contexts.ts'
import { accountIds } from '../shared/account.ts'
import { withPosition } from '../shared/desired.ts'
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
          return [addressOf(spec), withPosition(loaded, ['assignments', row], { spec })]
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
  const rules = manifest.manifest.assignments ?? []
  const rule = rules.find(
    (one, row) => expired(one, facts) && expand(one, row, manifest, facts).some(([grant]) => grant === at),
  )
  return rule && `until ${rule.until} has passed`
}

/** True for what a rule would ask for if its account were open: it is as it should be. */
export function isAskedFor(at: Address, { account }: AssignmentSpec, { manifest, facts }: DeleteContext): boolean {
  const rules = manifest.manifest.assignments ?? []
  const here = facts.accounts.find(({ id }) => id === account) ?? { id: account, name: account, label: account }
  const others = facts.accounts.filter(({ id }) => id !== account)
  const open = { ...facts, accounts: [...others, { ...here, active: true }] }
  return rules.some(
    (one, row) => !expired(one, facts) && expand(one, row, manifest, open).some(([grant]) => grant === at),
  )
}
