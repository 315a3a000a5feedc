import type { Clock } from '../../model/clock.ts'
import type { Durations } from './durations.ts'
import { type End, failure, howTheyEnded, lookAtAll, lookAtEach, notKnown, type Seen } from './look.ts'
import { nextLook } from './rhythm.ts'
import { settle, type Traced, type Traffic } from './traffic.ts'

/** Longest time a request is followed; AWS's own tools give up after ten minutes. */
export const timeLimit = 15 * 60_000

/**
 * Requests that are over may wait for the list that tells which of them failed: so many, or so long in milliseconds; whoever watches sees
 * progress meanwhile, of requests that take long less often.
 */
const untold = { most: 150, longest: (typical: number) => Math.min(15_000, Math.max(5_000, 2 * typical)) }

/** Lists that were wrong so often in a row about what is running are asked no more; once or twice a request has ended just then. */
const mistrusted = 3

/** Longest time a look waits for requests that are being sent, in milliseconds. */
const sendingTime = 1_000

/** Looks after the requests of a family until there are none. */
export async function trace(traffic: Traffic, clock: Clock): Promise<void> {
  const { running, over } = traffic
  while (running.size + over.size > 0) {
    await untilDue(traffic, clock)
    try {
      await look(traffic, clock)
    } catch (thrown) {
      const why = notKnown(traffic.family, thrown)
      for (const one of [...running, ...over]) settle(traffic, one, why)
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
  const { ends, over, shown = traffic.shown, wronglyShown } = await seen(traffic, requests, at)
  traffic.lastLook = clock.now().getTime()
  traffic.shown = shown
  for (const one of traffic.running) one.listed ||= shown.has(one.id)
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
  if (traffic.over.size > 0 && !mayStayUntold(traffic, requests.length, at)) await tellHow(traffic, at)
  giveUp(traffic, clock)
}

async function tellHow(traffic: Traffic, at: number): Promise<void> {
  const { family, status, running, over } = traffic
  const ask = isMistrusted(traffic) ? lookAtEach : howTheyEnded
  end(traffic, await ask(family, status, [...over], at))
  // What is described as running is followed on.
  for (const one of over) running.add(one)
  over.clear()
}

async function seen(traffic: Traffic, requests: readonly Traced[], at: number): Promise<Seen<Traced>> {
  const { family, status, over, took } = traffic
  if (requests.length === 0) return { ends: new Map(), over: [] }
  if (requests.length + over.size > 2 && !isMistrusted(traffic))
    return lookAtAll(family, status, requests, at, took.quickest() / 2)
  return { ends: await lookAtEach(family, status, requests, at), over: [] }
}

function isMistrusted({ wronglyShown }: Traffic): boolean {
  return wronglyShown >= mistrusted
}

function learn(took: Durations, requests: readonly Traced[], ended: ReadonlySet<Traced>, at: number): void {
  for (const one of requests) if (!ended.has(one)) took.ran(at - one.since)
  for (const { since, ranAt, looks } of ended) took.ended(at - since, ranAt === undefined ? 0 : ranAt - since, looks)
}

// Nobody waits for how they ended, as long as all their places are taken and nothing stands in line behind them.
function mayStayUntold({ running, over, sending, wanted, took }: Traffic, before: number, now: number): boolean {
  const underWay = running.size + sending
  const isFull = underWay > 0 && underWay >= before && wanted <= underWay + over.size
  const oldest = Math.min(...[...over].map(({ overAt = now }) => overAt))
  return isFull && over.size < untold.most && now - oldest < untold.longest(took.typical())
}

function end(traffic: Traffic, ends: ReadonlyMap<Traced, End>): void {
  for (const [one, how] of ends) settle(traffic, one, how === 'succeeded' ? undefined : how.thrown)
}

function giveUp(traffic: Traffic, clock: Clock): void {
  const { family, running } = traffic
  // Those that are over are told how they ended before long.
  for (const one of [...running]) {
    if (clock.now().getTime() - one.since < timeLimit) continue
    settle(traffic, one, failure(family, `still in progress after ${timeLimit / 60_000} minutes (request ${one.id})`))
  }
}
