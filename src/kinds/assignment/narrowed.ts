import type { LoadedManifest } from '../../manifest/load.ts'
import type { AssignmentRule } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import { accountIds } from '../shared/account.ts'
import { expand } from './rule.ts'

/** What rules are read against. */
export interface Reading {
  readonly loaded: LoadedManifest
  readonly facts: Facts
  /** How the manifest names an account. */
  word(id: string): string
}

/** What a rule asks for, by address. Pure. */
export function asked(rule: AssignmentRule, { loaded, facts }: Reading): ReadonlyMap<Address, AssignmentSpec> {
  return new Map(expand(rule, 0, loaded, facts).map(([at, { spec }]) => [at, spec]))
}

/** True when a rule asks for exactly these. Pure. */
export function asksExactly(rule: AssignmentRule, addresses: ReadonlySet<Address>, reading: Reading): boolean {
  const cells = asked(rule, reading)
  return cells.size === addresses.size && [...cells.keys()].every((at) => addresses.has(at))
}

/**
 * A rule that no longer asks for some assignments, and for nothing else more or less: without whoever, whatever and wherever nothing is left of.
 * `none` when nothing is left of it at all; undefined when no single rule says that. Pure.
 */
export function narrowed(
  rule: AssignmentRule,
  gone: ReadonlySet<Address>,
  reading: Reading,
): AssignmentRule | 'none' | undefined {
  const cells = asked(rule, reading)
  const kept = [...cells].filter(([at]) => !gone.has(at))
  if (kept.length === 0) return 'none'
  const specs = kept.map(([, spec]) => spec)
  const principals = new Set(specs.map((one) => `${one.principal_type} ${one.principal}`))
  const sets = new Set(specs.map((one) => one.permission_set))
  const accounts = new Set(specs.map((one) => one.account))
  const left = [...new Set([...cells.values()].map(({ account }) => account))].filter((id) => !accounts.has(id))
  const stays = (type: string) => (name: string) =>
    principals.has(`${type} ${name}`) ||
    ![...cells.values()].some((one) => one.principal_type === type && one.principal === name)
  const without: AssignmentRule = {
    ...rule,
    ...(rule.users ? { users: rule.users.filter(stays('user')) } : {}),
    ...(rule.groups ? { groups: rule.groups.filter(stays('group')) } : {}),
    permission_sets: rule.permission_sets.filter((name) => sets.has(name)),
  }
  const next = left.reduce((so, id) => withoutAccount(so, id, reading), without)
  return asksExactly(next, new Set(kept.map(([at]) => at)), reading) ? next : undefined
}

/** Without the words that name an account and no other; where a wider word covers it still, it is an exception. */
function withoutAccount(rule: AssignmentRule, id: string, { loaded, facts, word }: Reading): AssignmentRule {
  const idsOf = (one: AssignmentRule['accounts'][number]) => accountIds(one, loaded, facts)
  const others = rule.accounts.filter((one) => idsOf(one).length !== 1 || idsOf(one)[0] !== id)
  const isCovered = others.some((one) => idsOf(one).includes(id))
  if (!isCovered && others.length > 0) return { ...rule, accounts: others }
  const accounts = isCovered ? others : rule.accounts
  return { ...rule, accounts, except: [...(rule.except ?? []), word(id)] }
}
