import type { Json } from './json.ts'

/**
 * Policy documents that are not part of a permission set itself, by their names as specs have them: `job-function/Billing` of AWS,
 * `/team/Boundary` of an account. What a policy says that is not among them is not known.
 */
export type PolicyTexts = Pick<ReadonlyMap<string, Json>, 'get'>

/** Where no text is known. */
export const noTexts: PolicyTexts = new Map()
