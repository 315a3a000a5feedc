import { type Address, shownAddress } from './address.ts'
import type { Allowances } from './allowances.ts'
import type { Diagnostic, Position } from './diagnostic.ts'
import type { Instance } from './facts.ts'
import type { Operation } from './operation.ts'
import type { RequiredPolicy } from './policy-use.ts'

/** What a run was restricted to with `--only`, `--target` and `--due`, or by `revoke`; empty means everything. */
export interface Selection {
  readonly only?: readonly string[]
  readonly target?: readonly string[]
  /** The user whose access alone it is about. */
  readonly user?: string
  /** Only what the time decides, and not what the file or AWS changed. */
  readonly due?: true
}

/** What a plan is restricted to, as words that a sentence can list; none for everything. */
export function selectedWords({ only = [], target = [], user, due }: Selection): readonly string[] {
  const rest = [...(user === undefined ? [] : [`the access of ${user}`]), ...(due ? ['what is due'] : [])]
  return [...only, ...target.map(shownAddress), ...rest]
}

/** Something only a person can do, in the console. */
export interface ManualStep {
  /** The checklist key it is recorded under, `activated:taro`. */
  readonly key: string
  /** The page of the console where it is done. */
  readonly link: string
  readonly steps: readonly string[]
  readonly at?: Position
}

/** Who gains or loses what, one sentence each. */
export interface AccessChange {
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Whose losses are not all known because something could not be read, one sentence each; absent where all of it was. */
  readonly unread?: readonly string[]
}

/** The manifest of a plan. */
export interface PlannedManifest {
  readonly file: string
  /** Of its bytes, and of those of the files it includes. */
  readonly sha256: string
  /** Files it includes, in their order; absent where it includes none. */
  readonly included?: readonly string[]
}

/** What AWS calls things (ARNs, ids), by address. */
export type References = Readonly<Record<Address, string>>

/** The whole outcome of planning. Every report is a function of it; its JSON form is `schema/plan.schema.json`. */
export interface Plan {
  readonly manifest: PlannedManifest
  readonly selection: Selection
  /** What a person allowed when it was made. */
  readonly allowances: Allowances
  readonly instance?: Instance
  /** False when something could not be read or resolved, so that the plan must not be applied. */
  readonly complete: boolean
  /** In the order in which they would run. */
  readonly operations: readonly Operation[]
  /** What AWS calls the existing things that the operations name: under the same name, another thing would be meant. */
  readonly references: References
  readonly byHand: readonly ManualStep[]
  /** False when assignments whose user or group is gone may have been missed, as the cheaper reads do not see them. */
  readonly thorough: boolean
  /** Count of desired things that already are as desired. */
  readonly unchanged: number
  /** It is of an embedded Identity Center, and means nothing to AWS. */
  readonly sandbox?: true
  readonly access: AccessChange
  /** Why this plan must not be applied. */
  readonly refusals: readonly Diagnostic[]
  readonly diagnostics: readonly Diagnostic[]
  /** The day of the list of AWS's policies that what it gives and takes was worked out from; absent where none was needed. */
  readonly policiesAsOf?: string
  /** Customer-managed policies that have to exist in accounts whose IAM was not asked; absent where there are none. */
  readonly requiredPolicies?: readonly RequiredPolicy[]
  /** Live things that the manifest does not name and the tool leaves alone. */
  readonly unmanaged: readonly Address[]
  /** sha256 over instance, selection, allowances, operations and what they name, in hex. */
  readonly digest: string
}
