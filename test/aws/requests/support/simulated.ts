import type { Reader, Request } from '../../../../src/aws/port.ts'
import { following } from '../../../../src/aws/requests/requests.ts'
import type { Clock } from '../../../../src/model/clock.ts'
import { error, Refusal } from '../../../../src/model/diagnostic.ts'

/** How a service deals with requests; times in milliseconds. */
export interface Service {
  /** How long the nth request takes. */
  readonly takes: (nth: number) => number
  /** Why the nth request fails; undefined where it succeeds. */
  readonly fails?: (nth: number) => string | undefined
  /** Looks that still show a request as running, whatever its age. */
  readonly looks?: number
  /** How long lists do not show a request that was made. */
  readonly lag?: number
  /** Requests end only when they are described. */
  readonly endsDescribed?: boolean
  /** Nobody may describe a request. */
  readonly refusesDescriptions?: boolean
  /** Calls it takes a second; they wait for each other. */
  readonly perSecond?: number
}

/** What came of it. */
export interface Outcome {
  /** Milliseconds until the last request was known to have ended. */
  readonly took: number
  readonly lists: number
  readonly descriptions: number
  /** How each request was told to have ended: 'done' or why not. */
  readonly told: readonly string[]
  /** Requests that were told to have ended, or to be over, while they were running. */
  readonly early: readonly number[]
  /** Most requests that were running at a time. */
  readonly most: number
}

interface Row {
  readonly nth: number
  readonly born: number
  readonly ends: number
  looks: number
  isDescribed: boolean
}

/** Milliseconds there and back. */
const latency = 50

/** Requests in flight at a time. */
const width = 15

/** Makes so many requests one after another, as many at a time as AWS lets be outstanding, in simulated time. */
export async function simulated(count: number, service: Service): Promise<Outcome> {
  const time = newTime()
  const rows: Row[] = []
  const isRunning = (row: Row) =>
    (service.endsDescribed && !row.isDescribed) || (row.looks > 0 && row.ends > time.now())
  const statusOf = (row: Row) => (isRunning(row) ? 'IN_PROGRESS' : service.fails?.(row.nth) ? 'FAILED' : 'SUCCEEDED')
  const counts = { lists: 0, descriptions: 0 }
  const answering = answers(time, service.perSecond)
  const reader = {
    list: (_operation: string, { Filter: { Status } }: { Filter: { Status: string } }) =>
      answering(() => {
        counts.lists += 1
        const shown = rows.filter((row) => row.born + (service.lag ?? 0) <= time.now() && statusOf(row) === Status)
        for (const row of shown) row.looks -= 1
        return shown.map((row): Request => ({ RequestId: `r${row.nth}`, Status: Status as 'FAILED' }))
      }),
    get: (_operation: string, input: { AccountAssignmentCreationRequestId: string }) =>
      answering(() => {
        counts.descriptions += 1
        if (service.refusesDescriptions) throw new Refusal(error('aws-access-denied', 'descriptions were denied'))
        const RequestId = input.AccountAssignmentCreationRequestId
        const row = rows.find(({ nth }) => `r${nth}` === RequestId)
        if (!row) throw new Error(`nobody made ${RequestId}`)
        if (row.ends <= time.now()) row.isDescribed = true
        const Status = statusOf(row)
        row.looks -= 1
        return { AccountAssignmentCreationStatus: { RequestId, Status, FailureReason: service.fails?.(row.nth) } }
      }),
  }
  const make = (nth: number) =>
    answering((): Request => {
      const ends = time.now() + service.takes(nth)
      rows.push({ nth, born: time.now(), ends, looks: service.looks ?? Number.POSITIVE_INFINITY, isDescribed: false })
      return { RequestId: `r${nth}`, Status: 'IN_PROGRESS' }
    })
  const requests = following(reader as unknown as Reader, time.clock, 'arn:instance')
  const told: string[] = []
  const early = new Set<number>()
  const checked = (nth: number) => {
    if (rows.some((row) => row.nth === nth && isRunning(row))) early.add(nth)
  }
  const one = (nth: number, over: () => void) => {
    const start = () => requests.run('assignment creation', () => make(nth), over)
    const say = (how: string) => {
      told[nth] = how
    }
    return requests.wants('assignment creation', start).then(
      () => say('done'),
      (thrown: Error) => say(thrown.message),
    )
  }
  let most = 0
  let next = 0
  const place = async (): Promise<void> => {
    for (let nth = next++; nth < count; nth = next++) {
      most = Math.max(most, rows.filter(isRunning).length)
      await new Promise<void>((free) => {
        const over = () => {
          checked(nth)
          free()
        }
        ends.push(one(nth, over).then(() => checked(nth)))
      })
    }
  }
  const ends: Promise<void>[] = []
  const all = Promise.all(Array.from({ length: width }, place)).then(() => Promise.all(ends))
  const took = await time.until(all)
  return { took, ...counts, told, early: [...early], most }
}

/** Answers a call after its way, and in its turn where only so many are taken a second. */
function answers(time: Time, perSecond: number | undefined) {
  let free = 0
  return async <T>(answer: () => T): Promise<T> => {
    if (perSecond) {
      const at = Math.max(time.now(), free)
      free = at + 1_000 / perSecond
      await time.clock.sleep(at - time.now())
    }
    await time.clock.sleep(latency / 2)
    const given = answer()
    await time.clock.sleep(latency / 2)
    return given
  }
}

interface Time {
  readonly clock: Clock
  now(): number
  /** Lets time pass until a task has ended; gives how long it took. */
  until(task: Promise<unknown>): Promise<number>
}

function newTime(): Time {
  let now = Date.parse('2026-11-22T12:00:00Z')
  const began = now
  const agenda = new Map<() => void, number>()
  const clock: Clock = {
    now: () => new Date(now),
    random: () => 0.5,
    every: () => () => undefined,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        agenda.set(resolve, now + Math.max(0, milliseconds))
        signal?.addEventListener('abort', () => {
          agenda.delete(resolve)
          resolve()
        })
      }),
  }
  return {
    clock,
    now: () => now,
    async until(task) {
      let isOver = false
      void task.finally(() => {
        isOver = true
      })
      while (!isOver) {
        // All that is ready runs before time goes on.
        for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
        if (isOver || agenda.size === 0) continue
        now = Math.max(now, Math.min(...agenda.values()))
        for (const [wake, at] of agenda) {
          if (at > now) continue
          agenda.delete(wake)
          wake()
        }
      }
      return now - began
    },
  }
}
