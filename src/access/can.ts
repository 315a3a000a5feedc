import { address } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { PolicyTexts } from '../model/policy-texts.ts'
import type { State } from '../model/state.ts'
import { type Decision, decide, type Request, type Verdict } from '../policies/decide.ts'
import { policiesOf } from '../policies/effective.ts'
import { type Grounds, groundsOf } from './grounds.ts'
import type { Access, AccessRow, IdleGrant } from './rows.ts'

/** What is known of the policies that permission sets refer to. */
export interface KnownPolicies {
  /** Their texts, as they count in an account: each account has customer-managed policies of its own. */
  textsIn(account: string): PolicyTexts
  /** Why the text of a policy is not known in an account, and what would tell. */
  reason(policy: string, account: string): string
}

/** Whether somebody may do what is asked: `yes`, only a part of it or under conditions, not known, or denied. */
export type Answer = Exclude<Verdict, 'no'>

/** A policy of which nobody knows what it says, and why. */
export interface UnknownPolicy {
  /** Absent where the whole permission set is not known. */
  readonly policy?: string
  readonly reason: string
}

/** The answer for one way into an account, and through what. */
export interface Finding extends Grounds {
  readonly verdict: Answer
  readonly unknown: readonly UnknownPolicy[]
  /** The account that the resource belongs to, which has to let this one in by a policy of the resource; absent where it is the same or not named. */
  readonly resource_account?: string
}

/** One way in which one person may do what is asked. */
export type CanRow = AccessRow & Finding

/** A grant that lets nobody do it today, and everybody who joins the group. */
export type CanIdle = IdleGrant & Finding

/** What somebody may do in an account, by the best of the ways into it: one role is used at a time. */
export interface PersonAnswer {
  readonly user: string
  readonly account: string
  readonly account_label: string
  readonly verdict: Answer
}

/** Who may do what is asked. */
export interface Can {
  readonly rows: readonly CanRow[]
  readonly idle: readonly CanIdle[]
  /** Users who can sign in, in the order of the rows. */
  readonly people: readonly PersonAnswer[]
  /** How many users there are of each answer, by the best that each has in any account. */
  readonly counts: Readonly<Record<Answer, number>>
  /** How many other users reach these accounts and may not do it. */
  readonly others: number
  /** A filter left things out. */
  readonly narrowed: boolean
}

/** Who of those with access may do what is asked. The permission sets have to be read in full. Pure. */
export function canOf(access: Access, state: State, request: Request, known: KnownPolicies): Can {
  const find = finderOf(state, request, known)
  const rows = access.rows.flatMap((row) => {
    const found = row.denied ? revoked : find(row)
    return found ? [{ ...row, ...found }] : []
  })
  const people = peopleIn(rows)
  const reaching = new Set(access.rows.filter(canSignIn).map(({ user }) => user))
  for (const { user } of people) reaching.delete(user)
  const idle = access.idle.flatMap((grant) => {
    const found = find(grant)
    return found && found.verdict !== 'denied' ? [{ ...grant, ...found }] : []
  })
  return { rows, idle, people, counts: countsOf(people), others: reaching.size, narrowed: access.narrowed }
}

/** From the best answer to the worst. */
const answers = ['yes', 'limited', 'unknown', 'denied'] as const satisfies readonly Answer[]

function best(some: readonly Answer[]): Answer {
  return answers.find((one) => some.includes(one)) ?? 'denied'
}

function countsOf(people: readonly PersonAnswer[]): Can['counts'] {
  const users = [...grouped(people.map(({ user, verdict }) => [user, verdict])).values()].map(best)
  const count = (answer: Answer) => users.filter((one) => one === answer).length
  return { yes: count('yes'), limited: count('limited'), unknown: count('unknown'), denied: count('denied') }
}

function canSignIn({ orphan, disabled }: AccessRow): boolean {
  return !orphan && !disabled
}

function peopleIn(rows: readonly CanRow[]): readonly PersonAnswer[] {
  const people = new Map<string, PersonAnswer>()
  for (const { user, account, account_label, verdict } of rows.filter(canSignIn)) {
    const key = JSON.stringify([user, account])
    people.set(key, { user, account, account_label, verdict: best([verdict, people.get(key)?.verdict ?? verdict]) })
  }
  return [...people.values()]
}

type Place = Pick<AccessRow, 'permission_set' | 'account'>

const nothing = { through: [], within: [], denied_by: [], unknown: [] } as const

/** A revocation denies everything, whatever the policies say. */
const revoked: Finding = { verdict: 'denied', ...nothing }

function finderOf(state: State, request: Request, known: KnownPolicies): (place: Place) => Finding | undefined {
  const decided = decider(state, request)
  return ({ permission_set, account }) => {
    const entry = entryOf(state, permission_set)
    if (!entry || entry.partial) return unknownSet('the permission set was not read in full')
    if (entry.spec.outdated_in?.includes(account))
      return unknownSet('an older version of the permission set is still in place there')
    const decision = decided(permission_set, known.textsIn(account))
    if (decision.verdict === 'no') return undefined
    const unknown = decision.unread.map((policy) => ({ policy, reason: known.reason(policy, account) }))
    return across(request, account, { verdict: decision.verdict, ...groundsOf(decision, request), unknown })
  }
}

/** Decides about each set once for each collection of texts. */
function decider(state: State, request: Request): (set: string, texts: PolicyTexts) => Decision {
  const known = new Map<PolicyTexts, Map<string, Decision>>()
  return (set, texts) => {
    const decisions = known.get(texts) ?? new Map<string, Decision>()
    known.set(texts, decisions)
    const decision = decisions.get(set) ?? decide(policiesOf(entryOf(state, set)?.spec ?? {}, texts), request)
    decisions.set(set, decision)
    return decision
  }
}

function entryOf(state: State, set: string) {
  return state['permission-set'].get(address('permission-set', set))
}

function unknownSet(reason: string): Finding {
  return { verdict: 'unknown', ...nothing, unknown: [{ reason }] }
}

// What is in another account takes a policy of the resource too, whatever the own account allows (IAM User Guide, "Cross-account policy
// evaluation logic").
function across({ resource = '*' }: Request, account: string, found: Finding): Finding {
  const owner = resource.split(':')[4] ?? ''
  if (!/^\d{12}$/.test(owner) || owner === account || found.verdict === 'denied') return found
  return { ...found, verdict: found.verdict === 'yes' ? 'limited' : found.verdict, resource_account: owner }
}
