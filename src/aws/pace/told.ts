/** A call of which is known in which second of its clock a service got it. */
export interface Told {
  readonly service: string
  /** When it was sent, by our clock in milliseconds. */
  readonly at: number
  /** Of the service's clock, since 1970. */
  readonly second: number
}

/** Finds out in which seconds of their clocks services got calls, from when they say that they answered. */
export interface Telling {
  /** A call was answered at a time and, by the service's clock, in a second of it; gives all calls of which the second is known by that. */
  answered(call: Pick<Told, 'service' | 'at'>, now: number, second: number): readonly Told[]
}

interface Answered {
  readonly at: number
  /** When its answer came. */
  readonly back: number
}

/** The last second that a service has told of. */
interface Latest {
  readonly second: number
  /** When it was told of first, by our clock. */
  readonly since: number
  /** Calls that were sent since then and answered in it. */
  readonly calls: readonly Answered[]
}

/** Milliseconds by which what tells a service the time may be late: a program that is busy looks at its clock no sooner. */
const late = 40

/**
 * No answers yet. A call came in a second if an answer of that second was there before it was sent, and another call, sent after its own
 * answer, was answered in the same second too. Its own answer proves less: it may be made long after the call came, and what tells the
 * time may be a little late, for which the other call is sent so much later.
 */
export function telling(): Telling {
  const last = new Map<string, Latest>()
  return {
    answered({ service, at }, now, second) {
      const before = last.get(service)
      if (before && second < before.second) return []
      const { since, calls } = before?.second === second ? before : { since: now, calls: [] }
      const known = calls.filter((call) => isKnownBy(call, at))
      const others = calls.filter((call) => !isKnownBy(call, at))
      last.set(service, { second, since, calls: at < since ? others : [...others, { at, back: now }] })
      return known.map((call) => ({ service, at: call.at, second }))
    },
  }
}

function isKnownBy(call: Answered, laterAt: number): boolean {
  return call.back <= laterAt && call.at + late <= laterAt
}
