import { kindNames } from '../../kinds/index.ts'
import { shownAddress } from '../../model/address.ts'
import { leavesOut } from '../../model/due.ts'
import type { Verb } from '../../model/operation.ts'
import { type Plan, selectedWords } from '../../model/plan.ts'
import { plural } from '../../text/count.ts'
import { listed } from '../../text/list.ts'
import type { FlagsOf } from './keep.ts'

/** The sign before a change; its verb always stands beside it. */
export const symbols: Readonly<Record<Verb, string>> = { create: '+', update: '~', delete: '-' }

/** The first line of a page about a plan. */
export function headline(plan: Plan): string {
  if (plan.operations.length > 0) return countsOf(plan)
  return plan.complete ? noChanges(plan) : 'No plan could be made; the errors say why.'
}

/** How many grants come and go. */
export function accessWords({ access: { gained, lost, unread } }: Plan): string {
  const least = unread ? 'at least ' : ''
  return `Access: ${plural(gained.length, 'grant')} added, ${least}${plural(lost.length, 'grant')} removed.`
}

/** How a plan comes to apply again. */
export interface Way {
  /** Flags to repeat so that the same plan is made. */
  readonly flags: string
  /** Flags of the commands that keep what is live, by command; without, none is suggested. */
  readonly keep?: FlagsOf
}

/** The command that applies exactly this plan; none where it must not be applied, or there is nothing to apply. */
export function applyCommand(plan: Plan, { flags }: Pick<Way, 'flags'>): string | undefined {
  const { operations, refusals, complete, digest } = plan
  if (operations.length === 0 || refusals.length > 0 || !complete) return undefined
  return `sso-reconcile apply --expect ${digest.slice(0, 16)}${flags}`
}

/** How many of each kind are left alone, as `2 users, 1 group`. */
export function leftAloneWords({ unmanaged }: Plan): string {
  const counts = kindNames.flatMap((kind) => {
    const count = unmanaged.filter((at) => at.startsWith(`${kind}/`)).length
    const noun = kind.replaceAll('-', ' ')
    // A kind whose name is a plural has one thing, a list.
    const words = noun.endsWith('s') ? noun : plural(count, noun)
    return count === 0 ? [] : [words]
  })
  return counts.join(', ')
}

/** The one line of a plan with nothing to do; its names are not `shown` yet. */
export function noChanges(plan: Plan): string {
  const { manifest, unchanged, byHand, instance, complete, selection } = plan
  if (!complete) return `No plan could be made for ${manifest.file}; the errors say why.`
  // Whether somebody's access is as the manifest says is told apart from what could be changed about it.
  if (selection.user !== undefined) return `No changes to the access of ${selection.user}.`
  if (selection.due && leavesOut(plan)) return 'No changes: what is due was left out (the messages say why).'
  if (selection.due) return 'Nothing is due: no grant ends or begins, and no revocation is over.'
  const unmet = unmetOf(plan)
  if (unmet.length > 0)
    return `No changes to make, but these differ from ${manifest.file}: ${listed(unmet.map(shownAddress), 5)} (the messages say why).`
  const chosen = selectedWords(selection).join(', ')
  if (unchanged === 0 && byHand.length === 0 && !chosen) return `No changes. ${manifest.file} declares nothing.`
  const whole = instance ? 'IAM Identity Center and this machine match' : 'This machine matches'
  // Of what was not selected nothing is known.
  const scope = chosen && instance ? `The selection (${chosen}) matches` : whole
  const left = byHand.length > 0 ? ` ${plural(byHand.length, 'step')} left by hand.` : ''
  // What is beside targets was compared as well, and none of their business.
  const checked = selection.target ? '' : ` (${unchanged} checked)`
  return `No changes. ${scope} ${manifest.file}${checked}.${left}`
}

/** Desired things that are not what the manifest says although nothing can be changed about them. */
function unmetOf({ diagnostics, refusals }: Plan): readonly string[] {
  return [...new Set([...diagnostics, ...refusals].flatMap(({ unmet }) => unmet ?? []))]
}

/** The line of counts of a plan with something to do. */
export function countsOf({ operations, byHand, unchanged }: Plan): string {
  const count = (verb: Verb) => operations.filter((operation) => operation.verb === verb).length
  const hand = byHand.length > 0 ? `, ${byHand.length} by hand` : ''
  return `Plan: ${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete${hand}; ${unchanged} unchanged.`
}

/** What is over customer-managed policies that nobody looked up. */
export const requiredTitle = 'Must exist before this is applied (not looked up there)'

/** What was not looked for; of a plan without changes only where everything is to be told. */
export function notChecked({ thorough, operations }: Plan, everything = false): string[] {
  if (thorough || (operations.length === 0 && !everything)) return []
  return ['Not checked: orphaned assignments (use --thorough)']
}

/** That a plan must not be applied; nothing for one that may be. */
export function verdictWords({ refusals, complete }: Plan): string[] {
  if (refusals.length === 0 && complete) return []
  return [`This plan is ${complete ? 'refused' : 'incomplete'}; the errors say why.`]
}
