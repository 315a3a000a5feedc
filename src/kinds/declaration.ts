import type { Absent, IdentityCenter, Manifest } from '../manifest/types.ts'
import type { Address } from '../model/address.ts'
import type { Coverage } from '../model/coverage.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { FieldChange, KindName, Specs } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'
import type { Adoption } from './adoption.ts'
import type { Taking } from './taking.ts'

/** A section of the manifest; parts of `absent` and settings of `identity_center` as `absent.users` and `identity_center.name`. */
export type Section = keyof Manifest | `absent.${keyof Absent}` | `identity_center.${keyof IdentityCenter}`

/** What a kind is, as data. The engine, the reports and the commands follow it; none of them names a kind. */
export interface Declaration<K extends KindName = KindName> {
  /** Its name in addresses and for `--only`. */
  readonly name: K
  /** Heading of its part of a plan. */
  readonly title: string
  /** What it manages, in one sentence for the list of kinds in the README. */
  readonly summary: string
  /** Sections of the manifest it reads. A section that no kind of this machine reads alone makes a run ask AWS. */
  readonly sections: readonly Section[]
  /** Kinds whose things one of this kind may need: theirs come first, and go last. */
  readonly after: readonly KindName[]
  /** Of those, the kinds whose things may go while one of this kind still names them. */
  readonly outlives?: readonly KindName[]
  /** What an address says: the name of a thing, or all that it holds, so that a plan lists no fields. */
  readonly addressSays: 'name' | 'everything'
  /** True where a value left out in the manifest means AWS's default; false where it means unmanaged. */
  readonly complete: boolean
  /** Fields that are maps which a person edits key by key; any other object is one value. */
  readonly maps?: readonly string[]
  /** How its fields are shown. */
  readonly words?: FieldWords
  /** False for fields of a deleted thing whose values are nobody else's to see. Pure. */
  tells?(path: string): boolean
  /** A value that only one thing of the kind can have, besides its name, as uniqueness sees it; empty where there is none. Pure. */
  unique?(spec: Specs[K]): string
  /** What of the world is known in full about a thing that has only just been made. Pure. */
  coversNew?(address: Address): Partial<Coverage>
  /** Which live things the manifest's `ignore` leaves alone, or why no rule can name one. */
  readonly ignore: Ignore<K> | Never
  /** How `init` writes live things of the kind into a manifest, or why it does not. */
  readonly adopt: Adoption | Never
  /** How the live value of one thing is taken into a manifest, or why it is not. */
  readonly takesLive: Taking<K> | Never
}

/** How `ignore` names things of a kind. */
export interface Ignore<K extends KindName = KindName> {
  /** True for a live thing that is left alone and not reported. Pure. */
  names(address: Address, entry: Entry<K>, manifest: Manifest): boolean
  /** The list of `ignore` that names single things, and the item that names this one and no other; or why no item does. Pure. */
  entry(address: Address, entry: Entry<K>): IgnoreEntry | Never
}

/** An item of a list of `ignore`. */
export interface IgnoreEntry {
  readonly list: string
  readonly item: string | JsonObject
}

/** Something a kind does not do, with the reason in a few words. */
export interface Never {
  readonly never: string
  /** What to do instead, where that is not the usual. */
  readonly instead?: string
}

/** How fields are shown where a name with blanks for underscores, and the value, do not say it. All are pure. */
export interface FieldWords {
  /** What a field is called. */
  name?(path: string): string
  /** A sentence instead of the values of a change. */
  sentence?(change: FieldChange): string | undefined
  /** A document in the form in which people compare it. */
  readable?(path: string, document: Json): Json
}

/** True for what a kind does. */
export function does<T extends object>(declared: T | Never): declared is Exclude<T, Never> {
  return !('never' in declared)
}
