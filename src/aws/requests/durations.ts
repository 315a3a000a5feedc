/** How long requests take, learned from looks at them. All ages are milliseconds since a request was made. */
export interface Durations {
  /** A look showed a request of this age as running. */
  ran(age: number): void
  /** A look showed a request of this age as ended, after so many looks that showed it as running, the last one at age `ranAt`, or 0. */
  ended(age: number, ranAt: number, looks: number): void
  /** Ages at which the last ones ended that were still running at this age; ascending. */
  beyond(age: number): readonly number[]
  /** Age before which hardly any has ended; 0 where nothing is known. */
  quickest(): number
  /** Age at which half of them have ended; 0 where nothing is known. */
  typical(): number
  /** Requests end when they have been looked at so often, whatever their age: emulators of AWS do so. */
  endByLooks(): boolean
}

/** Requests and sights that are kept: what was true of earlier ones need not hold any more. */
const kept = 30

/** Part of its age by which an end may be uncertain and still be taken for known. */
const sure = 0.12

/** Nothing is known yet. */
export function durations(): Durations {
  let running: readonly number[] = []
  let ends: readonly number[] = []
  let looked: readonly number[] = []
  const part = (share: number) => [...ends].sort((a, b) => a - b)[Math.floor(ends.length * share)] ?? 0
  return {
    ran(age) {
      running = [...running, age].slice(-kept)
    },
    ended(age, ranAt, looks) {
      looked = [...looked, looks].slice(-kept)
      // Between two looks at one request there were looks at others, which are likely to have taken as long.
      const from = Math.max(ranAt, ...running.filter((one) => one < age))
      const end = age - from < age * sure ? age : from + (age - from) * 0.75
      ends = [...ends, end].slice(-kept)
    },
    beyond: (age) => ends.filter((end) => end > age).sort((a, b) => a - b),
    quickest: () => part(0.1),
    typical: () => part(0.5),
    endByLooks: () =>
      looked.length === kept && looked.every((one) => one > 1 && one === looked[0]) && part(0.9) > part(0.1) * 1.1,
  }
}
