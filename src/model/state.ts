import { Map as Persistent } from 'immutable'
import { type Address, type KindName, kindNames, kindOf } from './address.ts'
import type { Position } from './diagnostic.ts'
import type { JsonObject } from './json.ts'
import type { Specs } from './specs.ts'

/** One thing as it is wanted, as it is, or as it will be. */
export interface Entry<K extends KindName = KindName> {
  readonly spec: Specs[K]
  /** Wanted: values that fill a gap and never overwrite what is there (a derived start URL or display name). */
  readonly fills?: JsonObject
  /** Wanted: where the manifest asks for it. */
  readonly at?: Position
  /** Wanted: looked up and never written. */
  readonly external?: boolean
  /** Ownership mark, `sso-reconcile` or `sso-reconcile/NAME`. Live: the one it carries; wanted on this machine: the one it would get. */
  readonly mark?: string
  /** Live: what AWS calls it (ARN or id). */
  readonly ref?: string
  /** Live: only its name and a few fields were read. */
  readonly partial?: boolean
  /** Live: an identity provider owns it. */
  readonly provisioned?: boolean
  /** Live: a user who can no longer sign in. */
  readonly disabled?: boolean
}

/** Everything of one kind, by address. */
export type Entries<K extends KindName = KindName> = ReadonlyMap<Address, Entry<K>>

/** One typed map a kind. What is wanted, what is live and what a plan leads to are all of this type. */
export type State = { readonly [K in KindName]: Entries<K> }

/** A state that holds nothing. */
export function emptyState(): State {
  return Object.fromEntries(kindNames.map((kind) => [kind, new Map()])) as unknown as State
}

/** The entry at an address, of whatever kind. */
export function entryAt(state: State, at: Address): Entry | undefined {
  const entries: Entries = state[kindOf(at)]
  return entries.get(at)
}

/** The state with one entry put in place, or taken out when it is undefined. Costs the same however large the state is. */
export function withEntry(state: State, at: Address, entry: Entry | undefined): State {
  const kind = kindOf(at)
  const entries: Entries = state[kind]
  const persistent = Persistent.isMap(entries) ? (entries as Persistent<Address, Entry>) : Persistent(entries)
  return { ...state, [kind]: entry ? persistent.set(at, entry) : persistent.delete(at) }
}
