import type { Json } from '../../model/json.ts'
import type { KnownNames } from '../../policies/known-names.ts'
import type { Finding } from '../finding.ts'

/**
 * A rule that the schema cannot say. It gets the manifest as it was read, perhaps with schema errors in it, and reads it
 * through view.ts, where a wrong shape is an empty one.
 */
export type Check = (manifest: Json, context: CheckContext) => readonly Finding[]

/** What checks know beside the manifest. */
export interface CheckContext {
  readonly today?: Date
  /** Names of AWS; absent where no permission set has policies. */
  readonly names?: KnownNames
  /** Names that are nearly known ones are taken too. */
  readonly allowUnknown?: boolean
}
