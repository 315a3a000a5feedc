import { Refusal, refusedWith } from '../model/diagnostic.ts'
import { oncePer } from '../model/once.ts'
import type { Reader } from './port.ts'

/** What a plan is better for knowing and is made without too: why it is not known, in words that end a sentence. */
export interface Unread {
  readonly unread: string
}

/** Answers or refusals of the first question of each kind, by look. */
const firstAnswers = oncePer((_reader: Reader) => new Map<string, Promise<unknown>>())

/**
 * Asks what nothing depends on. The first question of a kind goes alone: when it is refused (not permitted, no such service, no
 * network), the others of its kind are not asked in this look and get the same refusal. That something does not exist is an answer.
 */
export async function lookUp<T>(reader: Reader, kind: string, ask: () => Promise<T>): Promise<T> {
  const known = firstAnswers(reader)
  const first = known.get(kind)
  const answer = first ? first.catch(unlessAnswer).then(ask) : ask()
  if (!first) known.set(kind, answer)
  try {
    return await answer
  } catch (thrown) {
    // Refused later than the first, as when it is throttled: from here on, that holds for all.
    if (!isAnswer(thrown)) known.set(kind, answer)
    throw thrown
  }
}

function unlessAnswer(thrown: unknown): void {
  if (!isAnswer(thrown)) throw thrown
}

function isAnswer(thrown: unknown): boolean {
  return refusedWith(thrown, 'aws-not-found')
}

/** Why a question got no answer, in one short sentence. Throws what is no refusal: a defect. */
export function unreadBecause(thrown: unknown): Unread {
  if (!(thrown instanceof Refusal)) throw thrown
  return { unread: thrown.message }
}
