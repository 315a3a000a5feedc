import { describe, expect, it } from 'vitest'
import { newPace } from '../../../src/aws/pace/pace.ts'
import { secondOf } from '../../../src/aws/pace/sent.ts'
import { luck } from '../../support/luck.ts'
import { looks, mean, silent, type Tells } from './support/looks.ts'
import { planOf, simulated } from './support/run.ts'
import { bySecondOfTheClock, inAnySecond, type Service, unlimited } from './support/servers.ts'

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

  it('is not held up for good where every other call takes ten times as long', () => {
    const longer = (nth: number) => (nth % 2 === 0 ? 10 : 1)
    const all = Array.from({ length: 40 }, (_, nth) =>
      simulated(unlimited(), { waves: planOf(320), longer, start: 5_000 + nth * 25, random: luck(nth + 1) }),
    )
    expect(mean(all.map(({ took }) => took))).toBeLessThan(0.5 * (320 / 20) * 1_000)
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

  it.each([3, 4, 5])('asks a service no less than it allows, and has hardly any refused (%i)', (seed) => {
    for (const service of [bySecondOfTheClock, inAnySecond]) {
      const waves = [100_000]
      const { sent, refused } = simulated(service(12), { waves, start: 5_000, until: 180_000, random: luck(seed) })
      expect((sent.length - refused) / 180).toBeGreaterThan(11.5)
      expect(refused / sent.length).toBeLessThan(0.0135)
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
