import { describe, expect, it } from 'vitest'
import { newPace } from '../../../src/aws/pace/pace.ts'
import { secondOf } from '../../../src/aws/pace/sent.ts'
import { type Look, planOf, simulated, type Traffic } from './support/run.ts'
import { bucket, bySecondOfTheClock, inAnySecond, type Service, unlimited } from './support/servers.ts'

type Tells = Look['tells']

/** Looks that begin at different times of a second, each with its own luck. */
function looks(
  service: () => Service,
  calls: number,
  latency: number,
  count = 25,
  tells: Tells = secondOf,
): readonly Traffic[] {
  return Array.from({ length: count }, (_, nth) =>
    simulated(service(), {
      waves: planOf(calls),
      latency,
      start: 5_000 + (nth * 1_000) / count,
      random: luck(nth + 1),
      tells,
    }),
  )
}

/** Numbers that look random and are the same each time. */
function luck(seed: number): () => number {
  let state = seed * 7919
  return () => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff
    return state / 0x7fffffff
  }
}

const shareOf = ({ calls, refused }: Traffic) => refused / calls
const worst = (all: readonly Traffic[]) => Math.max(...all.map(shareOf))
const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

const silent: Tells = () => undefined

describe.each([
  ['says with each answer what time it is', secondOf],
  ['never says what time it is', silent],
])('the pace, where AWS allows 20 calls a second and %s', (_says, tells) => {
  it.each([
    [101, 20],
    [101, 50],
    [101, 150],
    [320, 20],
    [320, 50],
    [1_450, 50],
  ])('of a plan of %i calls that take %i ms few are refused, and it takes as long as it must', (calls, latency) => {
    const all = looks(() => bySecondOfTheClock(20), calls, latency, calls > 1_000 ? 5 : 25, tells)
    expect(mean(all.map(shareOf))).toBeLessThan(0.02)
    if (calls > 1_000 || latency === 50) expect(worst(all)).toBeLessThan(calls < 200 ? 0.02 : 0.035)
    for (const { took } of all) expect(took).toBeLessThan((calls / 20) * 1_000 * 1.05 + 2 * latency)
  })

  it.each(
    [
      ['in any one second', () => inAnySecond(20)] as const,
      ['by a bucket of 20 that fills by 20 a second', () => bucket(20, 20)] as const,
    ].flatMap(([counts, service]) =>
      [[101, 20] as const, [101, 50] as const, [320, 20] as const, [320, 50] as const, [320, 200] as const].map(
        ([calls, latency]) => [counts, calls, latency, service] as const,
      ),
    ),
  )('the same where they are counted %s (%i calls, %i ms)', (_counts, calls, latency, service) => {
    const all = looks(service, calls, latency, 50, tells)
    expect(mean(all.map(shareOf))).toBeLessThan(0.02)
    for (const { took } of all) expect(took).toBeLessThan((calls / 20) * 1_000 * 1.05 + 2 * latency)
  })

  it.each([20, 40, 100])(
    'what a burst of %i calls has used up is refused once, at most all that was under way, and hardly any later',
    (burst) => {
      for (const { refusals, calls } of looks(() => bucket(20, burst), 320, 50, 25, tells)) {
        const [first = 0] = refusals
        const atOnce = refusals.filter((at) => at < first + 1_000)
        expect(atOnce.length).toBeLessThanOrEqual(36)
        expect((refusals.length - atOnce.length) / calls).toBeLessThan(0.02)
        expect(calls - refusals.length).toBe(320)
      }
    },
  )
})

describe('the pace, where a second of AWS begins among the first calls', () => {
  it.each<[string, Tells]>([
    ['says what time it is', secondOf],
    ['says what time it was 30 ms ago', (at) => secondOf(at - 30)],
    ['says what time it is 20 ms after a call came', (at) => secondOf(at + 20)],
  ])('and AWS %s: no more than five are refused', (_says, tells) => {
    for (const latency of [10, 20, 50, 90])
      for (const { refused, calls } of looks(() => bySecondOfTheClock(20), 101, latency, 100, tells)) {
        expect(refused).toBeLessThanOrEqual(5)
        expect(calls - refused).toBe(101)
      }
  })
})

describe('the pace, where AWS says what time it is and counts calls by another clock', () => {
  const random = luck(5)
  it.each<[string, Tells]>([
    ['stands still', () => 1_234],
    ['has seconds that begin at another time', (at) => secondOf(at + 371)],
    ['is a little late', (at) => secondOf(at - 30)],
    ['is one of several that differ', (at) => secondOf(at + (random() > 0.5 ? 300 : 0))],
    ['goes forth and back', (at) => secondOf(at + 3_000 * random())],
  ])('which %s: no more than a second’s worth of calls is refused at once, and that once', (_says, tells) => {
    for (const service of [() => bySecondOfTheClock(20), () => inAnySecond(20), () => bucket(20, 20)])
      for (const { calls, refused, took } of looks(service, 320, 50, 50, tells)) {
        expect(refused).toBeLessThan(36)
        expect(calls - refused).toBe(320)
        expect(took).toBeLessThan((320 / 20) * 1_000 * 1.05 + 100)
      }
  })
})

