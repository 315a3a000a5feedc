import fc from 'fast-check'
import { expect, it } from 'vitest'
import { awsTimeOf, byAws, hearing, isOff, mayBeOff, nothingHeard, type TimedAnswer } from '../../src/model/aws-time.ts'

const of = (answers: readonly TimedAnswer[]) => awsTimeOf(answers.reduce(hearing, nothingHeard))
const noon = Date.parse('2026-11-22T12:00:00Z')
const answer = (aws: number, ahead: number, took = 200, more: Partial<TimedAnswer> = {}): TimedAnswer => ({
  sent: aws + ahead - took / 2,
  received: aws + ahead + took / 2,
  date: new Date(aws).toUTCString(),
  ...more,
})

it('finds how far ahead this machine is, to the second and half the time that an answer took', () => {
  const skews = fc.integer({ min: -40 * 86_400_000, max: 40 * 86_400_000 })
  const rows = fc.array(fc.tuple(fc.nat(600_000), fc.nat(60_000)), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(skews, rows, (ahead, list) => {
      const time = of(list.map(([later, took]) => answer(noon + later, ahead, took)))
      const took = Math.min(...list.map(([, one]) => one))
      expect('ahead' in time && Math.abs(time.ahead - ahead)).toBeLessThanOrEqual(1_000 + took / 2)
    }),
  )
})

it.each<[string, readonly TimedAnswer[]]>([
  ['no answer', []],
  ['no Date', [{ sent: noon, received: noon }]],
  ['a Date of another form', [answer(noon, 0, 200, { date: '2026-11-22T12:00:00Z' })]],
  ['a Date that is none', [answer(noon, 0, 200, { date: 'Sun, 99 Nov 2026 12:00:00 GMT' })]],
  ['an Age that is none', [answer(noon, 0, 200, { age: 'old' })]],
  ['Dates that contradict each other', [answer(noon, 0), answer(noon, 120_000)]],
])('knows nothing with %s', (_name, answers) => {
  const time = of(answers)
  expect(time).toHaveProperty('unknown')
  expect([mayBeOff(time), isOff(time), byAws(new Date(noon), time)]).toEqual([true, false, new Date(noon)])
})

it('takes an answer out of a cache for as old as it is', () => {
  const old = answer(noon, 0, 200, { date: new Date(noon - 3_600_000).toUTCString(), age: '3600' })
  expect(of([old, answer(noon, 0)])).toHaveProperty('ahead')
})

it('lives with answers without a Date among others', () => {
  expect(of([answer(noon, 7_200_000), { sent: noon, received: noon }])).toHaveProperty('ahead')
})

it('minds more than five minutes, both ways', () => {
  expect([4, -4, 6, -6].map((minutes) => mayBeOff({ ahead: minutes * 60_000 }))).toEqual([false, false, true, true])
})
