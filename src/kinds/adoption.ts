import type { Address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { State } from '../model/state.ts'
import type { Machine } from './shared/machine.ts'

/** What there is to write a manifest from: a look at everything, or only at this machine. */
export interface Found {
  readonly file: string
  /** Of the whole instance; without an instance only what this machine and the caller can tell. */
  readonly facts: Facts
  /** Every live thing with its content; the cloud kinds are empty when nothing was read from AWS. */
  readonly live: State
  /** What the files of this machine say besides their sections; nothing where none was read. */
  readonly machine?: Omit<Machine, 'sections' | 'problems'>
  /** Name of a manifest that is replaced; it is part of every ownership mark and so must stay. */
  readonly name?: string
  /** Instance id to write down, when several instances are visible. */
  readonly instance?: string
  /** Set where what was found is what another program managed so far. */
  readonly handover?: Handover
}

/** How things go from another program to a manifest. */
export interface Handover {
  /** The program, as comments call it. */
  readonly from: string
  /** What it managed or named, so that it is no service's of AWS. */
  readonly taken: ReadonlySet<Address>
  /** Only named by something else, so looked up and never changed. */
  readonly referred: ReadonlySet<Address>
  /** What it did not manage, and the next plan would remove if the manifest left it out. */
  readonly outside: ReadonlySet<Address>
}

/** How a thing is written when it cannot be declared in full: looked up only, without one of its keys, or not at all. */
export type Treatment = 'external' | 'without' | 'out'

/** A treatment with the reason a person reads in a comment. */
export interface Verdict {
  readonly treatment: Treatment
  readonly why: string
}

/** Verdicts by address (`user/taro`), by address and key (`user/taro#phone`), and by section for what is only whole. */
export type Verdicts = ReadonlyMap<string, Verdict>

/** A comment above the value at a path of the manifest. */
export interface Note {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** A part of a manifest that is being written. */
export interface Part<T> {
  readonly value: T
  readonly notes: readonly Note[]
  /** What could not be written, one sentence each. */
  readonly left: readonly string[]
}

/** Why something cannot stay in a draft as it is. */
export interface Objection {
  /** Key of a verdict. */
  readonly about: string
  readonly treatment: Treatment
  readonly why: string
}

/** What a kind writes a part of a manifest from. */
export interface Drafting {
  readonly found: Found
  readonly verdicts: Verdicts
  /** Sections that earlier kinds have written. */
  readonly sections: JsonObject
}

/** The part of a manifest that one kind writes. */
export interface Drafted extends Part<Json | undefined> {
  /** What somebody else keeps and is left out for that; told before all else that is. */
  readonly others?: readonly string[]
  /** What `ignore` has to say of the kind. */
  readonly ignore?: readonly Json[]
  /** The same for other sections, by section. */
  readonly ignoreBeside?: Readonly<Record<string, readonly string[]>>
  /** Ids of accounts that the part names. */
  readonly accounts?: ReadonlySet<string>
}

/** Something in a draft that the manifest's own rules refuse. */
export interface Refused {
  /** Path in the manifest, the section first. */
  readonly path: readonly string[]
  /** What of it is refused. */
  readonly of: 'key' | 'value'
  readonly why: string
  /** The whole draft. */
  readonly draft: JsonObject
}

/** How `init` writes live things of a kind into a manifest. All of it is pure. */
export interface Adoption {
  /** The section it writes, which is also what it is called in `ignore`; a setting of the instance as `identity_center.name`. */
  readonly section: string
  /** The section, with what is left out of it and why; undefined for a section that stays away. */
  draft(drafting: Drafting): Drafted
  /** How many things a manifest has of it, and what one and several are called. */
  count(manifest: JsonObject): readonly [count: number, one: string, several: string]
  /** What stands above the section as a comment. */
  comment?(section: Json): readonly string[]
  /** What to do about something in the section that the manifest's own rules refuse. */
  refused(refused: Refused): readonly Objection[]
  /** The same for something in its part of `ignore`; without, there is no `ignore` at all then. */
  refusedIgnore?(refused: Refused): readonly Objection[]
}

/** What to do about a thing that the next plan would change all the same; the reason follows from the change where none is given. */
export type Excluded = Omit<Objection, 'why'> & { readonly why?: string }

/** A manifest that is being written. */
export type Draft = Part<JsonObject>

/** True for a key of a thing that a verdict keeps out. */
export function withoutKey(verdicts: Verdicts, at: string, key: string): boolean {
  return verdicts.get(`${at}#${key}`)?.treatment === 'without'
}
