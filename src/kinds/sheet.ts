import type { Operation } from '../model/operation.ts'

/** A file of this machine that several kinds share: one text, one edit, one write. */
export interface Sheet {
  readonly name: 'aws-config'
  /** The text with the operations carried out; everything else keeps its bytes. Pure. */
  edit(text: string, operations: readonly Operation[], owner: string, file: string): string
}
