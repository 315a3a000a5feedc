/** What a service says to a call that arrives at a time, in milliseconds: true where it answers it, false where there are too many. */
export type Service = (at: number) => boolean

/** Answers whatever comes. */
export const unlimited = (): Service => () => true

/** So many calls in each second of its clock, as the embedded Identity Center counts them: refused ones count too. */
export function bySecondOfTheClock(most: number): Service {
  let second = -1
  let count = 0
  return (at) => {
    const now = Math.floor(at / 1_000)
    count = now === second ? count + 1 : 1
    second = now
    return count <= most
  }
}

/** So many answered calls in any one second. */
export function inAnySecond(most: number): Service {
  let answered: number[] = []
  return (at) => {
    answered = answered.filter((one) => one > at - 1_000)
    if (answered.length >= most) return false
    answered.push(at)
    return true
  }
}

/** A bucket of tokens that fills at a rate: a burst, then so many a second. */
export function bucket(rate: number, burst: number): Service {
  let tokens = burst
  let last: number | undefined
  return (at) => {
    tokens = Math.min(burst, tokens + ((at - (last ?? at)) / 1_000) * rate)
    last = at
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
