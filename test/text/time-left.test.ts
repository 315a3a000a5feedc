import { describe, expect, it } from 'vitest'
import { timeLeft, timeLeftWords } from '../../src/text/time-left.ts'

/** So many ends, one every so many milliseconds, the first at 0. */
const ends = (count: number, apart: number) => Array.from({ length: count }, (_, index) => index * apart)

describe('what is left of an apply', () => {
  it.each([
    ['nothing has ended', ends(0, 0), 100, 0, ''],
    ['too little has ended to tell', ends(14, 1_000), 100, 13_000, ''],
    ['the last ones ended one a second', ends(15, 1_000), 100, 14_000, '100 s'],
    [
      'the last ones took longer than the first',
      [...ends(100, 10), ...ends(45, 2_000).map((at) => at + 1_000)],
      60,
      89_000,
      '2 min',
    ],
    ['nothing ends any more', ends(15, 1_000), 100, 74_000, '8 min'],
    ['it is soon over', ends(15, 1_000), 19, 14_000, ''],
  ])('where %s', (_what, ended, left, now, words) => {
    expect(timeLeftWords(timeLeft(ended, left, now))).toBe(words)
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
