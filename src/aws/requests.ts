import type { Clock } from '../model/clock.ts'
import { type Durations, durations } from './durations.ts'
import type { Reader, Request, RequestFamily } from './port.ts'
import { type Family, families } from './request-families.ts'
import {
  type End,
  endOf,
  type Followed,
  failure,
  howTheyEnded,
  lookAtAll,
  lookAtEach,
  type Seen,
} from './request-look.ts'
import { nextLook } from './rhythm.ts'

/** Longest time a request is followed; AWS's own tools give up after ten minutes. */
export const timeLimit = 15 * 60_000

/** Requests that are over may wait for the list that tells which of them failed: so many, or so long in milliseconds. */
const untold = { most: 150, longest: 15_000 }

/** Lists that were wrong so often in a row about what is running are asked no more; once or twice a request has ended just then. */
const mistrusted = 3

/** Longest time a look waits for requests that are being sent, in milliseconds. */
const sendingTime = 1_000

/** A request on its way to its end. */
interface Traced extends Followed {
  /** When it was seen to be over. */
  overAt?: number
  over(): void
  resolve(): void
  reject(reason: unknown): void
}

/** The requests of a family that are under way. */
interface Traffic {
  readonly family: RequestFamily
  readonly status: Family
  readonly took: Durations
  readonly running: Set<Traced>
  /** Those that have ended, of which is not known how. */
  readonly over: Set<Traced>
  /** Requests that are wanted, whether they have been sent or wait for others to end. */
  wanted: number
  /** Requests that are being sent; `sent` is done when there are none. */
  sending: number
  sent: Promise<void>
  lastLook: number
  /** How often in a row a list showed a request as running that had ended. */
  wronglyShown: number
}

/** Sends requests and follows them. */
export interface Following {
  /**
   * Resolves when a request has ended well; throws a Refusal with AWS's reason where it ended FAILED. `over` is called as soon as it has
   * ended and counts no more for AWS, which may be before it is known how it ended.
   */
  run(family: RequestFamily, send: () => Promise<Request | undefined>, over: () => void): Promise<void>
  /** A task that leads to a request of a family, perhaps after others have ended. */
  wants<T>(family: RequestFamily, task: () => Promise<T>): Promise<T>
}

/**
 * Follows asynchronous requests to their ends. One or two are asked about one by one; more are asked about together, because one list
 * answers for all of them and the service allows 20 calls a second in all. While others take the places of those that are over,
 * one list for many of those tells which have failed.
 * Source: the Status members of CreateAccountAssignment, DeleteAccountAssignment and ProvisionPermissionSet; there are no waiters.
 */
export function following(reader: Reader, clock: Clock, instanceArn: string): Following {
  const status = families(reader, instanceArn)
  const all = new Map<RequestFamily, Traffic>()
  const trafficOf = (family: RequestFamily) => {
    const traffic = all.get(family) ?? noTraffic(family, status[family])
    all.set(family, traffic)
    return traffic
  }
  return {
    async run(family, send, over) {
      const traffic = trafficOf(family)
      const request = await sent(traffic, send)
      if (request?.Status === 'SUCCEEDED') return
      if (request?.Status === 'FAILED') throw endOf(family, request)
      const id = request?.RequestId
      if (!id) throw failure(family, 'AWS gave no request id to follow')
      await new Promise<void>((resolve, reject) => {
        const since = clock.now().getTime()
        const isFirst = traffic.running.size + traffic.over.size === 0
        if (isFirst) traffic.lastLook = since
        traffic.running.add({ id, since, looks: 0, listed: false, over, resolve, reject })
        if (isFirst) void trace(traffic, clock)
      })
    },
    async wants(family, task) {
      const traffic = trafficOf(family)
      traffic.wanted += 1
      try {
        return await task()
      } finally {
        traffic.wanted -= 1
      }
    },
  }
}

function noTraffic(family: RequestFamily, status: Family): Traffic {
  const none = { running: new Set<Traced>(), over: new Set<Traced>(), wanted: 0, sending: 0, sent: Promise.resolve() }
  return { family, status, took: durations(), lastLook: 0, wronglyShown: 0, ...none }
}