describe('the pace, where AWS allows more or less than it says', () => {
  it.each(
    [20, 50, 100, 200, 300, 500].flatMap((latency) => [101, 320, 1_450].map((calls) => [calls, latency] as const)),
  )(
    'a plan of %i calls that take %i ms is held up by some round trips where nothing is refused, by two more where a second begins',
    (calls, latency) => {
      const roundTrips = planOf(calls).reduce((sum, wave) => sum + Math.ceil(wave / 36), 0)
      const all = Array.from({ length: 25 }, (_, nth) =>
        simulated(unlimited(), { waves: planOf(calls), latency, start: 5_000 + nth * 40 }),
      )
      const heldUp = all.map(({ took }) => took / latency - roundTrips)
      expect(all.every(({ refused }) => refused === 0)).toBe(true)
      expect(mean(heldUp)).toBeLessThan(4.5)
      expect(Math.max(...heldUp)).toBeLessThan(latency > 100 ? 5 : 7)
    },
  )

  it.each([10, 20, 50, 90, 150])('is held up by little more where AWS never says the time (%i ms)', (latency) => {
    const roundTrips = planOf(101).reduce((sum, wave) => sum + Math.ceil(wave / 36), 0)
    const all = looks(unlimited, 101, latency, 50, silent)
    expect(Math.max(...all.map(({ took }) => took / latency - roundTrips))).toBeLessThan(5.5)
  })

  it('is sure a round trip sooner that nothing is refused, where AWS says what time it is, unless a second begins', () => {
    const took = (tells: Tells) => looks(unlimited, 320, 50, 50, tells).map(({ took: milliseconds }) => milliseconds)
    const [told, untold] = [took(secondOf), took(silent)]
    const later = told.map((milliseconds, nth) => milliseconds - (untold[nth] ?? 0))
    expect(later.filter((milliseconds) => milliseconds < -40).length).toBeGreaterThan(40)
    expect(Math.max(...later)).toBeLessThan(130)
  })

  it('twenty calls wait for nothing', () => {
    const { sent } = simulated(unlimited(), { waves: [20], latency: 50, start: 1_234 })
    expect(sent).toEqual(Array(20).fill(1_234))
  })

  it('asks a service as little as it allows, where others use it too', () => {
    for (const { calls, refused, took } of looks(() => bySecondOfTheClock(8), 320, 50, 10)) {
      expect(refused / calls).toBeLessThan(0.12)
      expect(took).toBeLessThan((320 / 8) * 1_000 * 1.1)
    }
  })

  it.each([
    ['20', 20, 18, 21],
    ['60', 60, 40, 61],
    ['8', 8, 7, 9],
  ])(
    'asks %s calls a second again and again of a service that allows so many, and never many more',
    (_words, allowed, least, most) => {
      let begun = 0
      // Somebody else uses up all but eight at first.
      const service = (): Service => {
        const [few, many] = [bySecondOfTheClock(8), bySecondOfTheClock(allowed)]
        return (at) => (at < begun + 10_000 ? few : many)(at)
      }
      begun = 5_000
      const { sent, refused, calls } = simulated(service(), {
        waves: [100_000],
        start: begun,
        until: 240_000,
        random: luck(3),
      })
      const late = sent.filter((at) => at > begun + 180_000).length / 60
      expect(late).toBeGreaterThan(least)
      expect(late).toBeLessThan(most)
      expect(refused / calls).toBeLessThan(0.05)
    },
  )

  it('holds back the service that refuses, and no other one', () => {
    const pace = newPace()
    const refusals = Array.from({ length: 4 }, (_, nth) => pace.sent('organizations', nth))
    for (const call of refusals) pace.back(call, 'refused', 100)
    for (let nth = 0; nth < 8; nth += 1) pace.back(pace.sent('organizations', 1_200), 'answered', 1_250)
    expect(pace.wait('organizations', 1_300)).toBeGreaterThan(0)
    expect(pace.wait('sso-admin', 1_300)).toBe(0)
  })

  it('takes a few refusals within the rate for chance', () => {
    const pace = newPace()
    for (let second = 1; second < 60; second += 1)
      for (let nth = 0; nth < 15; nth += 1) {
        const call = pace.sent('a', second * 2_000)
        pace.back(call, nth === 0 ? 'refused' : 'answered', second * 2_000 + 50)
        expect(pace.wait('a', second * 2_000 + 60)).toBe(0)
      }
  })

  it('does not wait for hours when somebody sets the clock back', () => {
    const pace = newPace()
    for (let nth = 0; nth < 30; nth += 1) pace.sent('a', 10_000_000)
    expect(pace.wait('a', 1_000_000)).toBe(0)
  })

  it('takes calls that got lost for no longer under way', () => {
    const pace = newPace()
    for (let nth = 0; nth < 20; nth += 1) pace.back(pace.sent('a', nth), 'lost', 100 + nth)
    for (let nth = 0; nth < 20; nth += 1) pace.back(pace.sent('a', 2_000), 'answered', 2_050)
    expect(pace.wait('a', 2_060)).toBe(0)
  })

  it('is not held up without end by calls that get no answer', () => {
    const pace = newPace()
    for (let nth = 0; nth < 36; nth += 1) pace.sent('a', nth * 100)
    expect(pace.wait('a', 10_000)).toBe(0)
  })
})
