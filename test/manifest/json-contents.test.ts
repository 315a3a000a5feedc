import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isMap, isPair, isScalar, isSeq, type Node } from 'yaml'
import { jsonContents } from '../../src/manifest/json-contents.ts'
import { parseWithin, yamlLimits } from '../../src/manifest/yaml-parse.ts'

/** A node without what nobody reads: comments, tokens, and white space behind it. */
function plain(node: unknown): unknown {
  if (isPair(node)) return [plain(node.key), plain(node.value)]
  if (isScalar(node)) return { ...place(node), value: node.value, type: node.type, source: node.source }
  if (isMap(node) || isSeq(node)) return { ...place(node), map: isMap(node), items: node.items.map(plain) }
  return node
}

function place({ range }: Node) {
  return { from: range?.[0], to: range?.[1] }
}

/** What the YAML library makes of a text; the codes of its errors where there are some. */
function byYaml(text: string): unknown {
  const parsed = parseWithin(text)
  if ('what' in parsed) return [parsed.what]
  return parsed.errors.length > 0 ? parsed.errors.map(({ code }) => code) : plain(parsed.document?.contents)
}

const colon = fc.constant(':')

const blank = fc.constantFrom('', '', ' ', '    ', '\t', '\n', '\n  ', '\n\t', '\r\n')

const letter = fc.oneof(
  fc.constantFrom(...'"\\/,:{}[]#&*!|>%@`-? \'ab0山'),
  fc.string({ unit: 'binary', maxLength: 1 }),
)

const text = fc.string({ unit: letter, maxLength: 12 }).map((value) => JSON.stringify(value))

const literal = fc.oneof(
  fc.constantFrom(
    'true',
    'false',
    'null',
    '-0',
    '-1.50',
    '1e5',
    '1E+5',
    '111122223333',
    '1e400',
    '12345678901234567890123',
  ),
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
)

/** JSON texts with white space wherever it may be. */
const { document } = fc.letrec<Record<'document' | 'value' | 'list' | 'map', string>>((tie) => {
  const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''))
  const many = (one: fc.Arbitrary<string>) => fc.array(one, { maxLength: 4 }).map((all) => all.join(','))
  const [list, map] = [
    many(joined(blank, tie('value'), blank)),
    many(joined(blank, text, blank, colon, blank, tie('value'))),
  ]
  return {
    value: fc.oneof({ maxDepth: 5 }, text, literal, tie('list'), tie('map')),
    list: joined(fc.constant('['), list, blank, fc.constant(']')),
    map: joined(fc.constant('{'), map, blank, fc.constant('}')),
    document: joined(blank, fc.oneof(tie('list'), tie('map')), blank),
  }
})

describe('a JSON text', () => {
  test.each([
    '{}',
    '[]',
    '[[], {}, [{}]]',
    ' \n {"a": 1, "b": [true, false, null]}\n\n',
    '{"a":-0,"b":0,"c":-1.5e3,"d":1E+2,"e":111122223333,"f":9007199254740993}',
    '{"a": {"b": {"c": "d"}}, "": "", "a b": "x, y: z # no comment {} []"}',
    '{"twice": 1, "twice": 2, "__proto__": {}, "<<": 3}',
    String.raw`{"a\"b": "\\", "c": "\/\b\f\n\r\t", "d": "\u0041\u00e9\ud83d\ude00\ud800\u0000"}`,
    `{"${'long '.repeat(500)}": 1}`,
    '{"太郎": "山田 😀 \u2028 \ufeff \u00a0"}',
    '{\r\n  "a": [\r\n    1,\r\n    2\r\n  ]\r\n}\r\n',
    '{\n    "a"    :    [\n 1 , 2\n ]\n ,\n "b" : "c"\n}',
    '{"a":"*b","c":"&d","e":"!f","g":"---","h":"%YAML 1.1","i":"| ","j":"?"}',
  ])('%j is the same for both parsers', (text) => {
    expect(plain(jsonContents(text))).toEqual(byYaml(text))
  })

  test('is the same for both parsers, whatever is in it and however it is laid out', () => {
    fc.assert(
      fc.property(document, (text) => {
        expect(plain(jsonContents(text))).toEqual(byYaml(text))
      }),
    )
  })

  test('that is broken, commented, or something else in YAML is left to the YAML parser', () => {
    const broken = [
      ...['', '1', '"a"', 'null', '{a: 1}', "{'a': 1}", '{"a": 1,}', '[1,]', '{"a": 1} # a', '{"a": /* b */ 1}'],
      ...['{"a": 01}', '{"a": .5}', '{"a": +1}', '{"a": NaN}', '{"a": "b\nc"}', '{"a": 1}}', '{"a": 1}\n---\n{}', '{'],
      ...['- {"a": 1}', '{"a": &b 1}', '[1 2]', '{"a" 1}', '{"a"}', '{"a": "\\x41"}', '\u00a0{"a": 1}'],
    ]
    expect(broken.filter((text) => jsonContents(text) !== undefined)).toEqual([])
  })

  test('with a carriage return by itself is left to the YAML parser, which takes it for a letter', () => {
    const texts = ['{"a": 1}\r', '{\r"a": 1}', '{\r\r\n"a": 1\r\r\n}']
    expect(texts.map(jsonContents)).toEqual([undefined, undefined, undefined])
  })

  test('is read as far into the depth as by the YAML parser', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    const { depth } = yamlLimits
    expect(plain(jsonContents(nested(depth)))).toEqual(byYaml(nested(depth)))
    expect([depth + 2, 100_000].map((one) => jsonContents(nested(one)))).toEqual([undefined, undefined])
    expect(byYaml(nested(depth + 2))).toEqual(['depth'])
  })

  test('of too many words is read by neither parser', () => {
    const many = (words: number) => `[${'1,'.repeat(words)}1]`
    expect(jsonContents(many(yamlLimits.words / 2 - 3))).toBeDefined()
    expect(jsonContents(many(yamlLimits.words / 2))).toBeUndefined()
    expect(byYaml(many(yamlLimits.words / 2))).toEqual(['words'])
  })

  test('of a million escapes is read', () => {
    const escaped = '\\"'.repeat(1_000_000)
    expect(plain(jsonContents(`["${escaped}"]`))).toMatchObject({ items: [{ value: '"'.repeat(1_000_000) }] })
  })
})