async function sent<T>(traffic: Traffic, send: () => Promise<T>): Promise<T> {
  const sending = send()
  traffic.sending += 1
  traffic.sent = Promise.allSettled([traffic.sent, sending]).then(() => undefined)
  try {
    return await sending
  } finally {
    traffic.sending -= 1
  }
}

async function trace(traffic: Traffic, clock: Clock): Promise<void> {
  const { running, over } = traffic
  while (running.size + over.size > 0) {
    await untilDue(traffic, clock)
    try {
      await look(traffic, clock)
    } catch (thrown) {
      for (const one of [...running, ...over]) settle(traffic, one, thrown)
    }
  }
}

// What is about to be sent is part of the next look, unless sending it takes long.
async function untilDue(traffic: Traffic, clock: Clock): Promise<void> {
  if (traffic.sending > 0) await soon(traffic.sent, clock)
  while (traffic.running.size > 0) {
    const due = nextLook([...traffic.running], traffic.lastLook, traffic.took)
    const rest = due - clock.now().getTime()
    if (rest <= 0) return
    await clock.sleep(Math.ceil(rest * (1 + 0.05 * clock.random())))
  }
}

async function soon(task: Promise<unknown>, clock: Clock): Promise<void> {
  const enough = new AbortController()
  await Promise.race([task, clock.sleep(sendingTime, enough.signal)])
  enough.abort()
}

async function look(traffic: Traffic, clock: Clock): Promise<void> {
  const requests = [...traffic.running]
  const at = clock.now().getTime()
  const { ends, over, wronglyShown } = await seen(traffic, requests, at)
  traffic.lastLook = clock.now().getTime()
  if (wronglyShown !== undefined) traffic.wronglyShown = wronglyShown ? traffic.wronglyShown + 1 : 0
  learn(traffic.took, requests, new Set([...ends.keys(), ...over]), at)
  for (const one of over) {
    traffic.running.delete(one)
    traffic.over.add(one)
    one.overAt = at
    one.over()
  }
  end(traffic, ends)
  // Others that wait for their places send now.
  if (over.length > 0) await clock.sleep(0)
  if (traffic.over.size > 0 && !mayStayUntold(traffic, requests.length, at))
    end(traffic, await howTheyEnded(traffic.family, traffic.status, [...traffic.over], at))
  giveUp(traffic, clock)
}

async function seen(traffic: Traffic, requests: readonly Traced[], at: number): Promise<Seen<Traced>> {
  const { family, status, over, took, wronglyShown } = traffic
  if (requests.length === 0) return { ends: new Map(), over: [] }
  if (requests.length + over.size > 2 && wronglyShown < mistrusted)
    return lookAtAll(family, status, requests, at, took.quickest() / 2)
  return { ends: await lookAtEach(family, status, requests, at), over: [] }
}

function learn(took: Durations, requests: readonly Traced[], ended: ReadonlySet<Traced>, at: number): void {
  for (const one of requests) if (!ended.has(one)) took.ran(at - one.since)
  for (const { since, ranAt, looks } of ended) took.ended(at - since, ranAt === undefined ? 0 : ranAt - since, looks)
}

// Nobody waits for how they ended, as long as all their places are taken and nothing stands in line behind them.
function mayStayUntold({ running, over, sending, wanted }: Traffic, before: number, now: number): boolean {
  const underWay = running.size + sending
  const isFull = underWay > 0 && underWay >= before && wanted <= underWay + over.size
  const oldest = Math.min(...[...over].map(({ overAt = now }) => overAt))
  return isFull && over.size < untold.most && now - oldest < untold.longest
}

function end(traffic: Traffic, ends: ReadonlyMap<Traced, End>): void {
  for (const [one, how] of ends) settle(traffic, one, how === 'succeeded' ? undefined : how)
}

function settle({ running, over }: Traffic, one: Traced, thrown: unknown): void {
  running.delete(one)
  over.delete(one)
  one.over()
  if (thrown) one.reject(thrown)
  else one.resolve()
}

function giveUp(traffic: Traffic, clock: Clock): void {
  const { family, running, over } = traffic
  for (const one of [...running, ...over]) {
    if (clock.now().getTime() - one.since < timeLimit) continue
    settle(traffic, one, failure(family, `still in progress after ${timeLimit / 60_000} minutes (request ${one.id})`))
  }
}
