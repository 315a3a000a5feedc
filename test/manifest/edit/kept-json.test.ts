import { describe, expect, test } from 'vitest'
import { recorded, withTodo } from '../../../src/manifest/edit/checklist.ts'
import { filledIn } from '../../../src/manifest/edit/gaps.ts'
import { withoutRevocation, withRevocation, withTaken } from '../../../src/manifest/edit/revocation.ts'
import { withEnd, withRule } from '../../../src/manifest/edit/rules.ts'

const manifest = {
  version: 1,
  identity_center: { region: 'eu-west-1' },
  checklist: { mfa_policy: 'todo', activated: {} },
  revoked: { ben: '2026-11-02T10:00:00Z' },
  assignments: [{ users: ['taro'], permission_sets: ['Look'], accounts: ['222233334444'], until: '2026-12-31' }],
}
const rule = { users: ['mika'], permission_sets: ['Look'], accounts: ['sandbox', '222233334444'], until: '2027-01-31' }
const url = 'https://d-1234567890.awsapps.com/start'

/** Each edit of a manifest, and what it makes of it. */
const edits: readonly (readonly [what: string, edit: (text: string) => string | undefined, meant: object])[] = [
  [
    'a revocation',
    (text) =>
      withRevocation(text, '花子', {
        since: '2026-11-28T10:00:00Z',
        taken: ['assignment/Look:user:花子@222233334444'],
      }),
    {
      revoked: {
        ...manifest.revoked,
        花子: { since: '2026-11-28T10:00:00Z', taken: ['assignment/Look:user:花子@222233334444'] },
      },
    },
  ],
  [
    'what was taken',
    (text) => withTaken(text, 'ben', ['membership/ops:ben']),
    { revoked: { ben: { since: '2026-11-02T10:00:00Z', taken: ['membership/ops:ben'] } } },
  ],
  ['the end of a revocation', (text) => withoutRevocation(text, 'ben'), { revoked: undefined }],
  [
    'a step to do',
    (text) => withTodo(text, ['activated:taro']),
    { checklist: { mfa_policy: 'todo', activated: { taro: 'todo' } } },
  ],
  [
    'a step done',
    (text) => recorded(text, ['mfa_policy'], '2026-11-28'),
    { checklist: { mfa_policy: '2026-11-28', activated: {} } },
  ],
  [
    'what init fills in',
    (text) =>
      filledIn(text, [
        { section: 'identity_center', key: 'start_url', value: url },
        { section: 'accounts', key: 'management', value: '111122223333' },
      ]),
    { identity_center: { region: 'eu-west-1', start_url: url }, accounts: { management: '111122223333' } },
  ],
  ['a rule', (text) => withRule(text, rule), { assignments: [...manifest.assignments, rule] }],
  [
    'the end of a rule',
    (text) => withEnd(text, 0, '2027-06-30'),
    { assignments: [{ ...manifest.assignments[0], until: '2027-06-30' }] },
  ],
]

describe.each([
  ['on one line', undefined],
  ['a value a line', 2],
  ['with tabs', '\t'],
])('a manifest that is JSON, %s', (_, indent) => {
  test.each(edits)('is JSON after an edit: %s', (_what, edit, meant) => {
    const expected = JSON.parse(JSON.stringify({ ...manifest, ...meant }))
    expect(JSON.parse(edit(`${JSON.stringify(manifest, null, indent)}\n`) ?? '')).toEqual(expected)
  })
})

test('what is YAML stays as people write it', () => {
  expect(withRule('assignments: []\n', rule)).toBe(
    'assignments: [{ users: [mika], permission_sets: [Look], accounts: [sandbox, "222233334444"], until: 2027-01-31 }]\n',
  )
  expect(withRevocation('{ "version": 1, a: 2 }', 'ben', '2026-11-28T10:00:00Z')).toBe(
    '{ "version": 1, a: 2, revoked: { ben: 2026-11-28T10:00:00Z } }',
  )
})
