import { describe, expect, it } from 'vitest'
import { head, load, marked, placeOf } from './load.ts'

const person = 'given_name: T, family_name: Y, email: t@example.com'
const keptOrDropped = (what: string, text: string) =>
  `${what} white space, which AWS may keep or drop: ${JSON.stringify(text)}`

describe('white space at the ends of a text', () => {
  const rows: readonly (readonly [message: string, body: string])[] = [
    [
      keptOrDropped('department of user "taro" ends with', 'Eng '),
      `users: { taro: { ${person}, department: «"Eng "» } }`,
    ],
    [
      keptOrDropped('address.street of user "taro" begins and ends with', ' A 1\t'),
      `users: { taro: { ${person}, address: { street: «" A 1\\t"» } } }`,
    ],
    [keptOrDropped('roles of user "taro" begins with', ' Lead'), `users: { taro: { ${person}, roles: [«" Lead"»] } }`],
    [
      'cost_center of user "taro" is nothing but white space, which counts as ""',
      `users: { taro: { ${person}, cost_center: «"   "» } }`,
    ],
    [keptOrDropped('description of group "g" ends with', 'On call '), 'groups: { g: { description: «"On call "» } }'],
    [
      'description of permission set "A" is nothing but white space, which counts as ""',
      'permission_sets: { A: { description: «" \\n"» } }',
    ],
  ]
  it.each(rows)('is a warning at its place: %s', async (message, body) => {
    const { text, places } = marked(`${head}${body}\n`)
    const { warnings } = await load(text)
    expect(warnings.map((one) => [one.code, one.message])).toEqual([['white-space', message]])
    expect(warnings.map(placeOf)).toEqual(places)
  })

  it.each([
    'groups:\n  g:\n    description: |\n      On call\n      by day\n',
    `users: { taro: { ${person}, display_name: "T  Y", cost_center: "" } }\n`,
  ])('is not told of where it is no end, or the one that a block has: %j', async (body) => {
    expect((await load(head + body)).warnings).toEqual([])
  })
})
