import { type Address, address, nameOf, principalAddress } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Principal } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import { isOpen } from './applications.ts'
import { withoutGroups } from './doubt.ts'
import { assignmentsOf, assignmentsRead, groupsOf, membersOf } from './known.ts'
import { assignmentsByAccount } from './lookup.ts'

/** Something that has to be read before a sentence can be said or a plan be judged. */
export type Question =
  /** All members of a group. */
  | { readonly about: 'members'; readonly group: Address }
  /** All groups of a user. */
  | { readonly about: 'memberships'; readonly user: Address }
  /** All assignments of a user or a group. */
  | { readonly about: 'principal'; readonly principal: Address }
  /** All assignments in an account. */
  | { readonly about: 'account'; readonly account: string }
  /** What a permission set allows. */
  | { readonly about: 'rights'; readonly set: Address }

/** A question in one word, by which it is known. */
export function questionKey(question: Question): string {
  if (question.about === 'members') return `members ${question.group}`
  if (question.about === 'memberships') return `memberships ${question.user}`
  if (question.about === 'principal') return `principal ${question.principal}`
  return question.about === 'account' ? `account ${question.account}` : `rights ${question.set}`
}

/** Why some of these questions stayed open, because AWS refused their reads; what else was refused says nothing about access. Pure. */
export function refusedQuestions({ covers: { refused } }: State): readonly Diagnostic[] {
  return [...refused].flatMap(([key, why]) =>
    /^(?:members|memberships|principal|account|rights) /.test(key) ? [why] : [],
  )
}

/**
 * What has to be read so that the names and numbers of who gains and loses are known, what is gained, and whose access ends. Pure.
 */
export function questionsOfChange(before: State, after: State): readonly Question[] {
  const regranted = [
    ...changed(before.assignment, after.assignment),
    ...changed(before['application-assignment'], after['application-assignment']),
  ].filter(({ principal_type }) => principal_type === 'group')
  const moved = changed(before.membership, after.membership)
  const joined = added(before.membership, after.membership)
  const granted = [
    ...added(before.assignment, after.assignment),
    ...joined.flatMap(({ group }) => assignmentsOf(before, { type: 'group', name: group }).assignments),
  ]
  return open(before, [
    ...granted.flatMap(({ permission_set }) => rightsOf(before, permission_set)),
    ...regranted.flatMap(({ principal }) => membersOfGroup(before, principal)),
    ...groupsStillLetIn(before, after).flatMap((name) => membersOfGroup(before, name)),
    ...moved.flatMap(({ group }) => grantsOf(before, { type: 'group', name: group })),
  ])
}

/** Groups that are assigned to what is opened to everybody, or closed: who is in them neither gains nor loses by that. */
function groupsStillLetIn(before: State, after: State): readonly string[] {
  const turned = new Set(
    [...after.application.keys()].map(nameOf).filter((called) => isOpen(called, before) !== isOpen(called, after)),
  )
  const specs = [...before['application-assignment'].values(), ...after['application-assignment'].values()]
  return specs.flatMap(({ spec: { application, principal_type, principal } }) =>
    principal_type === 'group' && turned.has(application) ? [principal] : [],
  )
}

/** What has to be read so that it is known what somebody loses. Pure. */
export function questionsOfLosses(before: State, after: State): readonly Question[] {
  const left = added(after.membership, before.membership)
  const lost = [
    ...added(after.assignment, before.assignment),
    ...left.flatMap(({ group }) => assignmentsOf(before, { type: 'group', name: group }).assignments),
  ]
  return open(
    before,
    lost.flatMap(({ permission_set }) => rightsOf(before, permission_set)),
  )
}

/** What has to be read so that every way of these users into accounts is known. Pure. */
export function questionsOfUsers(state: State, users: Iterable<string>): readonly Question[] {
  const questions = [...users].flatMap((user) => [
    ...grantsOf(state, { type: 'user', name: user }),
    ...groupsOf(state, user).groups.flatMap((name) => grantsOf(state, { type: 'group', name })),
  ])
  return open(state, questions)
}

/** What has to be read so that it is known in which groups these users are. Pure. */
export function questionsOfGroupsOf(state: State, users: readonly string[]): readonly Question[] {
  const unknown = withoutGroups(state, users)
  return open(
    state,
    unknown.map((user) => ({ about: 'memberships', user: address('user', user) })),
  )
}

/** What has to be read so that it is known what these groups hold. Pure. */
export function questionsOfGroups(state: State, groups: Iterable<string>): readonly Question[] {
  return open(
    state,
    [...groups].flatMap((name) => grantsOf(state, { type: 'group', name })),
  )
}

/** What has to be read so that it is known who may do everything in an account, or holds one permission set there. Pure. */
export function questionsOfAccount(state: State, account: string): readonly Question[] {
  if (!assignmentsRead(state, { account })) return open(state, [{ about: 'account', account }])
  const there = assignmentsByAccount(state.assignment).get(account) ?? []
  const blank = there.flatMap(({ permission_set }) => rightsOf(state, permission_set))
  const groups = there.filter(({ principal_type }) => principal_type === 'group')
  return open(state, [...blank, ...groups.flatMap(({ principal }) => membersOfGroup(state, principal))])
}

/** What has to be read so that it is known what these permission sets allow and deny. Pure. */
export function questionsOfSets(state: State, sets: Iterable<string>): readonly Question[] {
  return open(
    state,
    [...sets].flatMap((name) => rightsOf(state, name)),
  )
}

function rightsOf(state: State, name: string): Question[] {
  const set = address('permission-set', name)
  return state['permission-set'].get(set)?.partial === 'header' ? [{ about: 'rights', set }] : []
}

function membersOfGroup(state: State, group: string): Question[] {
  return membersOf(state, group).complete ? [] : [{ about: 'members', group: address('group', group) }]
}

function grantsOf(state: State, principal: Principal): Question[] {
  return assignmentsOf(state, principal).complete
    ? []
    : [{ about: 'principal', principal: principalAddress(principal) }]
}

function changed<K extends 'assignment' | 'membership' | 'application-assignment'>(
  before: Entries<K>,
  after: Entries<K>,
): Entry<K>['spec'][] {
  return [...added(after, before), ...added(before, after)]
}

function added<K extends 'assignment' | 'membership' | 'application-assignment'>(
  before: Entries<K>,
  after: Entries<K>,
): Entry<K>['spec'][] {
  return [...after].filter(([at]) => !before.has(at)).map(([, { spec }]) => spec)
}

// Each once, and none that AWS has refused to answer already.
function open({ covers: { refused } }: State, questions: readonly Question[]): readonly Question[] {
  const once = new Map(questions.map((one) => [questionKey(one), one]))
  return [...once].flatMap(([key, one]) => (refused.has(key) ? [] : [one]))
}
