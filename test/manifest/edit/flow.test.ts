import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { carriedOut } from '../../../src/manifest/edit/carry-out.ts'
import { stepsTo } from '../../../src/manifest/edit/steps.ts'
import type { JsonObject } from '../../../src/model/json.ts'

/** Lists and mappings between brackets before and after `new` is added at their end. */
const additions: readonly (readonly [what: string, before: string, after: string])[] = [
  ['on one line', 'users: [taro, mika] # all\n', 'users: [taro, mika, new] # all\n'],
  ['on one line with a comma at the end', 'users: [taro, mika, ]\n', 'users: [taro, mika, new ]\n'],
  ['with blanks inside the brackets', 'users: [ taro ]\n', 'users: [ taro, new ]\n'],
  ['empty', 'users: []\n', 'users: [new]\n'],
  ['empty, over lines', 'users: [ # nobody\n]\n', 'users: [ # nobody\n  new\n]\n'],
  ['an item a line', 'users: [\n  taro,\n  mika\n]\n', 'users: [\n  taro,\n  mika,\n  new\n]\n'],
  ['a comma behind the last', 'users: [\n  taro,\n  mika,\n]\n', 'users: [\n  taro,\n  mika,\n  new,\n]\n'],
  [
    'comments behind the items',
    'users: [\n  taro, # main\n  mika # other\n]\n',
    'users: [\n  taro, # main\n  mika, # other\n  new\n]\n',
  ],
  [
    'a comment behind the last comma',
    'users: [\n  taro, # main\n  mika, # other, too\n]\n',
    'users: [\n  taro, # main\n  mika, # other, too\n  new,\n]\n',
  ],
  ['a comment with a comma in it', 'users: [\n  mika # a, b\n]\n', 'users: [\n  mika, # a, b\n  new\n]\n'],
  [
    'comment lines between and at the end',
    'users: [\n  # first\n  taro,\n\n  # second\n  mika\n  # nobody else\n]\n',
    'users: [\n  # first\n  taro,\n\n  # second\n  mika,\n  new\n  # nobody else\n]\n',
  ],
  ['a comma on a line below', 'users: [\n  mika # m\n  ,\n]\n', 'users: [\n  mika # m\n  ,\n  new,\n]\n'],
  [
    'the bracket behind the last item',
    'users: [\n  taro,\n  mika] # all\n',
    'users: [\n  taro,\n  mika,\n  new] # all\n',
  ],
  ['the bracket behind the last comma', 'users: [\n  taro,\n  mika, ]\n', 'users: [\n  taro,\n  mika,\n  new, ]\n'],
  ['the first item beside the bracket', 'users: [taro,\n  mika]\n', 'users: [taro,\n  mika,\n  new]\n'],
  [
    'several items a line',
    'users: [\n  taro, saki,\n  mika, jiro # two\n]\n',
    'users: [\n  taro, saki,\n  mika, jiro, new # two\n]\n',
  ],
  [
    'commas in front',
    'users: [\n    taro # t\n  , mika # m\n]\n',
    'users: [\n    taro # t\n  , mika # m\n  , new\n]\n',
  ],
  ['commas in front and a bracket', 'users: [\n    taro\n  , mika]\n', 'users: [\n    taro\n  , mika\n  , new]\n'],
  ['one item', 'users: [\n    taro\n]\n', 'users: [\n    taro,\n    new\n]\n'],
  [
    'an anchor before the last',
    'users: [\n  taro,\n  &m mika # m\n]\n',
    'users: [\n  taro,\n  &m mika, # m\n  new\n]\n',
  ],
  [
    'quotes that hold brackets',
    `users: [\n  "a # ]",\n  'b, c' # d\n]\n`,
    `users: [\n  "a # ]",\n  'b, c', # d\n  new\n]\n`,
  ],
  ['no line end at the end', 'users: [\n  taro\n  ]', 'users: [\n  taro,\n  new\n  ]'],
  [
    'in a mapping between braces',
    'all: { users: [\n  taro, # t\n  mika # m\n  ], b: 1 } # e\n',
    'all: { users: [\n  taro, # t\n  mika, # m\n  new\n  ], b: 1 } # e\n',
  ],
]

/** The same beyond its last line break: every form also with line ends of Windows. */
const ends = [
  ['LF', (text: string) => text],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
] as const

const plain = (text: string) => parse(text, { logLevel: 'error' }) as JsonObject

/** A value with another list of users, wherever it is. */
function withUsers(value: JsonObject, change: (users: readonly string[]) => readonly string[]): JsonObject {
  if (!('all' in value)) return { ...value, users: change(value.users as string[]) }
  return { ...value, all: withUsers(value.all as JsonObject, change) }
}

describe.each(ends)('a list between brackets in a text with %s', (_name, ended) => {
  it.each(additions)('takes one item more: %s', (_what, before, after) => {
    const [text, expected] = [ended(before), ended(after)]
    const next = withUsers(plain(text), (users) => [...users, 'new'])
    const made = carriedOut(text, stepsTo(plain(text), next))
    expect(made).toBe(expected)
    expect(plain(String(made))).toEqual(next)
  })

  it.each(additions.filter(([what]) => !what.startsWith('empty')))(
    'loses an item that it was given, and is as before: %s',
    (_what, before, after) => {
      const text = ended(after)
      const next = withUsers(plain(text), (users) => users.filter((one) => one !== 'new'))
      const made = carriedOut(text, stepsTo(plain(text), next))
      expect(plain(String(made))).toEqual(next)
      // White space alone may differ where something is on a line with others.
      const squeezed = (one: string) => one.replace(/\s*,?\s*\]/, ']')
      expect(squeezed(String(made))).toBe(squeezed(ended(before)))
    },
  )

  it.each<readonly [string, string, string, string]>([
    ['the first', 'taro', 'users: [\n  taro, # t\n  mika # m\n]\n', 'users: [\n  mika # m\n]\n'],
    ['the last', 'mika', 'users: [\n  taro, # t\n  mika # m\n]\n', 'users: [\n  taro # t\n]\n'],
    ['the last with a comma', 'mika', 'users: [\n  taro, # t\n  mika, # m\n]\n', 'users: [\n  taro, # t\n]\n'],
    [
      'one between',
      'saki',
      'users: [\n  taro,\n  saki, # s\n  # above mika\n  mika\n]\n',
      'users: [\n  taro,\n  # above mika\n  mika\n]\n',
    ],
    ['the only one', 'taro', 'users: [\n  taro # t\n]\n', 'users: [\n]\n'],
  ])('loses an item with its line: %s', (_what, gone, before, after) => {
    const text = ended(before)
    const next = withUsers(plain(text), (users) => users.filter((one) => one !== gone))
    expect(carriedOut(text, stepsTo(plain(text), next))).toBe(ended(after))
  })

  it('takes entries of a mapping between braces, each on a line of its own', () => {
    const text = ended('groups: {\n  ops: { members: [taro] }, # o\n  dev: {} # d\n}\n')
    const next = { groups: { ops: { members: ['taro'] }, dev: {}, new: { description: 'New' }, more: {} } }
    expect(carriedOut(text, stepsTo(plain(text), next))).toBe(
      ended(
        'groups: {\n  ops: { members: [taro] }, # o\n  dev: {}, # d\n  new: { description: New },\n  more: {}\n}\n',
      ),
    )
  })
})
