import type { Manifest } from '../manifest/types.ts'
import type { Operation } from '../model/operation.ts'

/** The files of this machine that the tool edits: `~/.aws/config` and the start-up files of shells, by shell. */
export type LocalFileName = 'aws-config' | 'zsh' | 'bash' | 'fish'

/** Environment variables and the home folder, which say where a file is. */
export interface FileLocation {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** A file of this machine that several kinds may share: one text, one edit, one write. */
export interface LocalFile {
  readonly name: LocalFileName
  /** Where the file is. */
  path(place: FileLocation): string
  /** Permission bits where the tool creates the file. */
  readonly newMode: number
  /**
   * Whether the manifest has to do with the file. `no`: it is not even read; `maybe`: it is read only to see whether
   * something of ours has to leave, so that an unreadable one is no reason to stop. Pure.
   */
  concerns(manifest: Manifest): 'yes' | 'maybe' | 'no'
  /** The text with the operations carried out; everything else keeps its bytes. Pure. */
  edit(text: string, operations: readonly Operation[], owner: string, file: string): string
  /** True when a text is byte for byte what the tool would have written, so that changing it loses nothing of anybody's. Pure. */
  isOurs(text: string, file: string): boolean
  /** Parts of the text, as they are, of which the operations take away what the tool may not have written. None when left out. Pure. */
  takesAway?(text: string, operations: readonly Operation[], owner: string, file: string): readonly string[]
}
