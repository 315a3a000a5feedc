import { isUnread, type Policies, type Policy } from './decide.ts'
import { extentOf, namesAll, overlap, type Patterns } from './patterns.ts'
import { type Rule, rulesOf } from './rules.ts'

/** How far policies go towards allowing everything. */
export interface Reach {
  /** What is known of them allows every action, or all but some that have nothing to do with access itself; perhaps under a condition. */
  readonly everything: boolean
  /** A permissions boundary decides what of it counts. */
  readonly bounded: boolean
  /** A condition, an exception or a Deny takes something away, or a policy whose text is not known may. */
  readonly limited: boolean
  /** A policy whose text is not known may allow everything. */
  readonly unread: boolean
}

/**
 * How far policies go. Whoever may do all but a few things and change IAM can give himself the rest, so that counts as everything, with
 * limits. Pure.
 */
export function reachOf({ identity, boundary }: Policies): Reach {
  const rules = identity.flatMap(rulesIn)
  const unread = identity.some(isUnread)
  const denied = rules.some(({ effect }) => effect === 'Deny')
  return {
    everything: allowsEverything(rules.filter(reachesAccess), isAccess),
    bounded: boundary !== undefined && !boundsNothing(boundary),
    limited: !allowsEverything(rules.filter(isWhole), () => true) || denied || unread,
    unread,
  }
}

/** True for policies that allow everything without anything in the way. Pure. */
export function givesEverything(policies: Policies): boolean {
  const { everything, bounded, limited } = reachOf(policies)
  return everything && !bounded && !limited
}

/** True for policies that allow everything within no boundary; a condition or a Deny may take some away. Pure. */
export function isAdministrative(policies: Policies): boolean {
  const { everything, bounded } = reachOf(policies)
  return everything && !bounded
}

/** True for a boundary that takes nothing away. */
function boundsNothing(boundary: Policy): boolean {
  const rules = rulesIn(boundary)
  const whole = allowsEverything(rules.filter(isWhole), () => true)
  return whole && !isUnread(boundary) && !rules.some(({ effect }) => effect === 'Deny')
}

function rulesIn({ document }: Policy): readonly Rule[] {
  return document === undefined ? [] : rulesOf(document).rules
}

/** An Allow of everything it names, on each resource, whatever the circumstances. */
function isWhole({ effect, resources, conditions }: Rule): boolean {
  return effect === 'Allow' && conditions.length === 0 && extentOf(resources, '*') === 'all'
}

/** An Allow that may reach the roles of an account. */
function reachesAccess({ effect, resources }: Rule): boolean {
  return effect === 'Allow' && extentOf(resources, 'arn:*:iam::*:role/Any') !== 'none'
}

/** True for actions that give access: with them somebody who lacks others can get them. */
function isAccess(action: string): boolean {
  return overlap(action, 'iam:*')
}

/** True when Allows together name every action, but for such exceptions as do not matter. */
function allowsEverything(rules: readonly Rule[], matters: (action: string) => boolean): boolean {
  const named = rules.map(({ actions }) => actions)
  return named.some(
    (one) => extentOf(one, '*:*') === 'all' || (one.except && excepted(one, named).every((glob) => !matters(glob))),
  )
}

/** What a NotAction leaves out and no other statement names. */
function excepted(not: Patterns, all: readonly Patterns[]): readonly string[] {
  return not.patterns.map(({ glob }) => glob).filter((glob) => !all.some((one) => one !== not && namesAll(one, glob)))
}
