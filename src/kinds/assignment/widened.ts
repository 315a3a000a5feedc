import type { AssignmentRule } from '../../manifest/types.ts'
import { accountIds } from '../shared/account.ts'
import { addressOf } from './address.ts'
import { asked, asksExactly, type Reading } from './narrowed.ts'
import type { Block } from './rules.ts'

/** Rules that ask for a block of assignments besides: the rule that nearly does is widened, if it then asks for just these more; else one is added. Pure. */
export function widened(rules: readonly AssignmentRule[], block: Block, reading: Reading): readonly AssignmentRule[] {
  for (const [index, rule] of rules.entries()) {
    const next = nearly(rule, block, reading).find((one) => isJust(one, rule, block, reading))
    if (next) return rules.with(index, next)
  }
  return [...rules, ruleOf(block, reading)]
}

/**
 * What a rule could be widened to. A rule that begins or ends some day is none that says what is there to stay, and nobody asked to protect
 * more than a protected one says.
 */
function nearly(
  rule: AssignmentRule,
  [principals, sets, accounts]: Block,
  reading: Reading,
): readonly AssignmentRule[] {
  if (rule.from !== undefined || rule.until !== undefined || rule.protect) return []
  const { users = [], groups = [] } = rule
  const own = [...users.map((name) => `user ${name}`), ...groups.map((name) => `group ${name}`)]
  const isSame = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((one) => b.includes(one))
  const samePrincipals = isSame(own, principals)
  const sameSets = isSame(rule.permission_sets, sets)
  return [
    ...(samePrincipals && sameSets ? withAccounts(rule, accounts, reading) : []),
    ...(sameSets ? [withPrincipals(rule, principals)] : []),
    ...(samePrincipals ? [{ ...rule, permission_sets: [...rule.permission_sets, ...sets] }] : []),
  ]
}

function withAccounts(
  rule: AssignmentRule,
  ids: readonly string[],
  { loaded, facts, word }: Reading,
): readonly AssignmentRule[] {
  const more = { ...rule, accounts: [...rule.accounts, ...ids.map(word)] }
  if (rule.except === undefined) return [more]
  const except = rule.except.filter((one) => !accountIds(one, loaded, facts).every((id) => ids.includes(id)))
  return [{ ...rule, except }, { ...more, except }, more]
}

function withPrincipals(rule: AssignmentRule, principals: readonly string[]): AssignmentRule {
  const [users, groups] = [namesOf(principals, 'user'), namesOf(principals, 'group')]
  return {
    ...rule,
    ...(users.length > 0 ? { users: [...(rule.users ?? []), ...users] } : {}),
    ...(groups.length > 0 ? { groups: [...(rule.groups ?? []), ...groups] } : {}),
  }
}

function isJust(next: AssignmentRule, rule: AssignmentRule, block: Block, reading: Reading): boolean {
  const hasTwice = [next.users, next.groups, next.permission_sets, next.accounts].some(
    (list = []) => new Set(list.map((one) => JSON.stringify(one))).size !== list.length,
  )
  return !hasTwice && asksExactly(next, new Set([...asked(rule, reading).keys(), ...addressesOf(block)]), reading)
}

function addressesOf([principals, sets, accounts]: Block) {
  return principals.flatMap((who) =>
    sets.flatMap((permission_set) =>
      accounts.map((account) => {
        const [type = '', principal = ''] = [who.slice(0, who.indexOf(' ')), who.slice(who.indexOf(' ') + 1)]
        return addressOf({ permission_set, principal_type: type as 'user' | 'group', principal, account })
      }),
    ),
  )
}

function ruleOf([principals, sets, accounts]: Block, { word }: Reading): AssignmentRule {
  const [users, groups] = [namesOf(principals, 'user'), namesOf(principals, 'group')]
  return {
    ...(groups.length > 0 ? { groups } : {}),
    ...(users.length > 0 ? { users } : {}),
    permission_sets: [...sets],
    accounts: accounts.map(word),
  } as unknown as AssignmentRule
}

function namesOf(principals: readonly string[], type: 'user' | 'group'): string[] {
  return principals.flatMap((one) => (one.startsWith(`${type} `) ? [one.slice(type.length + 1)] : []))
}
