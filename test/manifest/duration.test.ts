import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatDuration, isoDuration, parseDuration } from '../../src/manifest/duration.ts'

test.each([
  ['8h', 28_800],
  ['90m', 5_400],
  ['1h30m', 5_400],
  ['PT8H', 28_800],
  ['PT60M', 3_600],
  ['PT1H0M30S', 3_630],
  ['', undefined],
  ['PT', undefined],
  ['8', undefined],
  ['30m1h', undefined],
  ['1.5h', undefined],
  ['12 hours', undefined],
  ['PT8h', undefined],
])('%s', (text, seconds) => expect(parseDuration(text)).toBe(seconds))

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(fc.nat(100_000), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds)
      expect(parseDuration(isoDuration(seconds))).toBe(seconds)
    }),
  )
  expect([formatDuration(28_800), formatDuration(5_400), isoDuration(28_800)]).toEqual(['8h', '1h30m', 'PT8H'])
})
