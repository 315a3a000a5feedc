import { canonical } from '../model/json.ts'
import { actionGlob, isUnread, type Policies, type Policy } from './decide.ts'
import { reachOf } from './everything.ts'
import { extentOf, namesAll, overlap, type Pattern, type Patterns } from './patterns.ts'
import { type Rule, rulesOf } from './rules.ts'

/**
 * True for a change of policies that may take rights away: an Allow of before is not within those of after, a Deny of after is not
 * within those of before, or a boundary is put that does not let all of it through. When in doubt the answer is yes, but for a policy
 * that is added and whose text is not known: that adds, as far as anybody can say. Pure.
 */
export function takesRightsAway(before: Policies, after: Policies): boolean {
  return takesOf(before, after, '*:*')
}

/**
 * True for a change of policies that may give more of an action, which may hold wildcards: on more resources, under other conditions, or
 * with less of a Deny or a boundary in the way, whatever is allowed already. When in doubt the answer is yes. Pure.
 */
export function givesMore(before: Policies, after: Policies, action: string): boolean {
  return takesOf(after, before, actionGlob(action))
}

function takesOf(before: Policies, after: Policies, action: string): boolean {
  const rules = (policies: readonly Policy[], effect: Rule['effect']) =>
    rulesIn(policies, effect).flatMap((one) => narrowed(one, action) ?? [])
  return (
    losesUnread(before.identity, after.identity) ||
    !allWithin(rules(before.identity, 'Allow'), rules(after.identity, 'Allow')) ||
    !allWithin(rules(allOf(after), 'Deny'), rules(allOf(before), 'Deny')) ||
    narrows(before.boundary, after.boundary, rules)
  )
}

/** What of a statement is about an action; undefined for none of it. */
function narrowed(rule: Rule, action: string): Rule | undefined {
  const { except, patterns } = rule.actions
  const asked: Pattern = { text: action, glob: action, segmented: false, variable: false }
  const extent = action === '*:*' ? 'some' : extentOf(rule.actions, action)
  if (extent === 'none') return undefined
  if (extent === 'all') return { ...rule, actions: { except: false, patterns: [asked] } }
  return except
    ? rule
    : { ...rule, actions: { except, patterns: patterns.filter(({ glob }) => overlap(glob, action)) } }
}

function allOf({ identity, boundary }: Policies): readonly Policy[] {
  return boundary ? [...identity, boundary] : identity
}

function losesUnread(before: readonly Policy[], after: readonly Policy[]): boolean {
  const kept = new Map(after.map(({ name, document }) => [name, textOf(document)] as const))
  return before.some((one) => isUnread(one) && kept.get(one.name) !== textOf(one.document))
}

function textOf(document: Policy['document']): string {
  return document === undefined ? 'not known' : canonical(document)
}

function narrows(
  before: Policy | undefined,
  after: Policy | undefined,
  rules: (policies: readonly Policy[], effect: Rule['effect']) => readonly Rule[],
): boolean {
  if (!after) return false
  const { bounded } = reachOf({ identity: [], boundary: after })
  if (!bounded) return false
  if (!before || isUnread(before) || isUnread(after)) return before?.name !== after.name
  return !allWithin(rules([before], 'Allow'), rules([after], 'Allow'))
}

function rulesIn(policies: readonly Policy[], effect: Rule['effect']): readonly Rule[] {
  return policies
    .flatMap(({ document }) => (document === undefined ? [] : rulesOf(document).rules))
    .filter((one) => one.effect === effect)
}

/** True when each statement does nothing that the others together do not, as far as that is certain. */
function allWithin(narrow: readonly Rule[], wide: readonly Rule[]): boolean {
  return narrow.every((one) => isWithin(one, wide))
}

function isWithin(one: Rule, wide: readonly Rule[]): boolean {
  const others = wide.filter(({ condition }) => condition === '' || condition === one.condition)
  const same = others.some((other) => sameText(other.actions, one.actions) && sameText(other.resources, one.resources))
  if (same) return true
  return parts(one.actions).every((actions) =>
    parts(one.resources).every((resources) =>
      others.some((other) => contains(other.actions, actions) && contains(other.resources, resources)),
    ),
  )
}

/** Each pattern by itself; what is all but some is one part. */
function parts(patterns: Patterns): readonly Patterns[] {
  return patterns.except ? [patterns] : patterns.patterns.map((one) => ({ except: false, patterns: [one] }))
}

/** True when everything that `narrow` names is surely named by `wide`. */
function contains(wide: Patterns, narrow: Patterns): boolean {
  if (narrow.except)
    return wide.except ? wide.patterns.every((one) => covered(one, narrow.patterns)) : namesAll(wide, '*')
  return narrow.patterns.every((one) => (!wide.except && holds(wide, one)) || namesAll(wide, one.glob))
}

/** True when an exception of one is an exception of the other too. */
function covered(exception: Pattern, exceptions: readonly Pattern[]): boolean {
  const patterns = { except: false, patterns: exceptions }
  return holds(patterns, exception) || namesAll(patterns, exception.glob)
}

function holds({ patterns }: Patterns, one: Pattern): boolean {
  const known = written.get(patterns) ?? new Set(patterns.map(writtenAs))
  written.set(patterns, known)
  return known.has(writtenAs(one))
}

// AWS's documents name actions by the thousand, mostly in the same words.
const written = new WeakMap<readonly Pattern[], ReadonlySet<string>>()

function writtenAs({ text, variable }: Pattern): string {
  return variable ? `variable ${text}` : text
}

function sameText(a: Patterns, b: Patterns): boolean {
  const texts = ({ patterns }: Patterns) => JSON.stringify(patterns.map(writtenAs).sort())
  return a.except === b.except && texts(a) === texts(b)
}
