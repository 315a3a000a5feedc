import type { Facts } from '../model/facts.ts'
import type { JsonObject } from '../model/json.ts'
import type { State } from '../model/state.ts'

/** What there is to write a manifest from: a look at everything, or only at this machine. */
export interface Found {
  readonly file: string
  /** Of the whole instance; without an instance only what this machine and the caller can tell. */
  readonly facts: Facts
  /** Every live thing with its content; the cloud kinds are empty when nothing was read from AWS. */
  readonly live: State
  /** Name of a manifest that is replaced; it is part of every ownership mark and so must stay. */
  readonly name?: string
  /** Instance id to write down, when several instances are visible. */
  readonly instance?: string
}

/** How a thing is written when it cannot be declared in full: looked up only, without one of its keys, or not at all. */
export type Treatment = 'external' | 'without' | 'out'

/** A treatment with the reason a person reads in a comment. */
export interface Verdict {
  readonly treatment: Treatment
  readonly why: string
}

/** Verdicts by address (`user/taro`), by address and key (`user/taro#phone`), and `local` for that whole section. */
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

/** A manifest that is being written. */
export type Draft = Part<JsonObject>

/** The verdict on one key of a thing. */
export function withoutKey(verdicts: Verdicts, at: string, key: string): boolean {
  return verdicts.get(`${at}#${key}`)?.treatment === 'without'
}
