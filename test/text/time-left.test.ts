import { describe, expect, it } from 'vitest'
import { timeLeft, timeLeftWords } from '../../src/text/time-left.ts'

/** So many starts, one every so many milliseconds, the first at 0. */
const starts = (count: number, apart: number) => Array.from({ length: count }, (_, index) => index * apart)

describe('what is left of an apply', () => {
  it.each([
    ['nothing has begun', starts(0, 0), 100, 0, ''],
    ['too little has begun to tell', starts(29, 1_000), 100, 28_000, ''],
    ['the last ones began one a second', starts(30, 1_000), 100, 29_000, '100 s'],
    [
      'the last ones took longer than the first',
      [...starts(100, 10), ...starts(60, 2_000).map((at) => at + 1_000)],
      60,
      119_000,
      '2 min',
    ],
    ['they begin seven at a time', starts(63, 1_000).map((at) => at - (at % 7_000)), 100, 60_000, '100 s'],
    ['nothing begins any more', starts(30, 1_000), 100, 149_000, '8 min'],
    ['it is soon over', starts(30, 1_000), 19, 29_000, ''],
  ])('where %s', (_what, begun, left, now, words) => {
    expect(timeLeftWords(timeLeft(begun, left, now))).toBe(words)
  })
})

it.each([
  [19_999, ''],
  [20_000, '20 s'],
  [99_999, '90 s'],
  [119_999, '110 s'],
  [120_000, '2 min'],
  [3_599_000, '59 min'],
  [Number.NaN, ''],
])('%d milliseconds left are said as %j', (milliseconds, words) => {
  expect(timeLeftWords(milliseconds)).toBe(words)
})
