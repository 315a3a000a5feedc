import fc from 'fast-check'
import { expect, it } from 'vitest'
import { firstLine } from '../../src/text/first-line.ts'
import { textWidth } from '../../src/text/width.ts'

it.each([
  ['what fits', 'reading 20 of 74 calls', 22, 'reading 20 of 74 calls'],
  ['what does not', 'reading 20 of 74 calls', 21, 'reading 20 of 74 cal…'],
  ['a word that is longer than the line', 'assignment/Set0:user:taro@111122223333', 12, 'assignment/…'],
  ['Japanese, two columns a character', '山田太郎の権限', 9, '山田太郎…'],
  ['a terminal of next to no columns', 'reading', 1, '…'],
  ['notes of several parts', '𝅗𝅥  ', 3, '𝅗𝅥…'],
  ['nothing', '', 20, ''],
])('%s', (_what, text, columns, line) => {
  expect(firstLine(text, columns)).toBe(line)
})

it('is never wider than the terminal, and never more than one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
      const line = firstLine(text.replace(/[\p{C}\p{Z}]/gu, ' '), columns)
      expect(textWidth(line)).toBeLessThanOrEqual(columns)
      expect(line).not.toContain('\n')
    }),
  )
})
