import type { Plan } from '../../model/plan.ts'
import type { RequiredPolicy } from '../../model/policy-use.ts'
import { listed } from '../../text/list.ts'
import { hanging, wrapped } from '../../text/wrap.ts'
import type { Style } from '../style.ts'
import { requiredTitle } from './words.ts'

/** Policies that are listed, and accounts of each, before the rest is counted. */
const mostPolicies = 20
const mostAccounts = 10

/** The customer managed policies that a plan needs, each with the accounts that have to have it. Pure. */
export function requiredLines(
  { requiredPolicies: all = [] }: Plan,
  { verbose, width }: { readonly verbose: boolean; readonly width: number },
  style: Style,
): string[] {
  if (all.length === 0) return []
  const shownOnes = verbose ? all : all.slice(0, mostPolicies)
  const lines = shownOnes.flatMap((one) => hanging(requiredWords(one, verbose ? Infinity : mostAccounts), width, 4))
  const left = all.length - shownOnes.length
  const more = left > 0 ? wrapped(`… and ${left} more (--verbose lists them)`, width, 4) : []
  return [style.strong(requiredTitle), ...lines, ...more]
}

/** A customer-managed policy, with the accounts that have to have it. */
function requiredWords({ name, permissionSets, accounts }: RequiredPolicy, most: number): string {
  const labels = accounts.map(({ label }) => label)
  return `customer managed policy ${name} in ${listed(labels, most)} (for ${listed(permissionSets, 3)})`
}
