import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { head, load, marked, placeOf, refusal } from './load.ts'

const root = new URL('../../', import.meta.url).pathname
const samples = [
  'sso.yaml',
  ...readdirSync(join(root, 'examples')).flatMap((name) => (name.endsWith('.yaml') ? [join('examples', name)] : [])),
]

/** What a hand does, in a manifest with `«…»` around what the error points at; the sentence, and what the hint says to do. */
const rows: readonly (readonly [manifest: string, message: string, hint: string])[] = [
  [
    'users:\n  taro:\n   «g»iven_name: Taro\n    family_name: Yamada\n    email: taro@example.com\n',
    'line 5 starts in column 4, but line 6 at the same level in column 5',
    'start line 5 in column 5 too (4 spaces before it): entries of one level must line up',
  ],
  [
    'permission_sets:\n  Admin:\n    description: Full access\n      «s»ession_duration: 8h\n    managed_policies: []\n',
    'line 6 starts in column 7, but line 5 at the same level in column 5',
    'start line 6 in column 5 too (4 spaces before it): entries of one level must line up',
  ],
  [
    'assignments:\n  - users: [taro]\n   «p»ermission_sets: [Admin]\n    accounts: [management]\n',
    'line 5 starts in column 4, but line 4 at the same level in column 5',
    'start line 5 in column 5 too (4 spaces before it): entries of one level must line up',
  ],
  [
    ' «u»sers: {}\n',
    'line 3 starts in column 2, but line 2 at the same level in column 1',
    'start line 3 in column 1 too (no space before it): entries of one level must line up',
  ],
  ['users:\n«\t»taro:\n\t\tgiven_name: Taro\n', 'tabs are used for indentation, on 2 lines', 'indent with spaces'],
  [
    'permission_sets:\n  Admin:\n    description«：» Full access\n    session_duration: 8h\n',
    'full-width colon "：" (U+FF1A) where YAML needs a ":" and a space after a key',
    'turn the input method off and type a plain ":"',
  ],
  [
    'permission_sets:\n  Admin:\n    session_duration:«　»8h\n    description: x\n',
    'full-width space (U+3000) where YAML needs a space after the ":"',
    'turn the input method off and type a plain space',
  ],
  [
    'users:\n  taro:\n«　»　given_name: Taro\n    family_name: Yamada\n',
    'full-width space (U+3000) where YAML needs plain spaces at the start of a line',
    'turn the input method off and type a plain space',
  ],
  [
    'assignments:\n  «－» users: [taro]\n    accounts: [management]\n',
    'full-width hyphen "－" (U+FF0D) where YAML needs a "-" at the start of a list item',
    'turn the input method off and type a plain "-"',
  ],
  [
    'assignments:\n  «ー» users: [taro]\n    accounts: [management]\n',
    'long vowel mark "ー" (U+30FC) where YAML needs a "-" at the start of a list item',
    'turn the input method off and type a plain "-"',
  ],
  [
    'groups:\n  g: { members: [taro«］» }\n',
    'the [ is closed by the full-width ］, which is not a YAML bracket',
    'turn the input method off and type ]',
  ],
  ['groups:\n  g:\n    members: «[»taro\n    description: x\n', 'the [ is not closed', 'add the closing ]'],
  ['name: «"»abc\nusers: {}\n', 'the " is not closed', 'add the closing "'],
  [
    'permission_sets:\n  Admin:\n    session_duration«:»8h\n    description: x\n',
    'a space is missing after session_duration:',
    'write session_duration: 8h',
  ],
  [
    'users:\n  taro: { given_name: «“Taro”», family_name: Yamada, email: taro@example.com }\n',
    '“ and ” are not quotes in YAML: they would be part of the text',
    'write "Taro"; to keep them in the text, put plain quotes around them',
  ],
  [
    'permission_sets: { Admin: { session_duration: «８h» } }\n',
    'session_duration: "８h" is not a duration',
    '"８" (U+FF18) is a full-width character; turn the input method off and type 8h',
  ],
  [
    'permission_sets: { Admin: { session_duration: «8» } }\n',
    'session_duration: expected text, found the number 8',
    'add a unit: 8h for hours; from 1h to 12h',
  ],
  [
    'user«s»: {}\n«users»: { taro: { external: true } }\ngroups: { g: { members: [taro] } }\n'.replace('«s»', 's'),
    'duplicate key "users"; it is already on line 3',
    'keep one of them',
  ],
  [
    '«user»: { taro: { external: true } }\ngroups: { g: { members: [taro] } }\n',
    'unknown key "user" in the manifest',
    'did you mean "users"?',
  ],
]

describe('a slip of the hand', () => {
  for (const [body, message, hint] of rows)
    test(`is told as what it is, once: ${message}`, async () => {
      const { text, places } = marked(head + body)
      const errors = await refusal(text)
      expect(errors.map((one) => [one.message, one.hint])).toEqual([[message, hint]])
      expect(errors.map(placeOf)).toEqual(places)
    })

  it('leaves alone what is right in another script, and in texts behind | and in quotes', async () => {
    const text = `${head}users:
  花子: { given_name: 花子, family_name: 山田ー, email: hanako@example.com, display_name: "“花子”" }
  taro:
    given_name: |
     太郎：
       －
    family_name: "山
      　田"
    email: taro@example.com
`
    await expect(load(text)).resolves.toBeDefined()
    // Also where something else is wrong.
    const errors = await refusal(`${text}   groups: {}\n`)
    expect(errors.map(({ message }) => message)).toEqual([
      'line 12 starts in column 4, but line 11 at the same level in column 5',
    ])
  })
})

describe.each(samples)('a line of %s that is moved by a column', (name) => {
  const lines = readFileSync(join(root, name), 'utf8').split('\n')
  const inner = lines.flatMap((line, index) => (/^ +[^\s#]/.test(line) ? [index] : []))

  it.each([-1, 1])('is named, and nothing else is: %d', async (by) => {
    for (const index of inner) {
      const line = lines[index] ?? ''
      const text = lines.with(index, by < 0 ? line.slice(1) : ` ${line}`).join('\n')
      const errors = await load(text).then(
        () => [],
        () => refusal(text),
      )
      const levels = errors.filter(({ message }) => message.includes('starts in column'))
      // Some moves are YAML with another meaning, or part of a text on several lines.
      if (levels.length === 0) continue
      expect(errors).toHaveLength(1)
      expect(levels[0]?.message).toContain(`line ${index + 1} `)
    }
  })
})
