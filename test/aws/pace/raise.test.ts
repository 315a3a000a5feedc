import { describe, expect, it } from 'vitest'
import { cut, held, type Raise, raised, used } from '../../../src/aws/pace/raise.ts'

/** A rate to which so many calls of one second were answered, and raised after it was calm. */
function higher(current: Raise, within: number): Raise {
  return raised(used(current, current.since + 1, within), current.since + 10_000)
}

const start = held(20, 0, 10_000)

describe('a rate', () => {
  it('is raised by more and more calls as long as what it was raised by is answered', () => {
    const rates = [21, 23, 27, 35, 51]
    let current = start
    for (const rate of rates) {
      current = higher(current, current.rate)
      expect(current.rate).toBe(rate)
    }
  })

  it.each([
    ['nothing was asked', 0, 20],
    ['as many were answered as one second can fall short by', 19, 21],
  ])('is raised for the first time by what it allows: %s', (_words, within, rate) => {
    expect(higher(start, within).rate).toBe(rate)
  })

  it.each([
    ['as many as the rate before allowed', 20, 21],
    ['one call more', 21, 23],
  ])('is not raised again on what is no news: %s', (_words, within, rate) => {
    expect(higher(higher(start, 20), within).rate).toBe(rate)
  })

  it('is raised again by what calls that are spread evenly come to in a second', () => {
    const sixty = { ...held(60, 0, 10_000), step: 1 }
    expect([higher(sixty, 58).rate, higher(sixty, 59).rate]).toEqual([60, 62])
  })
})

describe('a refusal', () => {
  const first = higher(start, 20)
  const second = higher(first, 21)
  const least = 20

  it.each([
    ['after the last raise takes that back', second.since + 1, 21],
    ['as it came, by which it was let go, too', second.since, 21],
    ['before it takes both back', second.since - 1, 20],
    ['before both says nothing of them', first.since - 1, 23],
  ])('of a call that was sent %s', (_words, sentAt, rate) => {
    expect(cut(second, sentAt, least, second.since + 100).rate).toBe(rate)
  })

  it('says nothing where the call was sent when it became a rate to keep to, which was not because of that call', () => {
    expect(cut(start, start.since, least, 100)).toBe(start)
  })

  it('at a rate that went well has it lower by a tenth, but never below the least', () => {
    expect(cut(held(60, 0, 10_000), 1, least, 100).rate).toBe(54)
    expect(cut(held(21, 0, 10_000), 1, least, 100).rate).toBe(20)
  })

  it('makes the next raise wait twice as long, a minute at most', () => {
    expect([cut(second, second.since + 1, least, 0).calm, cut(held(60, 0, 50_000), 1, least, 0).calm]).toEqual([
      20_000, 60_000,
    ])
  })
})
