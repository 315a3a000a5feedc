import type { OperationName } from '../aws/operations.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Manifest } from '../manifest/types.ts'
import type { Address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { OperationOf, Verb } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import type { Entries } from '../model/state.ts'
import type { Behaviour } from './behaviour.ts'
import type { Observation, ReadContext, WriteContext } from './contexts.ts'
import type { Declaration } from './declaration.ts'
import type { FileLocation, LocalFileName } from './local-file.ts'
import type { Notes, Proof } from './notes.ts'

/**
 * One kind of thing the tool manages: one folder, which exports one object. What it declares the engine, the reports and the commands
 * ask for instead of knowing kinds; `docs/adding-a-kind.md` says how to add one.
 */
export type Kind<K extends KindName = KindName> = CloudKind<K> | LocalKind<K>

/** A kind that lives in Identity Center. `observe` is its only read, `apply` its only write. */
export interface CloudKind<K extends KindName = KindName> extends Declaration<K>, Behaviour<K> {
  readonly side: 'cloud'
  /** AWS operations that `observe` and `apply` can send, each with when. The least-privilege policy follows from it. */
  readonly operations: Operations
  /** How many changes of a verb AWS lets run at a time, where that is fewer than assignments. */
  readonly atOnce?: Partial<Record<Verb, number>>
  /** Things as they are, as far as the scope of the context goes, and what of the world that covers. Throws a Refusal when AWS says no. */
  observe(context: ReadContext): Promise<Observation<K>>
  /** Makes the change and resolves when AWS says it is done; gives the reference of what it created. Throws a Refusal when AWS says no. */
  apply(operation: OperationOf<K>, context: WriteContext): Promise<string | undefined>
}

/** Operations by name: `always` for those of every run, else whether a manifest can lead to one. */
export type Operations = { readonly [N in OperationName]?: 'always' | ((manifest: Manifest) => boolean) }

/** A kind that lives in a file of this machine; the file's own editor reads and edits its text. Pure throughout. */
export interface LocalKind<K extends KindName = KindName> extends Declaration<K>, Behaviour<K> {
  readonly side: 'local'
  /** Files in which things of this kind can be. */
  readonly files: readonly LocalFileName[]
  /** The file a thing is in. */
  fileOf(address: Address): LocalFileName
  /** Things in the text of one of its files. `owner` is the mark of this manifest. Throws a Refusal for a text that cannot be read. */
  live(text: string, file: string, name: LocalFileName, owner: string): Entries<K>
  /** True where what the manifest asks for cannot be told without AWS. Absent where it always can. */
  asksAws?(manifest: LoadedManifest, facts: Facts): boolean
  /** Other files that are read for its notes and never written; none where nothing of the kind is desired. */
  readsBeside?(location: FileLocation, desired: Entries<K>): readonly string[]
  /** What is said about this machine although no plan changes it. */
  notes?: Notes
  /** Whether its desired things will be what the manifest says. Absent where what is written is all there is to it. */
  proof?: Proof
}
