import { describe, expect, it } from 'vitest'
import { secondOf } from '../../../src/aws/pace/sent.ts'
import { luck } from '../../support/luck.ts'
import { looks, mean, shareOf, silent, type Tells, worst } from './support/looks.ts'
import { bucket, bySecondOfTheClock, inAnySecond } from './support/servers.ts'

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
  it.each<[string, (latency: number) => Tells]>([
    ['says what time it is', () => secondOf],
    ['says what time it was 30 ms ago', () => (at) => secondOf(at - 30)],
    ['says what time it is when it answers', (latency) => (at) => secondOf(at + latency / 2.5)],
  ])('and AWS %s: no more than five are refused', (_says, tells) => {
    for (const latency of [10, 20, 50, 80, 90])
      for (const { refused, calls } of looks(() => bySecondOfTheClock(20), 101, latency, 400, tells(latency))) {
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
