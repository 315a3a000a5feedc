import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { JsonObject } from '../model/json.ts'
import type { Unkept } from '../model/keeping.ts'
import type { FieldChange, KindName } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'

/** A thing that differs from the manifest, whose live value is to be taken into it. */
export interface Differing<K extends KindName = KindName> {
  readonly address: Address
  /** What the manifest asks for; absent where it asks for none. */
  readonly desired?: Entry<K> | undefined
  /** What is live; absent where it has vanished. */
  readonly live?: Entry<K> | undefined
  /** What a plan would change of it, from what is live to what is desired. */
  readonly fields: readonly FieldChange[]
}

/** What a live value is taken into. */
export interface Into {
  /** What the manifest says so far, as data; kinds that come earlier have taken theirs. */
  readonly value: JsonObject
  readonly loaded: LoadedManifest
  readonly facts: Facts
  /** The command that takes these addresses into this manifest, to name in advice. */
  command(addresses: readonly string[]): string
}

/** How live values of a kind are taken into a manifest. */
export interface Taking<K extends KindName = KindName> {
  /** What the manifest says once it says what is live of all of these. Throws a Refusal where it cannot say that. Pure. */
  taken(things: readonly Differing<K>[], into: Into): JsonObject
  /** Why the manifest cannot say what is live of one thing, whatever else it is to say; undefined where it may. Pure. */
  unsayable?(thing: Differing<K>, read: Pick<Into, 'loaded' | 'facts'>): Unkept | undefined
}
