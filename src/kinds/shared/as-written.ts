import type { FieldWords } from '../declaration.ts'

/** Keys that are shown as they stand in their file, underscores and all. */
export const asWritten: FieldWords = { name: (path) => path }
