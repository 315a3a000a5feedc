import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicy, policyNumber, samePolicy } from '../../src/policies/document.ts'

describe('numbers of a policy', () => {
  it.each<[string, number | string]>([
    ['0', 0],
    ['10', 10],
    ['-3600', -3600],
    ['0.1', 0.1],
    ['1.2', 1.2],
    ['111122223333', 111122223333],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', '9007199254740993'],
    ['123456789012345678901', '123456789012345678901'],
    ['-123456789012345678901', '-123456789012345678901'],
    ['1.0', '1.0'],
    ['1.20', '1.20'],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['-0', '-0'],
    ['1e3', '1e3'],
    ['1E400', '1E400'],
    ['1e-400', '1e-400'],
  ])('%s is kept as %j', (text, value) => {
    expect(policyNumber(text)).toBe(value)
    const policy = `{ "Statement": [{ "Condition": { "NumericEquals": { "aws:x": [${text},"${text}"] } } }] }`
    expect(parsePolicy(policy)).toEqual({
      Statement: [{ Condition: { NumericEquals: { 'aws:x': [value, text] } } }],
    })
  })

  it('mean the same with and without quotes', () => {
    const policy = (value: string) =>
      parsePolicy(`{ "Statement": { "Effect": "Deny", "Condition": { "NumericEquals": { "aws:x": ${value} } } } }`)
    for (const text of ['12', '1.0', '123456789012345678901', '1e400'])
      expect(samePolicy(policy(text), policy(`"${text}"`))).toBe(true)
    expect(samePolicy(policy('9007199254740993'), policy('9007199254740992'))).toBe(false)
  })

  it('keep their digits when the policy is written and read again', () => {
    const number = fc.stringMatching(/^-?(0|[1-9]\d{0,30})(\.\d{1,30})?([eE][+-]?\d{1,3})?$/)
    fc.assert(
      fc.property(number, (text) => {
        const read = parsePolicy(`{"a":[${text}]}`)
        expect(JSON.stringify(read).replaceAll('"', '')).toBe(`{a:[${text}]}`)
        expect(parsePolicy(JSON.stringify(read))).toEqual(read)
      }),
    )
  })
})

it.each([
  '{"a": 01}',
  '{"a": 1.}',
  '{"a": +1}',
  '{1.0: 2}',
  '{12345678901234567890: 1}',
  '{"a": 1.0.0}',
  '[1.0 2]',
  '',
])('what is no JSON stays no JSON: %j', (text) => expect(() => parsePolicy(text)).toThrow(SyntaxError))

it('what looks like a number inside a text is a text, escapes included', () => {
  const value = { '1.0': 'a "1.0" \\', b: 'x\\"12345678901234567890' }
  expect(parsePolicy(JSON.stringify(value))).toEqual(value)
})
