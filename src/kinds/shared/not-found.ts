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

/** What to say when something that was to be created is there already, by whomever: a later apply goes on from it. */
export function appeared(what: string): string {
  return `${what} has appeared since the plan was made, perhaps by a request of this run whose answer got lost`
}
