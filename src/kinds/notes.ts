import type { ShellLook } from '../local/shell/answers.ts'
import type { ShellName } from '../local/shell/syntax.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { FileLocation, LocalFileName } from './local-file.ts'

/** A text file of this machine as it was read; without a text where there is none, or it cannot be read. */
export interface FileText {
  readonly path: string
  readonly text: string | undefined
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
  /** What shells said that were asked. */
  readonly shells: ReadonlyMap<ShellName, ShellLook>
  /** The files of `readsBeside`, in its order. */
  readonly beside: readonly FileText[]
}

/** Says what a person has to know about this machine although no plan changes it. Pure. */
export type Notes = (context: NotesContext) => readonly Diagnostic[]
