import { openReader } from '../aws/reader.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { accountLabel } from '../model/facts.ts'
import type { Plan } from '../model/plan.ts'
import type { NamedPolicy } from '../model/policy-use.ts'
import type { Planned } from '../plan/plan.ts'
import { policyUseOf, requiredPolicies } from '../plan/policy-use.ts'
import type { Observed } from './observe.ts'
import { findingsOfInline } from './policy-findings.ts'
import { lookUpCustomer, lookUpManaged } from './policy-lookups.ts'

/**
 * A plan with what AWS says of the policies that it brings: what would fail half-way is refused before anything is changed, and what
 * cannot be known is told. Nothing is asked where a plan brings no policy. Never fails for want of an answer.
 */
export async function withPolicyChecks(planned: Planned, observed: Observed): Promise<Plan> {
  const { plan, end } = planned
  const { input, cloud } = observed
  const use = policyUseOf(plan.operations, input, end)
  if (!cloud || use.managed.length + use.customer.length + use.inline.length === 0) return plan
  const { manifest, facts } = input
  const reader = openReader(cloud.transport)
  const own = facts.caller?.account ?? ''
  const [managed, customer, inline] = await Promise.all([
    lookUpManaged(reader, use.managed, manifest),
    lookUpCustomer(reader, use.customer, { id: own, label: accountLabel(own, facts) }, manifest),
    findingsOfInline(reader, use.inline, manifest),
  ])
  const isKnown = (one: NamedPolicy, account: string) =>
    account === own && customer.known.some(({ name }) => name === one.name)
  const required = requiredPolicies(use.customer, facts, isKnown)
  return {
    ...plan,
    diagnostics: [
      ...plan.diagnostics.filter(unlessLookedUp(managed.known, manifest)),
      ...managed.notes,
      ...customer.notes,
      ...inline.notes,
    ],
    refusals: [...plan.refusals, ...managed.refusals, ...customer.refusals, ...inline.refusals],
    ...(required.length > 0 ? { requiredPolicies: required } : {}),
  }
}

/** A doubt about a name that IAM has settled is no news any more. */
export function unlessLookedUp(known: readonly NamedPolicy[], manifest: LoadedManifest): (one: Diagnostic) => boolean {
  const placeOf = (at: Diagnostic['at']) => at && `${at.file}:${at.line}:${at.column}`
  const places = new Set(known.map(({ path }) => placeOf(manifest.position(path))))
  return ({ code, at }) => code !== 'policy-name' || !places.has(placeOf(at))
}
