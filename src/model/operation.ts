import type { Address } from './address.ts'
import type { Position } from './diagnostic.ts'
import type { Keeping } from './keeping.ts'
import type { RightsChange } from './rights.ts'
import type { FieldChange, KindName, Specs } from './specs.ts'

export type Verb = 'create' | 'update' | 'delete'

export type Attention = 'administrator' | 'more-rights'

/**
 * One change. Plain data: it can be saved, hashed, reviewed, tried on a state and run, and nothing else happens.
 */
export interface OperationOf<K extends KindName> {
  readonly kind: K
  readonly address: Address
  readonly verb: Verb
  /** Why it is done: "not in sso.yaml". */
  readonly reason: string
  /** What it leads to, in words a person can judge: "taro gets Billing (4h) on personal". */
  readonly effect?: string
  /** What it gives to whoever uses a permission set, and what it takes; absent where that is nothing, or where nobody asked. */
  readonly rights?: RightsChange
  /** Why a reviewer has to see it before others: it makes somebody an administrator, or opens a way to more rights. */
  readonly attention?: Attention
  readonly fields: readonly FieldChange[]
  /** What must exist when a create or an update runs, and must still exist when a delete runs. */
  readonly needs: readonly Address[]
  /** What gives up a unique value that this takes over (an e-mail), and so must run first, even when it is a delete. */
  readonly follows?: readonly Address[]
  /** How what is live is kept instead; absent in a plan for one user, which is about what ends. */
  readonly keep?: Keeping
  /** Line of the manifest that asked for it. */
  readonly at?: Position
  /** The manifest names this very delete, so that nobody has to be asked whether it was meant. */
  readonly named?: true
  /** An update that takes rights away from somebody, or may. */
  readonly restricts?: true
  /** It ends somebody's access, as a whole or with its first part: that waits for nothing, and nothing waits for it. */
  readonly urgent?: true
  /** What an update comes to when only the part of it is done that ends somebody's access; that part runs first, and by itself. */
  readonly first?: Specs[K]
  /** What this takes the place of under another name: both are carried out, or neither. */
  readonly replaces?: Address
  /** What there is before; absent for a create. */
  readonly before?: Specs[K]
  /** What there is after; absent for a delete. */
  readonly after?: Specs[K]
}

/** An operation of any kind. */
export type Operation = { [K in KindName]: OperationOf<K> }[KindName]

/** How a change came about that was not simply made: its answer got lost and a look found it made, or another run has made the same. */
export type Circumstance = 'answer lost' | 'another run'

/** How an operation ended during apply. */
export type Outcome =
  | { readonly result: 'done'; readonly ref?: string; readonly how?: Circumstance }
  | { readonly result: 'failed'; readonly message: string; readonly hint?: string }
  | { readonly result: 'skipped'; readonly message: string }
