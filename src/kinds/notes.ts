import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { FileLocation, LocalFileName } from './local-file.ts'

/** A text file of this machine as it was read; without a text where there is none, or it cannot be read. */
export interface FileText {
  readonly path: string
  readonly text: string | undefined
  /** Why it could not be read; absent where it was, or where there is none. */
  readonly refused?: readonly Diagnostic[]
}

/** What is known of this machine when notes are made. */
export interface NotesContext {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly desired: State
  readonly live: State
  readonly env: FileLocation['env']
  /** The files that were read to be edited. */
  file(name: LocalFileName): FileText | undefined
  /** The files of `readsBeside`, in its order. */
  readonly beside: readonly FileText[]
}

/** Says what a person has to know about this machine although no plan changes it. Pure. */
export type Notes = (context: NotesContext) => readonly Diagnostic[]

/** What is known when a plan is made and not yet carried out: the files are given as they will be. */
export interface ProofContext extends NotesContext {
  /** False for a desired thing that a partial plan leaves as it is although it differs. */
  isSettled(at: Address): boolean
}

/**
 * Says which desired things will not be what the manifest says once the plan is carried out, judged by the files as they will be and not by what was
 * written: an error where the plan must not be carried out. Pure.
 */
export type Proof = (context: ProofContext) => readonly Diagnostic[]
