import type { Address } from '../../../src/model/address.ts'

/** One thing of a kind through its life, as manifests without the two fixed keys. Everything the contract checks is shown by it. */
export interface Example {
  readonly address: Address
  /** What the thing needs, and not the thing: it is neither asked for nor sent away. */
  readonly without: string
  /** The same with the thing. */
  readonly with: string
  /** The same with the thing changed; absent where an address says everything, so that nothing can change. */
  readonly changed?: string
  /** Paths of the fields that then change. */
  readonly paths?: readonly string[]
  /** What the plan of the change, or of the creation where nothing can change, shows of the thing. */
  readonly shows: readonly string[]
  /** What makes the thing go; `without` where leaving it out does. */
  readonly gone?: string
  /** It exists whatever the manifest says: it is neither created nor deleted, and `without` names it and says nothing of it. */
  readonly given?: true
  /** Applications that its manifests presuppose, by name. */
  readonly applications?: readonly string[]
  /** A manifest that does not name it, where `without` does. */
  readonly unnamed?: string
  /** A manifest without the thing, with a rule that leaves it alone; absent for a kind that no rule can name. */
  readonly ignore?: string
  /** What `init` writes about the thing; absent for a kind that it does not adopt. */
  readonly adopted?: string
  /** What it needs goes, and the thing stays; for kinds that outlive others. */
  readonly outliving?: string
  /** Before and after a plan in which the thing takes over a value that only one can have; for kinds with such a value. */
  readonly takeover?: readonly [before: string, after: string]
  /** A key of somebody else's that the thing may have, whose value no plan tells; for kinds that keep such keys to themselves. */
  readonly hidden?: string
  /** Asks for the thing in a way that only AWS can tell; for kinds of this machine that may have to ask. */
  readonly open?: string
}
