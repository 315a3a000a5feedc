import { Map as Persistent } from 'immutable'
import { type Address, kindOf } from './address.ts'
import type { Coverage } from './coverage.ts'
import type { Diagnostic, Position } from './diagnostic.ts'
import type { JsonObject } from './json.ts'
import type { PolicyTexts } from './policy-texts.ts'
import type { KindName, Specs } from './specs.ts'

/** One thing as it is desired, as it is, or as it will be. */
export interface Entry<K extends KindName = KindName> {
  readonly spec: Specs[K]
  /** Desired: values that fill a gap and never overwrite what is there (a derived start URL or display name). */
  readonly fills?: JsonObject
  /** Desired: where the manifest asks for it. */
  readonly at?: Position
  /** Desired: why, where no line of the manifest asks for it. */
  readonly reason?: string
  /** Desired: looked up and never written. */
  readonly external?: boolean
  /** Ownership mark, `sso-reconcile` or `sso-reconcile/NAME`. Live: the one it carries; desired on this machine: the one it would get. */
  readonly mark?: string
  /** Live: what AWS calls it (ARN or id). */
  readonly ref?: string
  /** Live: how little of a permission set was read, where it was not read in full: its name and header, or besides what it allows. */
  readonly partial?: 'header' | 'rights'
  /** Live: an identity provider owns it. */
  readonly provisioned?: boolean
  /** Live: a user who can no longer sign in. */
  readonly disabled?: boolean
  /** Live: nothing about it can be changed, because its account is closed; nothing waits for it to go. */
  readonly inert?: true
  /** Live: why programs disagree about what it is, so that it may be neither changed nor relied on. */
  readonly odd?: Diagnostic
  /** Live: what it is for one program or another, where it is odd. */
  readonly readings?: readonly Specs[K][]
  /** Live: since when a permission set denies each revoked user, RFC 3339; without users whose denial does not tell. */
  readonly deniedSince?: Readonly<Record<string, string>>
  /** Live, in a file of this machine: what of it the tool never writes, in words; it goes with the thing. */
  readonly extras?: readonly string[]
  /** Desired: the address it had under its earlier name. */
  readonly was?: Address
  /** Desired: the line of the manifest that forbids plans to delete or weaken it. */
  readonly protect?: Position
  /** Desired: fields that stay as they are live. */
  readonly keep?: readonly string[]
}

/** Everything of one kind, by address. */
export type Entries<K extends KindName = KindName> = ReadonlyMap<Address, Entry<K>>

/**
 * One typed map a kind, what of the world they cover, and what is known of the policies that permission sets refer to. What is desired,
 * what is live and what a plan leads to are all of this type.
 */
export type State = { readonly [K in KindName]: Entries<K> } & {
  readonly covers: Coverage
  readonly texts: PolicyTexts
}

/** The states before a plan and after it. */
export interface BothStates {
  readonly live: State
  readonly end: State
}

/** Entries by address, whatever the order in which they were read. */
export function sortedEntries<K extends KindName>(entries: Entries<K>): [Address, Entry<K>][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
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
