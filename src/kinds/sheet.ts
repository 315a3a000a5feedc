import type { Operation } from '../model/operation.ts'

/** The files of this machine that the tool edits. */
export type SheetName = 'aws-config'

/** Environment variables and the home folder, which say where a file is. */
export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** A file of this machine that several kinds may share: one text, one edit, one write. */
export interface Sheet {
  readonly name: SheetName
  /** Where the file is. */
  path(place: Place): string
  /** The text with the operations carried out; everything else keeps its bytes. Pure. */
  edit(text: string, operations: readonly Operation[], owner: string, file: string): string
  /** True when a text holds nothing but what the tool wrote, so that changing it loses nothing of anybody's. Pure. */
  isOurs(text: string, file: string): boolean
}
