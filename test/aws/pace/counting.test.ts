import { describe, expect, it } from 'vitest'
import { inSecondsOfClock } from '../../../src/aws/pace/counting.ts'

/** A clock whose seconds begin 300 ms after ours, and calls that were sent at some of its milliseconds. */
function clockWith(sentAt: readonly number[], unclear: number) {
  const clock = inSecondsOfClock(3, 300)
  for (const at of sentAt) clock.answered(5_300 + at, unclear)
  return clock
}

describe('counting by the seconds of a clock', () => {
  it.each([
    ['four within a second', [100, 200, 300, 400], true, true],
    ['four, one of them in the next second', [100, 200, 300, 1_000], false, false],
    ['four, one of them as the second begins', [0, 200, 300, 400], true, false],
    ['four, one of them as it ends', [100, 200, 300, 999], true, false],
    ['four, one of them at the edge of what is unclear', [12, 200, 300, 400], true, true],
    ['five, one of them as the second begins', [5, 100, 200, 300, 400], true, true],
  ])('%s: is the rate exceeded, and surely so?', (_words, sentAt, exceeded, surely) => {
    const clock = clockWith(sentAt, 12)
    expect([clock.isExceeded(), clock.isSurelyExceeded()]).toEqual([exceeded, surely])
  })

  it('nothing is unclear of calls that come as they are sent', () => {
    expect(clockWith([0, 200, 300, 400], 0).isSurelyExceeded()).toBe(true)
  })

  it('what was unclear counts once a service has told its second', () => {
    const clock = clockWith([0, 0, 200, 300], 12)
    const told = { service: 'a', at: 5_300, second: 77 }
    expect(clock.isSurelyExceeded()).toBe(false)
    clock.told(told)
    expect(clock.isSurelyExceeded()).toBe(false)
    clock.told(told)
    expect(clock.isSurelyExceeded()).toBe(true)
  })

  it('what was clear is not counted twice when it is told', () => {
    const clock = clockWith([100, 200, 300], 12)
    for (const at of [100, 200, 300]) clock.told({ service: 'a', at: 5_300 + at, second: 77 })
    expect(clock.isSurelyExceeded()).toBe(false)
  })
})
