import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { patient, type Tries, unlessUnknown, usual } from '../../src/aws/patience.ts'
import { turn } from '../support/planning/clock.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout'] }))
afterEach(() => void vi.useRealTimers())

/** What says when a request is tried again, for clients that say nothing else. */
function strategy(tries: Tries, attempts?: string) {
  const { retryStrategy } = patient(attempts ? { attempts } : {}, tries) as Extract<
    ReturnType<typeof patient>,
    { retryStrategy: unknown }
  >
  return retryStrategy
}

type Failure = Parameters<ReturnType<typeof strategy>['refreshRetryTokenForRetry']>[1]

function failure(name = 'InternalServerException'): Failure {
  const error = { name, message: 'inside', $fault: 'server' as const, $metadata: { httpStatusCode: 500 } }
  return { error, errorType: 'TRANSIENT' }
}

it('requests that fail together, once, are all tried again', async () => {
  const one = strategy(usual)
  const failing = Array.from({ length: 60 }, async () => {
    const token = await one.acquireInitialRetryToken('')
    return one.refreshRetryTokenForRetry(token, failure())
  })
  expect((await soon(Promise.all(failing))).map((token) => token.getRetryCount())).toEqual(Array(60).fill(1))
})

it.each([
  ['is given up on after ten tries', usual, 'InternalServerException', 10],
  ['is given up on after as many tries as the environment says', usual, 'InternalServerException', 3, '3'],
  ['that may not know what it is asked is given up on after two', unlessUnknown, 'Unknown', 2],
] as [string, Tries, string, number, string?][])(
  'a service that fails and fails %s',
  async (_words, tries, name, expected, attempts) => {
    const one = strategy(tries, attempts)
    let tried = 0
    const asking = async () => {
      for (let token = await one.acquireInitialRetryToken(''); ; tried += 1)
        token = await one.refreshRetryTokenForRetry(token, failure(name))
    }
    await expect(soon(asking())).rejects.toThrow()
    expect(tried + 1).toBe(expected)
  },
)

/** What comes of something that waits for nothing but time. */
async function soon<T>(task: Promise<T>): Promise<T> {
  let isOver = false
  const ended = task.finally(() => {
    isOver = true
  })
  ended.catch(() => undefined)
  while (!isOver) {
    await vi.runAllTimersAsync()
    await turn()
  }
  return ended
}
