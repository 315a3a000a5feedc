import { expect, it } from 'vitest'
import { momentOf, secondsOf } from '../../src/grant/times.ts'

it.each([
  ['4h', 14_400],
  ['90m', 5400],
  ['3d', 259_200],
  ['1d12h', 129_600],
  ['1d1h1m', 90_060],
])('%s lasts %s seconds', (text, seconds) => {
  expect(secondsOf(text)).toBe(seconds)
})

it.each(['', '0h', '4', '4 h', '-4h', '1h2d', '4hours', 'PT4H'])('"%s" is no duration', (text) => {
  expect(secondsOf(text)).toBeUndefined()
})

it.each([
  ['2026-12-31', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-12-31T18:00:00+09:00', true],
  ['2026-12-31t18:00:00z', true],
  ['2026-12-31T25:00:00Z', false],
  ['2026-12-31T18:00:00', false],
  ['2026-12-31 18:00', false],
  ['tomorrow', false],
  ['31.12.2026', false],
])('%s is a moment: %s', (text, isOne) => {
  expect(momentOf(text)).toBe(isOne ? text : undefined)
})
