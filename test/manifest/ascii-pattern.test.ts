import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiPattern } from '../../scripts/ascii-pattern.mjs'

const schema = readFileSync('schema/sso.schema.json', 'utf8')
const patterns = [...new Set([...schema.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g)].map(([, text = '""']) => text))]
  .map((text) => JSON.parse(text) as string)
  .filter((one) => one.includes('\\p{'))

/** Texts of ASCII, among them such as people write in a manifest. */
const texts = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'aZ09 _.-:/=+@*$', '{', '}', '~'), maxLength: 12 }),
  fc.constantFrom('aws:x', 'managed-by', 'Administrator', 'path.to_claim', 'emails.value', ''),
)

it('the schema has patterns with classes of Unicode', () => {
  expect(patterns.length).toBeGreaterThan(8)
  expect(asciiPattern('^[a-z]+$')).toBeUndefined()
})

describe.each(patterns)('the pattern of ASCII for %s', (pattern) => {
  const [whole, ascii] = [new RegExp(pattern, 'u'), new RegExp(asciiPattern(pattern) ?? '', 'u')]

  it('takes the same characters', () => {
    const all = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
    expect(all.filter((one) => ascii.test(one))).toEqual(all.filter((one) => whole.test(one)))
  })

  it('takes the same texts', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(ascii.test(text)).toBe(whole.test(text))
      }),
    )
  })
})
