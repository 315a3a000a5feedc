import validate from '../generated/validate-plan.js'
import { kindNames } from '../kinds/index.ts'
import { readAllowances } from '../model/allowances.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Instance } from '../model/facts.ts'
import type { JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { AccessChange, ManualStep, Plan, References, Selection } from '../model/plan.ts'
import type { RequiredPolicy } from '../model/policy-use.ts'

/** A complete plan in its documented form, as far as it is made a plan of again. */
interface WrittenPlan {
  readonly manifest: Plan['manifest']
  readonly selection: Selection
  readonly sandbox?: true
  readonly instance?: Instance & { readonly identity_store_id: string }
  readonly operations: readonly Operation[]
  readonly references?: References
  readonly by_hand: readonly ManualStep[]
  readonly summary: { readonly unchanged: number }
  readonly access: AccessChange
  readonly refusals: readonly Diagnostic[]
  readonly diagnostics: readonly Diagnostic[]
  readonly policies_as_of?: string
  readonly required_policies?: readonly {
    readonly name: string
    readonly permission_sets: readonly string[]
    readonly accounts: RequiredPolicy['accounts']
  }[]
  readonly unmanaged: Plan['unmanaged']
  readonly digest: string
}

/**
 * The plan that a document shows, for reports: what it would change is known by fields alone. Undefined where the document is not that of a
 * complete plan by `schema/plan.schema.json`. Pure.
 */
export function planOfDocument(document: JsonObject): Plan | undefined {
  if (document.complete !== true || !validate(document)) return undefined
  // The schema has said what it holds.
  const written = document as unknown as WrittenPlan
  const { manifest, selection, instance, operations, by_hand: byHand, summary, access, unmanaged, digest } = written
  const allowances = readAllowances(document.allowances)
  if (!allowances || !operations.every(({ kind }) => kindNames.includes(kind))) return undefined
  return {
    ...{ manifest, selection, allowances, operations, byHand, access, unmanaged, digest },
    references: written.references ?? {},
    ...(written.sandbox ? { sandbox: written.sandbox } : {}),
    ...(instance ? { instance } : {}),
    ...requiredIn(written),
    ...(written.policies_as_of === undefined ? {} : { policiesAsOf: written.policies_as_of }),
    complete: true,
    // What was not looked for is not in the document.
    thorough: true,
    unchanged: summary.unchanged,
    refusals: written.refusals,
    diagnostics: written.diagnostics,
  }
}

function requiredIn({ required_policies: all = [] }: WrittenPlan): Pick<Plan, 'requiredPolicies'> {
  if (all.length === 0) return {}
  return {
    requiredPolicies: all.map(({ name, permission_sets: permissionSets, accounts }) => ({
      name,
      permissionSets,
      accounts,
    })),
  }
}
