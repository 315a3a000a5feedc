import type { Finding } from '../../aws/port.ts'
import type { WriteContext } from '../contexts.ts'

/** What to do where somebody else is at work. */
export const waitForOthers =
  'another run of this or another tool seems to be changing this account: wait until it has finished, then run plan again'

/** Something that was to be created and is there already. */
export interface Appeared<T> {
  /** In words, "group team". */
  readonly what: string
  /** The answer to the request that would have made it, where it is exactly as it was asked for. */
  readonly asAsked: T | undefined
  /** An answer may have got lost, so that this run may have made it. */
  readonly mayBeOurs: boolean
}

/**
 * What to make of something that was not there when the plan was made and is now. Exactly as it was asked for, it counts as done, whoever
 * made it; otherwise it is somebody else's, and stays as it is.
 */
export function appeared<T>({ what, asAsked, mayBeOurs }: Appeared<T>, { note }: WriteContext): Finding<T> {
  if (asAsked === undefined)
    return {
      final: `${what} appeared after the plan was made, and differs from it`,
      hint: waitForOthers,
    }
  note(mayBeOurs ? 'answer lost' : 'another run')
  return { done: asAsked }
}
