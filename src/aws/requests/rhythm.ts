import type { Durations } from './durations.ts'

/** A request in progress as far as the time to look at it goes; milliseconds since 1970. */
export interface Timed {
  readonly since: number
  /** When a look last showed it as running; absent where none did. */
  ranAt?: number
  /** Looks that showed it as running. */
  looks: number
}

/** Pauses in milliseconds: the first one of which nothing is known, and the longest one. */
const soonest = 200
const latest = 5_000

/** Part of the time of the quickest after which a look has to show a request as running: what none has shown is asked about by itself. */
const sight = 0.6

/** Part of the requests that are likely to have ended is enough for a look, unless many more are about to end: what ends together is seen together. */
const enough = 1 / 4

/** An end that may come, and how likely it is. */
interface Likely {
  readonly at: number
  readonly weight: number
}

/** When to look at requests next, from how long those took that have ended. Milliseconds since 1970. */
export function nextLook(pending: readonly Timed[], lastLook: number, known: Durations): number {
  const [quickest, typical] = [known.quickest(), known.typical()]
  const unseen = pending.filter(({ ranAt }) => ranAt === undefined)
  const sighted = Math.min(...unseen.map(({ since }) => since + (quickest * sight || soonest)))
  const full = whenEnoughEnded(
    pending.flatMap((one) => likelyEnds(one, known)),
    pending.length,
    typical,
  )
  const pause = typical === 0 ? soonest : Math.min(soonest, Math.max(50, quickest / 4))
  if (known.endByLooks()) return lastLook + pause
  return Math.max(lastLook + pause, Math.min(sighted, full, lastLook + Math.max(latest, typical / 2)))
}

function likelyEnds({ since, ranAt, looks }: Timed, known: Durations): readonly Likely[] {
  const age = ranAt === undefined ? 0 : ranAt - since
  const ages = known.beyond(age)
  if (ages.length > 0) return ages.map((end) => ({ at: since + end, weight: 1 / ages.length }))
  const longer = known.typical() > 0 ? Math.max(soonest, age / 8) : soonest * 1.5 ** looks
  return [{ at: (ranAt ?? since) + Math.min(latest, longer), weight: 1 }]
}

function whenEnoughEnded(likely: readonly Likely[], count: number, typical: number): number {
  const all = [...likely].sort((a, b) => a.at - b.at)
  let ended = 0
  for (const [index, { at, weight }] of all.entries()) {
    ended += weight
    if (ended < 0.9) continue
    const soon = within(all, index, Math.max(50, typical * 0.1))
    const pauses = within(all, index, typical * 0.25) === 0
    if (pauses || (ended >= count * enough && soon < count * 0.2)) return at
  }
  return all.at(-1)?.at ?? Number.POSITIVE_INFINITY
}

function within(all: readonly Likely[], index: number, span: number): number {
  const from = all[index]?.at ?? 0
  let sum = 0
  for (let next = index + 1; (all[next]?.at ?? Number.POSITIVE_INFINITY) <= from + span; next++)
    sum += all[next]?.weight ?? 0
  return sum
}
