import { expect, it } from 'vitest'
import { stepsByFile } from '../../../src/manifest/edit/by-file.ts'
import { stepsTo } from '../../../src/manifest/edit/steps.ts'
import { joinedValue } from '../../../src/manifest/include/whose.ts'
import type { Json } from '../../../src/model/json.ts'

const parts = [
  {
    file: 'sso.yaml',
    limited: false,
    value: { version: 1, users: { t: {} }, assignments: [{ n: 1 }], ignore: { users: ['x'] } },
  },
  {
    file: 'a.yaml',
    limited: true,
    value: { version: 1, users: { a: { e: 1 } }, groups: { g: {} }, assignments: [{ n: 2 }, { n: 3 }] },
  },
  {
    file: 'b.yaml',
    limited: false,
    value: { version: 1, permission_sets: { s: {} }, ignore: { users: ['y', 'z'], groups: ['k'] } },
  },
]
const joined = joinedValue(parts.map(({ value }) => value as Json)) as Record<string, Record<string, Json> & Json[]>

const rows: readonly (readonly [what: string, next: object, files: Readonly<Record<string, readonly string[]>>])[] = [
  ['a field', { users: { ...joined.users, a: { e: 2 } } }, { 'a.yaml': ['put users/a/e'] }],
  ['a new user', { users: { ...joined.users, n: {} } }, { 'sso.yaml': ['add users/n'] }],
  ['a new set', { permission_sets: { ...joined.permission_sets, n: {} } }, { 'b.yaml': ['add permission_sets/n'] }],
  [
    'two groups, where only a limited file has any',
    { groups: { g: {}, n: {}, m: {} } },
    { 'sso.yaml': ['add groups', 'add groups/m'] },
  ],
  ['a new section', { absent: { users: ['o'] } }, { 'sso.yaml': ['add absent'] }],
  [
    'rules of both, and a new one',
    { assignments: [{ n: 3 }, { n: 4 }] },
    { 'sso.yaml': ['remove assignments/0', 'add assignments/3'].toReversed(), 'a.yaml': ['remove assignments/0'] },
  ],
  [
    'items of a list of several',
    { ignore: { users: ['x', 'z', 'w'], groups: ['k'] } },
    { 'sso.yaml': ['add ignore/users/3'], 'b.yaml': ['remove ignore/users/0'] },
  ],
  [
    'a list that one of them has',
    { ignore: { users: ['x', 'y', 'z'], groups: ['k', 'l'] } },
    { 'b.yaml': ['add ignore/groups/1'] },
  ],
  [
    'a list that none of them has',
    { ignore: { ...joined.ignore, permission_sets: ['p'] } },
    { 'sso.yaml': ['add ignore/permission_sets'] },
  ],
  ['a section of several, gone', { ignore: undefined }, { 'sso.yaml': ['remove ignore'], 'b.yaml': ['remove ignore'] }],
  ['what only the manifest has', { limits: ['iam:*'] }, { 'sso.yaml': ['add limits'] }],
]

it.each(rows)('changes the file that says it: %s', (_what, change, files) => {
  const next = JSON.parse(JSON.stringify({ ...joined, ...change })) as Json
  const found = stepsByFile(stepsTo(joined, next), parts)
  const words = [...found].map(([file, steps]) => [file, steps.map(({ does, path }) => `${does} ${path.join('/')}`)])
  expect(Object.fromEntries(words)).toEqual(files)
})
