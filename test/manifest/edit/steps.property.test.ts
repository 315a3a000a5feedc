import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { carriedOut } from '../../../src/manifest/edit/carry-out.ts'
import { stepsTo } from '../../../src/manifest/edit/steps.ts'
import { canonical, type Json, type JsonObject } from '../../../src/model/json.ts'

const names = [
  'taro',
  '花子',
  'a.b@c.d',
  'on',
  '1e3',
  'x: y',
  'a #b',
  "o'k",
  '222233334444',
  '$' + '{NAME}',
  'two words',
  '-',
  '',
]
const word = fc.constantFrom(...names)
const list = fc.uniqueArray(word, { maxLength: 3 })
const key = word.filter((one) => one !== '')
const user = fc.record({ given_name: word, email: word, title: word }, { requiredKeys: ['given_name'] })
const group = fc.record({ description: word, members: list }, { requiredKeys: [] })
const rule = fc.record({ users: list, permission_sets: list, accounts: list })
const section = <T>(one: fc.Arbitrary<T>) => fc.dictionary(key, one, { maxKeys: 3 })
const manifest = fc.record({
  users: section(user),
  groups: section(group),
  assignments: fc.uniqueArray(rule, { maxLength: 3, selector: JSON.stringify }),
})

/** A part of a text, with the value it is of. */
interface Entry {
  readonly value: Json
  readonly text: string
}

/** A manifest as a person writes it: mappings and lists in either form, quoted keys, and a comment above and behind each line. */
function written(value: JsonObject, flat: readonly boolean[], ends: string) {
  let turn = 0
  let comments = 0
  const entries: Entry[] = []
  const next = () => flat[turn++ % flat.length] ?? false
  const scalar = (one: Json) => JSON.stringify(typeof one === 'string' ? one.replaceAll('${', () => '$${') : one)
  const inline = (one: Json): string => {
    if (Array.isArray(one)) return `[${one.map(inline).join(', ')}]`
    if (typeof one !== 'object' || one === null) return scalar(one)
    const inner = Object.entries(one).map(([name, each]) => `${scalar(name)}: ${inline(each as Json)}`)
    return inner.length === 0 ? '{}' : `{ ${inner.join(', ')} }`
  }
  const isPlain = (one: Json) => typeof one !== 'object' || one === null || Object.keys(one).length === 0
  const remark = () => ` # c${comments++}`
  const lines = (one: Json, indent: string): string[] =>
    Array.isArray(one)
      ? one.flatMap((item: Json) => below(`${indent}-`, item, `${indent}  `))
      : Object.entries(one as JsonObject).flatMap(([name, item]) =>
          below(`${indent}${scalar(name)}:`, item as Json, `${indent}  `),
        )
  const below = (head: string, one: Json, indent: string): string[] => {
    if (isPlain(one) || next()) return [`${head} ${inline(one)}${remark()}`]
    const inner = lines(one, indent)
    // The first key of an item is beside its dash.
    return head.endsWith('-')
      ? [`${head} ${inner[0]?.slice(indent.length)}`, ...inner.slice(1)]
      : [`${head}${remark()}`, ...inner]
  }
  const text = Object.entries(value).flatMap(([name, part]) => {
    if (isPlain(part as Json)) return [`${name}: ${inline(part as Json)}`]
    const rows = Array.isArray(part)
      ? part.map((item: Json) => [item, below('  -', item, '    ')] as const)
      : Object.entries(part as JsonObject).map(
          ([own, item]) => [item as Json, below(`  ${scalar(own)}:`, item as Json, '    ')] as const,
        )
    for (const [item, own] of rows) entries.push({ value: item, text: own.join(ends) })
    return [`${name}:`, ...rows.flatMap(([, own], index) => [`  # above ${name} ${index}`, ...own])]
  })
  return { text: `${text.join(ends)}${ends}`, entries }
}

function meaning(text: string): Json {
  return JSON.parse(JSON.stringify(parse(text)).replaceAll('$${', () => '${')) as Json
}

it('what a text is changed to is what it then means, and all else of it stays', () => {
  let made = 0
  fc.assert(
    fc.property(
      manifest,
      manifest,
      fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
      fc.constantFrom('\n', '\r\n'),
      (before, after, flat, ends) => {
        const { text, entries } = written(before, flat, ends)
        expect(meaning(text)).toEqual(before)
        const result = carriedOut(text, stepsTo(before as Json, after as Json))
        if (typeof result !== 'string') return
        made++
        expect(sorted(meaning(result))).toEqual(sorted(after as Json))
        expect(ends === '\r\n' ? result.replaceAll('\r\n', '').includes('\n') : result.includes('\r')).toBe(false)
        const stays = new Set([...valuesOf(after as JsonObject)].map(canonical))
        const kept = entries.filter(
          ({ value }) => stays.has(canonical(value)) && isStill(value, before as JsonObject, after as JsonObject),
        )
        for (const { text: own } of kept) expect(result).toContain(own)
        for (const [comment] of text.matchAll(/^ +# above .*$/gm)) expect(result).toContain(comment.trim())
      },
    ),
    { numRuns: 120 },
  )
  expect(made).toBeGreaterThan(80)
})

it('what was JSON is JSON afterwards', () => {
  fc.assert(
    fc.property(manifest, manifest, fc.constantFrom(undefined, 1, 2, '\t'), (before, after, indent) => {
      const escaped = (one: unknown) => JSON.stringify(one, null, indent).replaceAll('${', () => '$${')
      const result = carriedOut(escaped(before), stepsTo(before as Json, after as Json))
      const plain = JSON.parse(String(result).replaceAll('$${', () => '${')) as Json
      expect(sorted(plain)).toEqual(sorted(after as Json))
    }),
    { numRuns: 120 },
  )
})

function valuesOf(value: JsonObject): readonly Json[] {
  return Object.values(value).flatMap((part) => Object.values(part as JsonObject) as Json[])
}

/** True for an entry that is under the same key, or in the same list, before and after. */
function isStill(value: Json, before: JsonObject, after: JsonObject): boolean {
  return Object.entries(before).some(([name, part]) =>
    Object.entries(part as JsonObject).some(
      ([own, one]) =>
        one === value &&
        (Array.isArray(part)
          ? (after[name] as readonly Json[]).some((other) => canonical(other) === canonical(value))
          : canonical(((after[name] as JsonObject)[own] ?? null) as Json) === canonical(value)),
    ),
  )
}

/** Lists in which order means nothing. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, sorted(one as Json)]))
}
