import type { LocalFileName } from '../kinds/local-file.ts'
import type { Operation } from '../model/operation.ts'
import type { ApplyEvent } from './events.ts'

/** Edits a file of this machine and replaces it in one step; throws a Refusal with the file as it was. */
export type FileWriter = (
  sheet: LocalFileName,
  operations: readonly Operation[],
) => Promise<Extract<ApplyEvent, { type: 'file' }>>
