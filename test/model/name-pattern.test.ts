import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchesPattern } from '../../src/model/name-pattern.ts'

/** By the meaning of the words alone: slow, and plainly right. */
function naive(pattern: string, name: string): boolean {
  if (pattern === '') return name === ''
  const [sign, rest] = [pattern[0], pattern.slice(1)]
  if (sign === '*') return naive(rest, name) || (name !== '' && naive(pattern, name.slice(1)))
  return name[0] === sign && naive(rest, name.slice(1))
}

test('means what the words say', () => {
  const text = (letters: string, maxLength: number) =>
    fc.array(fc.constantFrom(...letters), { maxLength }).map((all) => all.join(''))
  fc.assert(
    fc.property(text('ab*.\n', 8), text('ab.\n*', 10), (pattern, name) => {
      expect(matchesPattern(pattern, name)).toBe(naive(pattern, name))
    }),
    { numRuns: 5000 },
  )
})

test.each([
  [`${'*a'.repeat(200)}*b`, 'a'.repeat(100_000)],
  [`a${'*a'.repeat(1000)}`, `${'a'.repeat(100_000)}b`],
  ['*'.repeat(100_000), 'a'.repeat(100_000)],
  [`${'a*'.repeat(50_000)}b`, 'a'.repeat(100_000)],
])('a pattern made to be slow ends, table row %#', (pattern, name) => {
  expect(matchesPattern(pattern, name)).toBe(pattern.endsWith('*'))
})
