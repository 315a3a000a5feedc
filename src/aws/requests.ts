import type { Clock } from '../model/clock.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Reader, Request, RequestFamily } from './port.ts'
import { type Family, families } from './request-families.ts'
import { type Rhythm, rhythm, type Timed } from './rhythm.ts'

/** Longest time a request is followed; AWS's own tools give up after ten minutes. */
export const timeLimit = 15 * 60_000

interface Pending extends Timed {
  readonly id: string
  /** A list has shown it as running: from then on its absence from lists means that it has ended. */
  listed: boolean
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/**
 * Follows asynchronous requests to their terminal state. Up to two are asked after one by one; more are asked after together,
 * because one list answers for all of them and the service allows 20 calls a second in all.
 * Source: the Status members of CreateAccountAssignment, DeleteAccountAssignment and ProvisionPermissionSet; there are no waiters.
 */
export function follow(
  reader: Reader,
  clock: Clock,
  instanceArn: string,
): (family: RequestFamily, request: Request | undefined) => Promise<void> {
  const status = families(reader, instanceArn)
  const loops = new Map<RequestFamily, Map<string, Pending>>()
  const rhythms = new Map<RequestFamily, Rhythm>()
  const poll = async (family: RequestFamily, waiting: Map<string, Pending>) => {
    const pace = rhythms.get(family) ?? rhythm()
    rhythms.set(family, pace)
    while (waiting.size > 0) {
      await clock.sleep(pace.wait(waiting.values(), clock))
      const ended = await lookAfter(family, status[family], waiting, clock)
      pace.ended(ended, clock.now().getTime())
      giveUp(family, waiting, clock)
    }
    loops.delete(family)
  }
  return (family, request) => {
    if (request?.Status === 'SUCCEEDED') return Promise.resolve()
    if (request?.Status === 'FAILED') return Promise.reject(failure(family, request.FailureReason))
    const id = request?.RequestId
    if (!id) return Promise.reject(failure(family, 'AWS gave no request id to follow'))
    return new Promise((resolve, reject) => {
      const waiting = loops.get(family) ?? new Map<string, Pending>()
      waiting.set(id, { id, since: clock.now().getTime(), looks: 0, listed: false, resolve, reject })
      if (loops.has(family)) return
      loops.set(family, waiting)
      void poll(family, waiting)
    })
  }
}

/** Settles what has ended, and gives it. */
async function lookAfter(
  family: RequestFamily,
  status: Family,
  waiting: Map<string, Pending>,
  clock: Clock,
): Promise<readonly Pending[]> {
  const known = [...waiting.values()]
  const at = clock.now().getTime()
  try {
    const ended =
      known.length <= 2 ? await askEach(family, status, known, at) : await askTogether(family, status, known, at)
    for (const [pending, failed] of ended) {
      waiting.delete(pending.id)
      if (failed) pending.reject(failed)
      else pending.resolve()
    }
    return ended.map(([pending]) => pending)
  } catch (thrown) {
    for (const pending of known) {
      waiting.delete(pending.id)
      pending.reject(thrown)
    }
    return []
  }
}

type Ended = readonly [Pending, Refusal | undefined]

async function askEach(
  family: RequestFamily,
  status: Family,
  pending: readonly Pending[],
  at: number,
): Promise<Ended[]> {
  const answers = await Promise.all(pending.map((one) => status.describe(one.id)))
  return answers.flatMap((answer, index): Ended[] => {
    const one = pending[index]
    if (!one) return []
    if (answer?.Status === 'IN_PROGRESS') {
      seenRunning(one, at)
      return []
    }
    return [[one, answer?.Status === 'SUCCEEDED' ? undefined : failure(family, answer?.FailureReason)]]
  })
}

function seenRunning(one: Pending, at: number): void {
  one.ranAt = at
  one.looks += 1
}

// One list says what is running, a second what failed; in this order a request that ends in between still counts as running. Lists
// may lag behind a new request, so what none has ever shown is asked after by itself: absence alone is no success.
async function askTogether(
  family: RequestFamily,
  status: Family,
  pending: readonly Pending[],
  at: number,
): Promise<Ended[]> {
  const inProgress = new Set((await status.list('IN_PROGRESS')).map((row) => row.RequestId))
  const quiet = pending.filter((one) => !inProgress.has(one.id))
  for (const one of pending.filter(({ id }) => inProgress.has(id))) {
    one.listed = true
    seenRunning(one, at)
  }
  if (quiet.length === 0) return []
  const failed = new Set((await status.list('FAILED')).map((row) => row.RequestId))
  const doubtful = quiet.filter((one) => !one.listed || failed.has(one.id))
  const ended = quiet.filter((one) => !doubtful.includes(one)).map((one): Ended => [one, undefined])
  return [...ended, ...(await askEach(family, status, doubtful, at))]
}

function giveUp(family: RequestFamily, waiting: Map<string, Pending>, clock: Clock): void {
  for (const [id, pending] of waiting) {
    if (clock.now().getTime() - pending.since < timeLimit) continue
    waiting.delete(id)
    pending.reject(failure(family, `still in progress after ${timeLimit / 60_000} minutes (request ${id})`))
  }
}

function failure(family: RequestFamily, reason: string | undefined): Refusal {
  return new Refusal(
    error('aws-request-failed', `the ${family} request ended FAILED: ${reason ?? 'AWS gave no reason'}`, {
      hint: 'fix what AWS reports, then run this again; it continues where this run stopped',
    }),
  )
}
