import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sameText } from '../../src/model/same-text.ts'

const worlds: readonly (readonly [string, (asked: string) => string])[] = [
  ['keeps', (asked) => asked],
  ['drops', (asked) => asked.trim()],
]
const space = fc.constantFrom('', ' ', '\n', '\t ', '\u3000')
const text = fc.tuple(space, fc.constantFrom('', 'Eng', 'R & D', '42'), space).map((parts) => parts.join(''))

describe('a live text', () => {
  it.each([
    ['Eng', 'Eng', true],
    ['42', '42 ', true],
    ['', '  ', true],
    ['Eng ', 'Eng', false],
    ['Eng ', ' Eng', false],
    ['Eng ', 'Eng  ', false],
    [' ', '', false],
    ['eng', 'Eng', false],
  ])('%j is what was asked for with %j: %j', (live, asked, same) => expect(sameText(live, asked)).toBe(same))

  it.each(worlds)('is what was asked for after it was written, where AWS %s white space', (_what, kept) => {
    fc.assert(fc.property(text, (asked) => sameText(kept(asked), asked)))
  })

  it('is what was asked for only where it could come of that', () => {
    const comesOf = (live: string, asked: string) => worlds.some(([, kept]) => kept(asked) === live)
    fc.assert(fc.property(text, text, (live, asked) => sameText(live, asked) === comesOf(live, asked)))
  })

  it('that is missing is empty, and what is no text has to be equal', () => {
    expect([sameText(undefined, ''), sameText('', undefined), sameText(undefined, true)]).toEqual([true, true, false])
    expect([sameText(true, true), sameText({ a: ' ' }, { a: '' })]).toEqual([true, false])
  })
})
