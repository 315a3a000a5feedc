import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { FileLocation, LocalFileName } from './local-file.ts'

/** A text file of this machine as it was read; without a text where there is none, or it cannot be read. */
export interface FileText {
  readonly path: string
  readonly text: string | undefined
  /** It is there, and cannot be read: what it holds is unknown. */
  readonly unreadable?: true
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
