import fc from 'fast-check'
import { expect, it } from 'vitest'
import wrapAnsi from 'wrap-ansi'
import { wrapped } from '../../src/text/wrap.ts'
import { tries } from '../support/effort.ts'

const word = fc.string({
  unit: fc.constantFrom('a', 'B', '-', '/', '0', ' ', '\t', 'é', '山', '\u001b[1m', '\u202e'),
  maxLength: 60,
})

it('wraps as the terminal counts, whether or not a line is plain enough to be left as it is', () => {
  fc.assert(
    fc.property(word, fc.integer({ min: 20, max: 120 }), fc.integer({ min: 0, max: 8 }), (text, width, indent) => {
      const lines = wrapAnsi(text, Math.max(30, width - indent)).split('\n')
      expect(wrapped(text, width, indent)).toEqual(lines.map((line) => ' '.repeat(indent) + line))
    }),
    tries(300, 3_000),
  )
})
