import type { Grant } from '../manifest/edit/rules.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { AssignmentRule, Manifest } from '../manifest/types.ts'
import { undeclared } from '../manifest/undeclared.ts'
import { at, items } from '../manifest/view.ts'
import { assignmentAddress } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import { canonical, type Json, ownValue } from '../model/json.ts'
import { firstMoment, lastMoment } from '../model/moments.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import { about } from '../text/quote.ts'

/** What is asked for: who, what and where by the manifest's names, and when. */
export interface Asked {
  readonly user: string
  readonly set: string
  readonly account: string
  /** How long, in seconds. */
  readonly lasts?: number
  /** A date or an RFC 3339 time. */
  readonly from?: string
  readonly until?: string
}

/** The rule that gives what is asked for, from now on or from the day that is named. Pure. */
export function ruleOf({ user, set, account, lasts, from, until }: Asked, now: Date): Grant {
  const start = (from === undefined ? undefined : firstMoment(from)) ?? now
  const end = lasts === undefined ? until : written(new Date(start.getTime() + lasts * 1000))
  return {
    ...{ users: [user], permission_sets: [set], accounts: [account] },
    ...(from === undefined ? {} : { from }),
    ...(end === undefined ? {} : { until: end }),
  }
}

/** In whole seconds, and none too few. */
function written(time: Date): string {
  return new Date(Math.ceil(time.getTime() / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}

/** What is asked for as `--target` takes it; the id of the management account is only known where AWS was asked. Pure. */
export function targetOf(loaded: LoadedManifest, { user, set, account }: Asked): string {
  return assignmentAddress({ set, principal: { type: 'user', name: user }, account: named(loaded, account) ?? account })
}

/** What is asked for where AWS was asked. Pure. */
export function specOf(loaded: LoadedManifest, { user, set, account }: Asked, { management }: Facts): AssignmentSpec {
  const id = named(loaded, account) ?? (account === 'management' ? management : undefined)
  return { permission_set: set, principal_type: 'user', principal: user, account: id ?? account }
}

function named({ manifest: { accounts = {} } }: LoadedManifest, account: string): string | undefined {
  return Object.hasOwn(accounts, account) ? accounts[account] : undefined
}

/** Why nothing can be granted as asked. Pure. */
export function troubleWith(
  { user, set, account }: Asked,
  rule: Grant,
  loaded: LoadedManifest,
  now: Date,
): readonly Diagnostic[] {
  const { users = {}, permission_sets = {}, accounts = {}, revoked = {}, assignments } = loaded.manifest
  const since = Object.hasOwn(revoked, user) ? revoked[user] : undefined
  const isRevoked = typeof since === 'string' || since?.since !== undefined
  return [
    ...undeclared({ what: 'user', name: user, known: Object.keys(users), add: externally('users', user) }, loaded),
    ...undeclared(
      {
        ...{ what: 'permission set', name: set, known: Object.keys(permission_sets) },
        add: externally('permission_sets', set),
      },
      loaded,
    ),
    ...(/^\d{12}$/.test(account) ? [] : undeclared(accountAmong(account, Object.keys(accounts)), loaded)),
    ...(Object.hasOwn(users, user) && users[user]?.protect ? [protectedUser(user)] : []),
    ...(isRevoked
      ? [
          error('revoked', `${user} is revoked in ${loaded.file}, so nothing is granted`, {
            hint: `run ${about('revoke', [user], ' --undo')} first`,
          }),
        ]
      : []),
    ...(assignments === undefined ? [noRules(loaded)] : []),
    ...outOfTime(rule, now),
  ]
}

// Every plan that ends it would be refused, with all that ends beside it.
function protectedUser(user: string): Diagnostic {
  return error('protected', `${user} is protected, so what is granted for a time could not end`, {
    hint: 'add a rule without an end to the file, or take out protect',
  })
}

function externally(section: string, name: string): string {
  return `declare it first: ${section}: { ${name}: { external: true } }`
}

function accountAmong(name: string, known: readonly string[]) {
  const add = 'name it under accounts first, or write its id of 12 digits'
  return { what: 'account', name, known: [...new Set(['management', ...known])], add } as const
}

// With a list of its own, a file decides about all assignments of the sets that it declares: that is no side effect of a grant.
function noRules({ file }: LoadedManifest): Diagnostic {
  const message = `${file} has no assignments, and with them it would decide about all assignments of its permission sets`
  return error('no-assignments', message, {
    hint: 'add "assignments: []" and run sso-reconcile plan to see what that removes; sso-reconcile init adopts what is live',
  })
}

function outOfTime({ from, until }: Grant, now: Date): readonly Diagnostic[] {
  const [start, end] = [
    from === undefined ? undefined : firstMoment(from),
    until === undefined ? undefined : lastMoment(until),
  ]
  if (end && end <= now)
    return [error('usage', `--until ${until} has passed`, { hint: 'name a later time, or --for 4h' })]
  if (start && end && start > end)
    return [error('usage', `--from ${from} is later than the end, ${until}`, { hint: 'exchange them, or use --for' })]
  return []
}

/** The rule that gives the same at least as long from now on, by its place in the file; undefined for none. Pure. */
export function alreadyGiven(
  { assignments = [], accounts = {} }: Manifest,
  rule: Grant,
  now: Date,
): number | undefined {
  const id = (account: string) => accounts[account] ?? account
  const [user = '', set = '', account] = [rule.users[0], rule.permission_sets[0], rule.accounts[0]]
  const end = rule.until === undefined ? Number.POSITIVE_INFINITY : (lastMoment(rule.until)?.getTime() ?? 0)
  const found = assignments.findIndex(
    ({ users = [], permission_sets, accounts: where, except = [], from, until }) =>
      users.includes(user) &&
      permission_sets.includes(set) &&
      where.some((one) => typeof one === 'string' && id(one) === id(String(account))) &&
      except.length === 0 &&
      (from === undefined || (firstMoment(from) ?? now) <= now) &&
      (until === undefined || (lastMoment(until)?.getTime() ?? 0) >= end),
  )
  return found < 0 ? undefined : found
}

/**
 * The last rule of the manifest itself that gives the same and nothing else until some time, by its place in the file: its end can be moved. Of
 * a grant that begins on a day of its own, its end is no later end of another one. Undefined for none. Pure.
 */
export function sameUntilSomeTime(loaded: LoadedManifest, rule: Grant): number | undefined {
  if (rule.from !== undefined) return undefined
  return lastOwn(loaded, (one) => one.until !== undefined && withoutEnd(one, loaded) === withoutEnd(rule, loaded))
}

/** Where the manifest itself has the rule. Pure. */
export function rowOf(loaded: LoadedManifest, rule: Grant): number | undefined {
  return lastOwn(loaded, (one) => one.until === rule.until && withoutEnd(one, loaded) === withoutEnd(rule, loaded))
}

function lastOwn(loaded: LoadedManifest, is: (rule: AssignmentRule) => boolean): number | undefined {
  const found = (loaded.manifest.assignments ?? []).slice(0, ownRules(loaded)).findLastIndex(is)
  return found < 0 ? undefined : found
}

function withoutEnd({ until: _end, accounts, ...given }: Grant | AssignmentRule, { manifest }: LoadedManifest): string {
  const ids = accounts.map((one) => (typeof one === 'string' ? (ownValue(manifest.accounts, one) ?? one) : one))
  return canonical({ ...given, accounts: ids } as unknown as Json)
}

/** How many rules are in the manifest itself; those of files that it includes come after them. Pure. */
export function ownRules({ manifest: { assignments = [] }, parts }: LoadedManifest): number {
  const own = parts?.[0] ? items(at(parts[0].value, 'assignments')) : assignments
  return own.length
}
