import type { Reader, Writer } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address, KindName } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { OperationOf, Verb } from '../model/operation.ts'
import type { Specs } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import type { SheetName } from './sheet.ts'

/** One kind of thing the tool manages. Each file in this folder exports exactly one; `index.ts` is the ordered registry. */
export type Kind<K extends KindName = KindName> = CloudKind<K> | LocalKind<K>

interface Common<K extends KindName> {
  readonly name: K
  /** Heading of its part of a plan. */
  readonly title: string
  /** What the manifest asks for. Pure. An absent section asks for nothing. */
  desired(manifest: LoadedManifest, facts: Facts): Entries<K>
  /** Why a live thing that the manifest does not ask for has to go; undefined leaves it alone. Pure. */
  surplus(address: Address, entry: Entry<K>, context: Pruning): string | undefined
  /** What must exist for it to exist; `desired` is known where a wanted thing is asked about. Pure. */
  needs(address: Address, spec: Specs[K], desired?: State): readonly Address[]
  /** What of the live world stands in the way of a wanted thing, but for what this plan deletes or changes. Both sides are named. Pure. */
  conflicts?(address: Address, wanted: Entry<K>, live: Entries<K>, leaving: ReadonlySet<Address>): readonly Diagnostic[]
  /** What the manifest asks for and cannot be: everything is told at once. Pure. */
  problems?(manifest: LoadedManifest, facts: Facts): readonly Diagnostic[]
  /** True where a value left out in the manifest means AWS's default; false where it means unmanaged. */
  readonly complete: boolean
  /** Equality of one field where equal meaning can be different data (policy documents). Pure. */
  same?(path: string, a: Json, b: Json): boolean
  /** What a change leads to, in words a person can judge. Pure. */
  effect?(verb: Verb, address: Address, change: Change<K>): string | undefined
  /** True for an update that takes rights away from somebody; such updates run last, like deletes. Pure. */
  restricts?(before: Specs[K], after: Specs[K]): boolean
  /** False for fields of a deleted thing whose values are nobody else's to see. Pure. */
  tells?(path: string): boolean
  /** A step that no API offers and that this change makes necessary. Pure. */
  byHand?(verb: Verb, address: Address): ByHand | undefined
}

/** A kind that lives in Identity Center. `live` is its only read, `apply` its only write. */
export interface CloudKind<K extends KindName = KindName> extends Common<K> {
  readonly side: 'cloud'
  live(look: Look): Promise<Entries<K>>
  /** How many changes of a verb AWS lets run at a time, where that is fewer than assignments. */
  readonly atOnce?: Partial<Record<Verb, number>>
  /** Makes the change and resolves when AWS says it is done; gives the reference of what it created. */
  apply(operation: OperationOf<K>, hands: Hands): Promise<string | undefined>
}

/** A kind that lives in a file of this machine; the file's sheet reads and edits its text. Pure throughout. */
export interface LocalKind<K extends KindName = KindName> extends Common<K> {
  readonly side: 'local'
  /** Files in which things of this kind can be. */
  readonly sheets: readonly SheetName[]
  /** The file a thing is in. */
  sheetOf(address: Address): SheetName
  /** Things in the text of one of its files. `owner` is the mark of this manifest. */
  live(text: string, file: string, sheet: SheetName, owner: string): Entries<K>
}

/** What a cloud kind reads through: one look at AWS, in which nothing is asked twice. */
export interface Look {
  readonly reader: Reader
  readonly facts: Facts & { readonly instance: NonNullable<Facts['instance']> }
  readonly manifest: LoadedManifest
  /** Read what the cheaper ways cannot see: assignments whose principal is gone. */
  readonly thorough: boolean
  /** What is wanted; reads are narrowed to what could matter. */
  readonly desired: State
}

/** What a cloud kind writes through. */
export interface Hands {
  readonly writer: Writer
  readonly facts: Look['facts']
  /** The id AWS knows an address by, whether it was read or created a moment ago. */
  ref(address: Address): string
}

/** What decides whether a live thing has to go. */
export interface Pruning {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly desired: State
  readonly live: State
  /** Things of earlier kinds that this plan deletes. */
  readonly leaving: ReadonlySet<Address>
}

/** Both sides of a change, with what surrounds it. */
export interface Change<K extends KindName> {
  readonly before?: Specs[K]
  readonly after?: Specs[K]
  readonly live: State
  readonly desired: State
  readonly facts: Facts
  readonly manifest: LoadedManifest
}

/** Something only a person can do, in the console. */
export interface ByHand {
  /** `activated:taro`: the checklist key it would be recorded under. */
  readonly key: string
  readonly steps: readonly string[]
}
