import { expect, it } from 'vitest'
import { arnOf, arnParts, arnText, withoutVariables } from '../../src/policies/arn.ts'
import { matchesWildcards, patternsOverlap } from '../../src/policies/wildcards.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables
it.each([
  ['arn:aws:s3:::a', ['arn', 'aws', 's3', '', '', 'a']],
  ['arn:aws:logs:*:*:log-group:x:*', ['arn', 'aws', 'logs', '*', '*', 'log-group:x:*']],
  ['arn:aws:sqs:*:${aws:PrincipalAccount}:q', ['arn', 'aws', 'sqs', '*', '${aws:PrincipalAccount}', 'q']],
  ['arn:aws', ['arn', 'aws']],
  ['', ['']],
  ['a:${b:c', ['a', '${b:c']],
])('%s has the parts %j', (text, parts) => {
  expect(arnParts(text)).toEqual(parts)
  const arn = arnOf(parts)
  if (arn !== undefined) expect(arnText(arn)).toBe(text)
})

it.each([
  ['a', 'a'],
  ['${aws:username}', '*'],
  ['a/${aws:userid}/b${x}', 'a/*/b*'],
  ['a${b', 'a${b'],
])('%s as a pattern is %s', (part, pattern) => expect(withoutVariables(part)).toBe(pattern))
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: policy variables

it.each([
  ['', '', true],
  ['', '*', true],
  ['', '?', false],
  ['a', 'b', false],
  ['a*', '*b', true],
  ['a*', 'b*', false],
  ['table/x', 'table/*', true],
  ['tab*', 'table/*', true],
  ['tables/*', 'table/*', false],
  ['?', 'ab', false],
  ['??', 'a*', true],
  ['*a*', '*b*', true],
  ['*/index/*', 'table/*/index/*', true],
  ['stack/name', 'stack/*/*', false],
])('the patterns %j and %j have a text in common: %s', (a, b, expected) => {
  expect(patternsOverlap(a, b)).toBe(expected)
  expect(patternsOverlap(b, a)).toBe(expected)
})

it('two patterns overlap exactly where some short text matches both', () => {
  const texts = (letters: string, most: number): string[] =>
    most === 0 ? [''] : ['', ...texts(letters, most - 1).flatMap((one) => [...letters].map((letter) => one + letter))]
  const patterns = [...new Set(texts('ab*?', 3))]
  const plain = [...new Set(texts('ab', 6))]
  const matching = new Map(patterns.map((one) => [one, new Set(plain.filter((text) => matchesWildcards(one, text)))]))
  for (const a of patterns)
    for (const b of patterns) {
      const common = [...(matching.get(a) ?? [])].some((text) => matching.get(b)?.has(text))
      expect([a, b, patternsOverlap(a, b)]).toEqual([a, b, common])
    }
})
