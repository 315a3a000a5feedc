import type { WriteContext } from '../contexts.ts'

/**
 * Makes a change that gives nothing new, an update or a delete. Where its answer got lost it counts as done when `holds`, a fresh look,
 * finds that what it was meant for is so.
 */
export async function settled(
  change: () => Promise<unknown>,
  holds: () => Promise<boolean>,
  { writer, note }: Pick<WriteContext, 'writer' | 'note'>,
): Promise<undefined> {
  if ((await writer.settle(change, holds)) === 'looked up') note('answer lost')
  return undefined
}
