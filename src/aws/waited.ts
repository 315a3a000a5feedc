import { plural } from '../text/count.ts'

/**
 * How long an answer was waited for, as the SDK says it: what a plan can do without is waited for less long. `usual` stands in, in
 * milliseconds, where the SDK says nothing.
 */
export function waited(thrown: unknown, usual: number): string {
  const { message = '', $metadata: { attempts = 1 } = {} } = thrown as Unanswered
  const said = /(\d+) ms\b/.exec(message)?.[1]
  const each = plural((said === undefined ? usual : Number(said)) / 1_000, 'second')
  return attempts > 1 ? `${each}, ${attempts} times` : each
}

/** What the SDK throws where it gives up. */
interface Unanswered {
  readonly message?: string
  readonly $metadata?: { readonly attempts?: number }
}
