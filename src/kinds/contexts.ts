import type { Reader, Writer } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Coverage } from '../model/coverage.ts'
import type { Facts } from '../model/facts.ts'
import type { Circumstance } from '../model/operation.ts'
import type { KindName, Specs } from '../model/specs.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import type { Scope } from './scope.ts'

/** What a cloud kind reads through: one look at AWS, in which nothing is asked twice. */
export interface ReadContext {
  readonly reader: Reader
  readonly facts: Facts & { readonly instance: NonNullable<Facts['instance']> }
  readonly manifest: LoadedManifest
  /** What is desired; reads take the cheaper way to it. */
  readonly desired: State
  /** How much is read. */
  readonly scope: Scope
  /** Takes a line about how it is read, where somebody wants to know. */
  readonly remark?: (text: string) => void
}

/** What was read of a kind, and what of the world it covers. */
export interface Observation<K extends KindName = KindName> {
  readonly entries: Entries<K>
  /** Absent where a kind is always read whole. */
  readonly covers?: Partial<Coverage>
}

/** What is live, beside the manifest that speaks of it. */
export interface LiveContext {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly live: State
  /** What else the manifest asks for; absent where less than all of it is to be carried out. */
  readonly allDesired?: State
  /** True where all of that is carried out, deletes too, and nothing was narrowed down. */
  readonly isWhole?: boolean
}

/** Why a live thing goes. */
export interface DeleteReason {
  /** "not in sso.yaml". */
  readonly reason: string
  /** It has to stay all the same, because nothing can be changed there. */
  readonly blocked?: true
  /** The manifest names this very thing to end it, so that nobody has to be asked whether it was meant. */
  readonly named?: true
  /** It ends somebody's access: it waits for nothing, and nothing waits for it. */
  readonly urgent?: true
}

/** What a cloud kind writes through. */
export interface WriteContext {
  readonly writer: Writer
  readonly facts: ReadContext['facts']
  /** The id AWS knows an address by, whether it was read or created a moment ago. */
  ref(address: Address): string
  /** What was read at an address. */
  entry(address: Address): Entry | undefined
  now(): Date
  /** Says how the change came about, where it was not simply made. */
  note(how: Circumstance): void
  /** Says that the change counts no more for AWS, which lets a number run at a time; how it ended may not be known yet. */
  over(): void
}

/** What decides whether a live thing has to go. */
export interface DeleteContext {
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

/** A run as it stands when a change is about to be made. */
export interface RunContext {
  readonly state: State
  /** Users whose access the manifest revokes. */
  readonly revoked: ReadonlySet<string>
  hasFailed(address: Address): boolean
}
