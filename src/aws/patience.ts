import { StandardRetryStrategy } from '@smithy/core/retry'
import type { Line } from './pace/line.ts'
import type { Call, Outcome } from './pace/pace.ts'
import type { Route } from './route.ts'
import { isNextPage } from './turns.ts'

/** Milliseconds in which a connection has to come about. */
export const connectionTimeout = 5_000

/** Milliseconds after which an answer no longer counts as on its way. */
export const requestTimeout = 60_000

/** The same of what is asked while a person waits for one answer. */
export const whileSomebodyWaits = { connectionTimeout, requestTimeout: 30_000, throwOnRequestTimeout: true } as const

type Token = Awaited<ReturnType<StandardRetryStrategy['acquireInitialRetryToken']>>

type Failure = Parameters<StandardRetryStrategy['refreshRetryTokenForRetry']>[1]

/** How often something is asked where the environment says nothing else. */
export interface Tries {
  readonly most: number
  /** The same of what fails in one way; where that is fewer. */
  readonly of: (failure: Failure) => number
}

/** One unlucky request must not end a look of thousands, nor may a service that takes requests and never answers take ten minutes. */
export const usual: Tries = { most: 10, of: ({ error }) => (isUnanswered(error) ? 6 : Number.POSITIVE_INFINITY) }

/**
 * The same of what a server may not know. AWS names what went wrong inside; another server answers what it does not know with an error
 * page, again and again.
 */
export const unlessUnknown: Tries = { ...usual, of: (failure) => (isNamed(failure.error) ? usual.of(failure) : 2) }

/** What nothing depends on. */
export const goodToHave: Tries = { ...usual, most: 2 }

/** What a plan is only better for: an answer that does not come at once is done without. */
export const brief: Tries = { most: 3, of: ({ error }) => (hasAnswer(error) ? Number.POSITIVE_INFINITY : 1) }

/** The limits of one such request, in milliseconds. */
export const whileAtIt = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true } as const

/**
 * How often, and when, a request to a service is tried. The environment's own settings go first. Else all that a connection asks waits in
 * one line, also what is asked again: the SDK's own limiter learns by being refused, and is one for each client.
 */
export function patient({ mode, attempts }: Route['retry'], tries: Tries, line: Line, service: string) {
  if (mode) return attempts ? {} : { maxAttempts: tries.most }
  const most = Number(attempts) || tries.most
  const take = (goesFirst: boolean) => line.take(service, goesFirst)
  return { retryStrategy: new Patience({ most, of: tries.of }, take, line.back) }
}

/** A request under way, and what judges its failures. */
interface Attempt {
  readonly call: Call
  readonly judge: StandardRetryStrategy
  readonly goesFirst: boolean
}

/**
 * The SDK says what is tried again and after how long. Each request has a judge of its own: one for all keeps an account of what is
 * retried, and where many that are under way at a time fail together that is used up, and ends a look for one that was tried once.
 */
class Patience {
  /** What the SDK calls this, for the user agent. */
  readonly mode = 'adaptive'
  private readonly attempts = new WeakMap<Token, Attempt>()
  private readonly announced: boolean[] = []

  private readonly tries: Tries
  private readonly take: (goesFirst: boolean) => Promise<Call>
  private readonly back: Line['back']

  constructor(tries: Tries, take: (goesFirst: boolean) => Promise<Call>, back: Line['back']) {
    this.tries = tries
    this.take = take
    this.back = back
  }

  /** Tells of each request, just before the SDK asks for its token, whether it goes before others: that is not told with the question. */
  announce(goesFirst: boolean): void {
    this.announced.push(goesFirst)
  }

  async acquireInitialRetryToken(scope: string): Promise<Token> {
    const goesFirst = this.announced.shift() ?? false
    const judge = new StandardRetryStrategy(this.tries.most)
    return this.sent(await judge.acquireInitialRetryToken(scope), judge, goesFirst)
  }

  async refreshRetryTokenForRetry(token: Token, failure: Failure): Promise<Token> {
    const attempt = this.came(token, outcomeOf(failure))
    // Whoever asks throws what the request failed with last.
    if (!attempt || token.getRetryCount() + 1 >= this.tries.of(failure)) throw new Error('no more tries')
    const { judge, goesFirst } = attempt
    return this.sent(await judge.refreshRetryTokenForRetry(token, failure), judge, goesFirst)
  }

  recordSuccess(token: Token): void {
    this.came(token, 'answered')
  }

  private async sent(token: Token, judge: StandardRetryStrategy, goesFirst: boolean): Promise<Token> {
    this.attempts.set(token, { call: await this.take(goesFirst), judge, goesFirst })
    return token
  }

  private came(token: Token, how: Outcome): Attempt | undefined {
    const attempt = this.attempts.get(token)
    if (attempt) this.back(attempt.call, how)
    return attempt
  }
}

/** A client of the SDK that tries its requests. */
interface Trying {
  readonly config: { readonly retryStrategy: () => Promise<object> }
  readonly middlewareStack: {
    addRelativeTo(
      step: <A extends { readonly input: object }, R>(next: (sent: A) => Promise<R>) => (sent: A) => Promise<R>,
      place: { readonly name: string; readonly relation: 'before'; readonly toMiddleware: string },
    ): void
  }
}

/** Has the next pages of lists go before what begins (`isNextPage`). Gives the client. */
export function pagesFirst<C extends Trying>(client: C): C {
  const { config, middlewareStack } = client
  middlewareStack.addRelativeTo(
    (next) => async (sent) => {
      const strategy = await config.retryStrategy()
      if (strategy instanceof Patience) strategy.announce(isNextPage(sent.input))
      return next(sent)
    },
    { name: 'pagesFirst', relation: 'before', toMiddleware: 'retryMiddleware' },
  )
  return client
}

function outcomeOf({ error, errorType }: Failure): Outcome {
  if (errorType === 'THROTTLING') return 'refused'
  return hasAnswer(error) ? 'answered' : 'lost'
}

/** True where a server answered, with whatever. */
function hasAnswer(thrown: unknown): boolean {
  return (thrown as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode !== undefined
}

/** True where a server of AWS's kind said what is wrong. */
function isNamed(thrown: unknown): boolean {
  const { name, $fault } = thrown as { name?: string; $fault?: string }
  return $fault !== undefined && name !== 'Unknown' && name !== 'UnknownError'
}

/** True where a connection was there and no answer came in time. */
function isUnanswered(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === 'TimeoutError' && thrown.message.includes('requestTimeout')
}
