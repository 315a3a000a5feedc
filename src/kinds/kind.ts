import type { LoadedManifest } from '../manifest/load.ts'
import type { Absent, Manifest } from '../manifest/types.ts'
import type { Address, KindName } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Json } from '../model/json.ts'
import type { OperationOf, Verb } from '../model/operation.ts'
import type { Specs } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import type {
  ByHand,
  Change,
  DeleteContext,
  DeleteReason,
  LiveContext,
  Observation,
  ReadContext,
  WriteContext,
} from './contexts.ts'
import type { LocalFileName } from './local-file.ts'

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
  refine?(address: Address, entry: Entry<K>, live: LiveContext): Entry<K>
  /** Why a live thing that the manifest does not ask for has to go; undefined leaves it alone. Pure. */
  deleteReason(address: Address, entry: Entry<K>, context: DeleteContext): DeleteReason | undefined
  /** What must exist for it to exist; `desired` is known where a desired thing is asked about. Pure. */
  needs(address: Address, spec: Specs[K], desired?: State): readonly Address[]
  /** What of the live world stands in the way of a desired thing, but for what this plan deletes or changes. Both sides are named. Pure. */
  conflicts?(
    address: Address,
    desired: Entry<K>,
    live: Entries<K>,
    leaving: ReadonlySet<Address>,
  ): readonly Diagnostic[]
  /** What the manifest asks for and cannot be, or will not do what it seems to: everything is told at once. Pure. */
  problems?(sides: LiveContext & { readonly desired: State }): readonly Diagnostic[]
  /** True where a value left out in the manifest means AWS's default; false where it means unmanaged. */
  readonly complete: boolean
  /** Equality of one field where equal meaning can be different data (policy documents). Pure. */
  same?(path: string, a: Json, b: Json): boolean
  /** What a change leads to, in words a person can judge. Pure. */
  effect?(verb: Verb, address: Address, change: Change<K>): string | undefined
  /** What is said of things that should go and have to stay; asked also when there are none. Pure. */
  blocked?(things: readonly (readonly [Address, Entry<K>])[], live: LiveContext): readonly Diagnostic[]
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
  observe(context: ReadContext): Promise<Observation<K>>
  /** How many changes of a verb AWS lets run at a time, where that is fewer than assignments. */
  readonly atOnce?: Partial<Record<Verb, number>>
  /** Makes the change and resolves when AWS says it is done; gives the reference of what it created. */
  apply(operation: OperationOf<K>, context: WriteContext): Promise<string | undefined>
}

/** A kind that lives in a file of this machine; the file's sheet reads and edits its text. Pure throughout. */
export interface LocalKind<K extends KindName = KindName> extends Common<K> {
  readonly side: 'local'
  /** Files in which things of this kind can be. */
  readonly files: readonly LocalFileName[]
  /** The file a thing is in. */
  fileOf(address: Address): LocalFileName
  /** Things in the text of one of its files. `owner` is the mark of this manifest. */
  live(text: string, file: string, sheet: LocalFileName, owner: string): Entries<K>
}
