import type { Reader, Writer } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Absent, Manifest } from '../manifest/types.ts'
import type { Address, KindName } from '../model/address.ts'
import type { Coverage } from '../model/coverage.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { OperationOf, Verb } from '../model/operation.ts'
import type { Specs } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import type { Scope } from './scope.ts'
import type { SheetName } from './sheet.ts'

/** One kind of thing the tool manages. Each file in this folder exports exactly one; `index.ts` is the ordered registry. */
export type Kind<K extends KindName = KindName> = CloudKind<K> | LocalKind<K>

/** A section of the manifest. */
export type Section = keyof Manifest | `absent.${keyof Absent}`

interface Common<K extends KindName> {
  readonly name: K
  /** Heading of its part of a plan. */
  readonly title: string
  /** Sections of the manifest it reads, parts of `absent` as `absent.users`. */
  readonly sections: readonly Section[]
  /** What the manifest asks for. Pure. An absent section asks for nothing. */
  desired(manifest: LoadedManifest, facts: Facts): Entries<K>
  /** What the manifest asks of one thing where that depends on what is live, which `desired` cannot know. Pure. */
  given?(address: Address, entry: Entry<K>, live: Live): Entry<K>
  /** Why a live thing that the manifest does not ask for has to go; undefined leaves it alone. Pure. */
  surplus(address: Address, entry: Entry<K>, context: Pruning): Removal | undefined
  /** What must exist for it to exist; `desired` is known where a wanted thing is asked about. Pure. */
  needs(address: Address, spec: Specs[K], desired?: State): readonly Address[]
  /** What of the live world stands in the way of a wanted thing, but for what this plan deletes or changes. Both sides are named. Pure. */
  conflicts?(address: Address, wanted: Entry<K>, live: Entries<K>, leaving: ReadonlySet<Address>): readonly Diagnostic[]
  /** What the manifest asks for and cannot be, or will not do what it seems to: everything is told at once. Pure. */
  problems?(sides: Live & { readonly desired: State }): readonly Diagnostic[]
  /** True where a value left out in the manifest means AWS's default; false where it means unmanaged. */
  readonly complete: boolean
  /** Equality of one field where equal meaning can be different data (policy documents). Pure. */
  same?(path: string, a: Json, b: Json): boolean
  /** What a change leads to, in words a person can judge. Pure. */
  effect?(verb: Verb, address: Address, change: Change<K>): string | undefined
  /** What is said of things that should go and have to stay; asked also when there are none. Pure. */
  barred?(things: readonly (readonly [Address, Entry<K>])[], live: Live): readonly Diagnostic[]
  /** True for an update that takes rights away from somebody; such updates run last, like deletes. Pure. */
  restricts?(before: Specs[K], after: Specs[K]): boolean
  /**
   * What an update comes to when only the part of it is done that ends somebody's access: that part waits for nothing, and nothing waits for
   * it. Undefined where no part does. Pure.
   */
  urgentPart?(before: Specs[K], after: Specs[K]): Specs[K] | undefined
  /** False for fields of a deleted thing whose values are nobody else's to see. Pure. */
  tells?(path: string): boolean
  /** A step that no API offers and that this change makes necessary. Pure. */
  byHand?(verb: Verb, address: Address): ByHand | undefined
}

/** A kind that lives in Identity Center. `observe` is its only read, `apply` its only write. */
export interface CloudKind<K extends KindName = KindName> extends Common<K> {
  readonly side: 'cloud'
  observe(look: Look): Promise<Observation<K>>
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
  /** What is wanted; reads take the cheaper way to it. */
  readonly desired: State
  /** How much is read. */
  readonly scope: Scope
}

/** What was read of a kind, and what of the world it covers. */
export interface Observation<K extends KindName = KindName> {
  readonly entries: Entries<K>
  /** Absent where a kind is always read whole. */
  readonly covers?: Partial<Coverage>
}

/** What is live, beside the manifest that speaks of it. */
export interface Live {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly live: State
  /** What else the manifest asks for; absent where less than all of it is to be carried out. */
  readonly wanted?: State
  /** True where all of that is carried out, deletes too, and nothing was narrowed down. */
  readonly isWhole?: boolean
}

/** Why a live thing goes. */
export interface Removal {
  /** "no longer in sso.yaml". */
  readonly reason: string
  /** It has to stay all the same, because nothing can be changed there. */
  readonly barred?: true
  /** The manifest names this very thing to end it, so that nobody has to be asked whether it was meant. */
  readonly named?: true
  /** It ends somebody's access: it waits for nothing, and nothing waits for it. */
  readonly urgent?: true
}

/** What a cloud kind writes through. */
export interface Hands {
  readonly writer: Writer
  readonly facts: Look['facts']
  /** The id AWS knows an address by, whether it was read or created a moment ago. */
  ref(address: Address): string
  /** What was read at an address. */
  entry(address: Address): Entry | undefined
  now(): Date
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

/** Both sides of a change, with the states before and after the plan it is part of. */
export interface Change<K extends KindName> {
  readonly before?: Specs[K]
  readonly after?: Specs[K]
  readonly live: State
  readonly end: State
  readonly facts: Facts
  readonly manifest: LoadedManifest
}

/** Something only a person can do, in the console. */
export interface ByHand {
  /** `activated:taro`: the checklist key it would be recorded under. */
  readonly key: string
  readonly steps: readonly string[]
}
