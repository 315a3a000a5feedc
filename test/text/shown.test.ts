import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { escapeHtml } from '../../src/text/html.ts'
import { inertJson, jsonPieces, jsonText } from '../../src/text/json.ts'
import { printable, shown, shownIn, shownLine } from '../../src/text/shown.ts'
import { isHarmlessYaml, yamlQuoted } from '../../src/text/yaml.ts'

const steering = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u
const order = /^[\s\p{DI}]*:\p{DI}*:|#\p{DI}*#\p{DI}*(vso|teamcity)?\[/imu

/** Texts of all that matters here and of anything else. */
const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'\n\r\t\u001b\u009b\u202e\u200b\u200d\u2028\ufeff\u00ad\ufe0f\ud800\udc00:#[{}\\" ',
      '##[',
      '::',
      'ab',
    ),
    fc.string({ unit: 'binary', maxLength: 2 }),
  ),
})

describe('a text of somebody else', () => {
  it.each([
    ['a line end', 'a\nb', 'a\\u{a}b'],
    ['a carriage return', 'a\rb', 'a\\u{d}b'],
    ['a tab', 'a\tb', 'a\\u{9}b'],
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a sequence of eight bits', '\u009b31mred', '\\u{9b}31mred'],
    ['a bidirectional override', 'a\u202eb', 'a\\u{202e}b'],
    ['a line separator', 'a\u2028b', 'a\\u{2028}b'],
    ['a letter that looks like nothing', 'a\u3164\u115f\u1160\uffa0b', 'a\\u{3164}\\u{115f}\\u{1160}\\u{ffa0}b'],
    ['a sign that looks like nothing', 'a\u2800\u034f\u17b4\u17b5b', 'a\\u{2800}\\u{34f}\\u{17b4}\\u{17b5}b'],
    ['what has no width', 'a\u200bb\u00adc\ufeffd', 'a\\u{200b}b\\u{ad}c\\u{feff}d'],
    ['a tag character beyond 16 bits', 'a\u{e0041}', 'a\\u{e0041}'],
    ['half a surrogate pair', 'a\ud83d', 'a\\u{d83d}'],
    ['a workflow command', '  ::error::x', '  \\u{3a}:error::x'],
    ['one behind signs without width', '\ufe0f:\ufe0f:error::x', '\ufe0f\\u{3a}\ufe0f:error::x'],
    ['the older form anywhere', 'x ##[error]y', 'x \\u{23}#[error]y'],
    ['those of other pipelines', '##vso[a] ##TeamCity[b]', '\\u{23}#vso[a] \\u{23}#TeamCity[b]'],
    ['every script, and emoji', '山田 太郎 ❤️ שלום é', '山田 太郎 ❤️ שלום é'],
    ['the joiner inside an emoji', '👨‍👩‍👧', '👨\\u{200d}👩\\u{200d}👧'],
    ['colons and number signs within', 'a::b #1 ## [', 'a::b #1 ## ['],
    ['what looks shown already', '\\u{202e}', '\\u{202e}'],
  ])('has %s written out', (_what, text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it('steers nothing, gives no order, and is shown once however often', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = shown(text)
        expect(once).not.toMatch(steering)
        expect(once).not.toMatch(order)
        expect(shown(once)).toBe(once)
      }),
    )
  })

  it('keeps its tabs as a line of a file', () => {
    expect(shownLine('\ta\t\r\u001b')).toBe('\ta\t\\u{d}\\u{1b}')
  })

  it('is found wherever data hold it, and nothing else is changed', () => {
    const at = new Date(0)
    const data = { 'k\n': ['a\r', 1, null, undefined, { at, map: new Map([['m\t', true]]) }] }
    expect(shownIn(data)).toEqual({
      'k\\u{a}': ['a\\u{d}', 1, null, undefined, { at, map: new Map([['m\\u{9}', true]]) }],
    })
  })
})

describe('a finished text', () => {
  it('keeps line ends, tabs and colours of ours', () => {
    const ours = '\u001b[1mTitle\u001b[22m\r\n\t\u001b[38;5;1mx\u001b[39m\n'
    expect(printable(ours)).toBe(ours)
  })

  it('loses everything else that steers, and gives no order', () => {
    expect(printable('a\u001b[2Jb\rc\u001b]0;t\u0007\n  ::stop-commands::x\n##[x]\u202e')).toBe(
      'a\\u{1b}[2Jb\\u{d}c\\u{1b}]0;t\\u{7}\n  \\u{3a}:stop-commands::x\n\\u{23}#[x]\\u{202e}',
    )
  })

  it('gives no order on any line, whatever it holds', () => {
    fc.assert(fc.property(texts, (text) => void expect(printable(text)).not.toMatch(order)))
  })
})

describe('a document', () => {
  it('in JSON steers nothing and parses to the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(texts, fc.array(texts)), (value) => {
        const written = jsonText(value, 2)
        expect(written.replaceAll('\n', '')).not.toMatch(steering)
        expect(written).not.toMatch(order)
        expect(JSON.parse(written)).toEqual(value)
        expect(inertJson(written)).toBe(written)
      }),
    )
  })

  it('in YAML steers nothing and parses to the same text', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const written = yamlQuoted(text)
        expect(written).not.toMatch(steering)
        expect(written).not.toMatch(order)
        expect(parse(written)).toBe(text)
      }),
    )
  })

  it.each(['##\ufe0f[error]x', '#\ufe0f#vso[a]'])(
    'in JSON and in YAML gives no order behind signs without width: %j',
    (text) => {
      for (const written of [jsonText(text), yamlQuoted(text)]) {
        expect(written).not.toMatch(order)
        expect(parse(written)).toBe(text)
      }
    },
  )

  it.each(['::error::x', 'a ::error::x', 'a\n  ::x', '##[x]', 'a\u202e', '\u0085'])(
    'in YAML cannot hold %j as it is',
    (text) => {
      expect(isHarmlessYaml(text)).toBe(false)
    },
  )

  it.each(['a::b', 'two\nlines\n', 'arn:aws:iam::aws:policy/X', '日本'])('in YAML can hold %j as it is', (text) => {
    expect(isHarmlessYaml(text)).toBe(true)
  })

  it('in HTML is escaped and written out', () => {
    expect(escapeHtml('<b>\u202e"\'&\n##[x]')).toBe('&lt;b&gt;\\u{202e}&quot;&#39;&amp;\\u{a}\\u{23}#[x]')
  })
})

describe('a document in pieces', () => {
  const values = fc.jsonValue({ stringUnit: 'binary' })
  const documents = fc.oneof(
    fc.dictionary(fc.string(), values),
    fc.record({ rows: fc.array(fc.record({ user: texts, more: values })), last: texts }),
  )

  it('is the text of the whole document', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect([...jsonPieces(document)].join('')).toBe(jsonText(document, 2))
      }),
      { numRuns: 300 },
    )
  })

  it('is that however long a list is, and no piece holds much of it', () => {
    for (const length of [499, 500, 501, 2_500]) {
      const document = {
        rows: Array.from({ length }, (_, index) => ({ index, text: 'a: [\n' })),
        none: [],
        left: undefined,
      }
      const pieces = [...jsonPieces(document)]
      expect(pieces.join('')).toBe(jsonText(document, 2))
      expect(Math.max(...pieces.map((piece) => piece.split('"index"').length - 1))).toBeLessThanOrEqual(500)
    }
  })
})
