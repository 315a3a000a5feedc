import { refusedWith } from '../../model/diagnostic.ts'

/** Runs a delete. Gone already is done: an earlier run may have been cut off before it heard the answer. */
export async function ignoreNotFound(remove: () => Promise<unknown>): Promise<undefined> {
  try {
    await remove()
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-not-found')) throw thrown
  }
  return undefined
}
