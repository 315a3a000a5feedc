import { expect, it } from 'vitest'
import { telling } from '../../../src/aws/pace/told.ts'

type Row = readonly [at: number, back: number, second: number, service?: string]

/** Calls, each with when it was sent, when it was answered and in which second; what is known after the last of them. */
function known(...calls: readonly Row[]) {
  const { answered } = telling()
  return calls.map(([at, back, second, service = 'a']) => answered({ service, at }, back, second)).at(-1)
}

const told = (at: number, second: number, service = 'a') => ({ service, at, second })

it('a call is known to have come in a second that was told before it was sent and after it was answered', () => {
  expect(known([0, 50, 7], [60, 110, 7], [120, 170, 7])).toEqual([told(60, 7)])
  expect(known([0, 50, 7], [60, 110, 7], [61, 111, 7], [120, 170, 7])).toEqual([told(60, 7), told(61, 7)])
})

it.each<[string, readonly Row[]]>([
  [
    'the first ones: the second before may have ended while they were answered',
    [
      [0, 50, 7],
      [60, 110, 7],
    ],
  ],
  [
    'what was sent before anything was answered',
    [
      [0, 50, 7],
      [40, 90, 7],
      [60, 110, 7],
    ],
  ],
  [
    'what was answered in the second after the one it was sent in',
    [
      [0, 50, 7],
      [60, 110, 8],
      [120, 170, 8],
    ],
  ],
  [
    'the last of a second: it may be the first of the next one, told a little late',
    [
      [0, 50, 7],
      [60, 110, 7],
      [120, 170, 8],
    ],
  ],
  [
    'what is answered after a later call was sent',
    [
      [0, 50, 7],
      [60, 190, 7],
      [120, 191, 7],
    ],
  ],
  [
    'what comes within what a clock may be late by, however fast',
    [
      [0, 5, 7],
      [10, 15, 7],
      [49, 54, 7],
    ],
  ],
  [
    'what another service tells',
    [
      [0, 50, 7],
      [60, 110, 7],
      [120, 170, 7, 'b'],
    ],
  ],
  [
    'a time that goes back',
    [
      [0, 50, 7],
      [60, 110, 7],
      [120, 170, 6],
    ],
  ],
])('nothing is known by %s', (_words, calls) => {
  expect(known(...calls)).toEqual([])
})

it('fast calls are known once a later one is sent after what a clock may be late by', () => {
  expect(known([0, 5, 7], [10, 15, 7], [20, 25, 7], [50, 55, 7])).toEqual([told(10, 7)])
})

it('each is told once', () => {
  expect(known([0, 50, 7], [60, 110, 7], [120, 170, 7], [121, 171, 7])).toEqual([])
})
