import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import isValid from '../../src/generated/is-valid.js'
import explained from '../../src/generated/validate.js'
import { isObject, type Json } from '../../src/model/json.ts'
import { bodies } from './bad-manifests.ts'
import { head } from './load.ts'

// One validator decides, and another explains: a manifest that only the second finds fault with would be taken for good.

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('sso.yaml') || (file.endsWith('.yaml') && !file.includes('/')))
  .map((file) => parse(readFileSync(`examples/${file}`, 'utf8').replaceAll(/\$\{\w+\}/g, 'a@example.com')) as Json)
  // A variable stands for a region or an account in one of them.
  .filter((one) => explained(one))

/** What takes the place of something: of each type, and texts that some rules take and others do not. */
const odd: readonly Json[] = [
  ...[null, true, 0, 1, 13, -1, 2.5, '', ' ', 'x', 'a b', '1h', '12h', '99h', '2026-02-30', '111122223333', '*'],
  ...['日本語', '\u0000', '__proto__', '-x', 'all', 'x'.repeat(300), 'a@example.com', 'https://example.com'],
  ...([[], ['x'], ['x', 'x'], [{}], {}, { x: 1 }, { name: 'x' }, { ou: 'A' }, { tag: { a: 'b' } }] as const),
]

/** The same value with one node, `at` steps from the first in the order of the text, replaced or taken out. */
function changed(value: Json, at: number, put: Json | undefined): Json {
  let left = at
  const walk = (node: Json): Json | undefined => {
    left -= 1
    if (left === -1) return put
    if (Array.isArray(node)) return node.flatMap((one: Json) => walk(one) ?? [])
    if (!isObject(node)) return node
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, one]) => {
        const next = walk(one)
        return next === undefined ? [] : [[key, next]]
      }),
    )
  }
  return walk(value) ?? null
}

function nodes(value: Json): number {
  const inner = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  return 1 + inner.reduce((sum: number, one: Json) => sum + nodes(one), 0)
}

test('both validators take the examples', () => {
  expect(examples.length).toBeGreaterThan(8)
  expect(examples.filter((one) => !isValid(one))).toEqual([])
})

test('both validators judge every wrong manifest alike', () => {
  const values = bodies.flatMap(([, body]) => {
    try {
      // Without circles, which aliases can make and JSON has not.
      return [
        JSON.parse(JSON.stringify(parse(`${head}${body.replaceAll(/[«»]/g, '')}`, { logLevel: 'silent' }))) as Json,
      ]
    } catch {
      return []
    }
  })
  expect(values.filter((one) => isValid(one) !== explained(one))).toEqual([])
  expect(values.filter((one) => !isValid(one)).length).toBeGreaterThan(50)
})

test('both validators judge examples alike in which anything is changed', () => {
  const judged = { good: 0, bad: 0 }
  const change = fc.record({ of: fc.constantFrom(...examples), at: fc.nat(), put: fc.option(fc.constantFrom(...odd)) })
  fc.assert(
    fc.property(change, ({ of, at, put }) => {
      const value = changed(of, at % nodes(of), put ?? undefined)
      const good = explained(value)
      judged[good ? 'good' : 'bad'] += 1
      expect(isValid(value)).toBe(good)
    }),
    { numRuns: 3000 },
  )
  expect(Math.min(judged.good, judged.bad)).toBeGreaterThan(100)
})
