import type { Weakened } from '../access/lockout.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { Unkept } from '../model/keeping.ts'
import type { Losing } from '../model/losing.ts'
import type { Attention, OperationOf, Verb } from '../model/operation.ts'
import type { ManualStep } from '../model/plan.ts'
import type { PolicyUse } from '../model/policy-use.ts'
import type { KindName, Specs } from '../model/specs.ts'
import type { BothStates, Entries, Entry, State } from '../model/state.ts'
import type { PoliciesChange } from '../policies/policies-change.ts'
import type { Excluded } from './adoption.ts'
import type { Change, DeleteContext, DeleteReason, LiveContext, RunContext } from './contexts.ts'
import type { Differing, Into } from './taking.ts'

/** What a kind computes from data. All of it is pure. */
export interface Behaviour<K extends KindName = KindName> {
  /** What the manifest asks for. An absent section asks for nothing. */
  desired(manifest: LoadedManifest, facts: Facts): Entries<K>
  /** What the manifest asks of one thing where that depends on what is live, which `desired` cannot know. */
  refine?(address: Address, entry: Entry<K>, live: LiveContext): Entry<K>
  /** Why a live thing that the manifest does not ask for has to go; undefined leaves it alone. */
  deleteReason(address: Address, entry: Entry<K>, context: DeleteContext): DeleteReason | undefined
  /** What in the manifest decides that a live thing ends or has not begun, which no answer to drift overrides; undefined for nothing. */
  decided?(thing: Differing<K>, read: Pick<Into, 'loaded' | 'facts'>): Unkept | undefined
  /** What must exist for it to exist; `desired` is known where a desired thing is asked about. */
  needs(address: Address, spec: Specs[K], desired?: State): readonly Address[]
  /** What a change of it is about besides, exists whatever the plan does, and is not waited for. */
  concerns?(spec: Specs[K]): readonly Address[]
  /** What it lets somebody into, where the manifest leads: it comes along with a target that is closed to all others. */
  letsInto?(spec: Specs[K], end: State): readonly Address[]
  /** What of the live world stands in the way of a desired thing, but for what this plan deletes or changes. Both sides are named. */
  conflicts?(
    address: Address,
    desired: Entry<K>,
    live: Entries<K>,
    leaving: ReadonlySet<Address>,
  ): readonly Diagnostic[]
  /** What the manifest asks for and cannot be, or will not do what it seems to: everything is told at once. */
  problems?(input: LiveContext & { readonly desired: State }): readonly Diagnostic[]
  /** What comes to be later without another change of the manifest, for those who review a plan of today. */
  announces?(input: LiveContext & { readonly desired: State }): readonly Diagnostic[]
  /** Equality of one field where equal meaning can be different data (policy documents). */
  same?(path: string, a: Json, b: Json): boolean
  /** What a change leads to, in words a person can judge. */
  effect?(verb: Verb, address: Address, change: Change<K>): string | undefined
  /** Why a reviewer has to see a change before others, although it changes no policies. */
  attention?(operation: OperationOf<K>): Attention | undefined
  /**
   * What decides what somebody may do in accounts, before a change and after it, by permission set. What was not read is a policy
   * without a text.
   */
  policies?(operation: OperationOf<K>, states: BothStates): readonly PoliciesChange[]
  /** What is said of things that should go and have to stay; asked also when there are none. */
  blocked?(things: readonly (readonly [Address, Entry<K>])[], live: LiveContext): readonly Diagnostic[]
  /** True for an update that takes rights away from somebody; such updates run last, like deletes. */
  restricts?(before: Specs[K], after: Specs[K], live: State): boolean
  /**
   * What an update comes to when only the part of it is done that ends somebody's access: that part waits for nothing, and nothing waits
   * for it. Undefined where no part does.
   */
  urgentPart?(before: Specs[K], after: Specs[K]): Specs[K] | undefined
  /** Why AWS would not let this caller make a change. */
  forbidden?(operation: OperationOf<K>, live: State, facts: Facts): Diagnostic | undefined
  /** What a change makes programs of this machine do that nobody gets unasked: run something, or reach elsewhere. One sentence each. */
  asksAllowance?(operation: OperationOf<K>): readonly string[]
  /** True for a change that takes access which others may have given, and so counts as a delete. `owner` is the mark of this manifest. */
  takesUnasked?(operation: OperationOf<K>, live: State, owner: string): boolean
  /** The permission set that allows less after a change, or may. */
  weakens?(operation: OperationOf<K>, state: State): Weakened | undefined
  /** The permission set of which nobody knows after a change whether it still allows what it did. */
  obscures?(operation: OperationOf<K>, state: State): Weakened | undefined
  /** What a desired thing loses between two states, or may; undefined for nothing. */
  loses?(
    address: Address,
    desired: Entry<K>,
    states: BothStates & { readonly facts: Facts; readonly manifest: LoadedManifest },
  ): Losing | undefined
  /** True for a change that would end the session that runs the tool. */
  endsSession?(operation: OperationOf<K>, facts: Facts): boolean
  /** Why a change of a run must not be made now, in a sentence. */
  heldBack?(operation: OperationOf<K>, context: RunContext): string | undefined
  /** A step that no API offers and that this change makes necessary, in the console of a Region. */
  byHand?(verb: Verb, address: Address, region: string): ManualStep | undefined
  /** The step of a key of the checklist that belongs to this kind; undefined for any other key. */
  checklistStep?(key: string, region: string): ManualStep | undefined
  /** What `init` does about a change that the next plan would make all the same; without, the thing is looked up only, or left out. */
  excluded?(operation: OperationOf<K>): Excluded
  /** True for a change after which somebody has a reason to open the access portal. */
  opensPortal?(operation: OperationOf<K>): boolean
  /** What a change needs of IAM: policies that have to exist, and texts of policies. */
  policyUse?(operation: OperationOf<K>, change: Change<K>): PolicyUse | undefined
  /** The profile that a person can log in with once this is done. */
  logsIn?(operation: OperationOf<K>): string | undefined
}
