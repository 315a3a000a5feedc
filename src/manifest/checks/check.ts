import type { Json } from '../../model/json.ts'
import type { ActionResources } from '../../policies/action-resources.ts'
import type { KnownForms } from '../../policies/known-forms.ts'
import type { Finding } from '../finding.ts'
import type { Spelling } from './spelling.ts'

/**
 * A rule that the schema cannot say. It gets the manifest as it was read, perhaps with schema errors in it, and reads it
 * through view.ts, where a wrong shape is an empty one.
 */
export type Check = (manifest: Json, context: CheckContext) => readonly Finding[]

/** What checks know beside the manifest. */
export interface CheckContext {
  readonly today?: Date
  /** Names of AWS; absent where no permission set has policies. */
  readonly spelling?: Spelling
  /** Condition keys and resources of AWS; absent where no inline policy has a condition or names resources. */
  readonly forms?: KnownForms
  /** What actions are about; absent where no statement of an inline policy names both actions and resources. */
  readonly resources?: ActionResources
}

/** What a check of names in inline policies needs. */
export type PolicyContext = Required<Pick<CheckContext, 'spelling' | 'forms'>>
