import type { Choices } from '../faults/choices.ts'

/** A description as it is kept. What is nothing but white space counts as left out where white space is cut off. */
export function keptDescription({ descriptions }: Choices, given: string | undefined): string | undefined {
  const kept = descriptions === 'trimmed' ? given?.trim() : given
  return kept === '' ? undefined : kept
}
