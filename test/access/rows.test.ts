import { expect, it } from 'vitest'
import { filtered, unknownWords } from '../../src/access/filter.ts'
import type { AccessRow } from '../../src/access/rows.ts'
import { remarksOf, wayOf } from '../../src/report/access/words.ts'
import { accessIn, type SmallWorld } from './support/world.ts'

/** A row on one line. */
function told(row: AccessRow): string {
  const remarks = remarksOf(row)
  const end = remarks.length > 0 ? ` (${remarks.join(', ')})` : ''
  return `${row.user} ${row.permission_set} ${row.session_duration} on ${row.account_label}, ${wayOf(row)}${end}`
}

const table: readonly (readonly [string, SmallWorld, readonly string[]])[] = [
  ['nobody without assignments', { users: ['taro'], groups: { admins: ['taro'] } }, []],
  [
    'a direct grant',
    { users: ['taro'], assignments: ['Admin user taro'] },
    ['taro Admin 8h on home, direct (administrator)'],
  ],
  [
    'a grant through a group, for each member',
    { users: ['taro', 'hanako'], groups: { staff: ['taro', 'hanako'] }, assignments: ['Read group staff'] },
    ['hanako Read 1h on home, group staff', 'taro Read 1h on home, group staff'],
  ],
  [
    'the same access in two ways is two rows',
    { users: ['taro'], groups: { staff: ['taro'] }, assignments: ['Read group staff', 'Read user taro'] },
    ['taro Read 1h on home, direct', 'taro Read 1h on home, group staff'],
  ],
  [
    'orphans by id, behind the living',
    { users: ['zoe'], assignments: ['Read user 9067-gone', 'Read group 1234-gone', 'Read user zoe'] },
    [
      'zoe Read 1h on home, direct',
      '1234-gone Read 1h on home, group 1234-gone (orphaned: group deleted)',
      '9067-gone Read 1h on home, direct (orphaned: user deleted)',
    ],
  ],
  [
    'a member who no longer exists is an orphan too',
    { users: [], groups: { staff: ['5555-gone'] }, assignments: ['Read group staff'] },
    ['5555-gone Read 1h on home, group staff (orphaned: user deleted)'],
  ],
  [
    'a disabled user keeps the grant and is marked',
    { users: ['taro'], disabled: ['taro'], assignments: ['Admin user taro'] },
    ['taro Admin 8h on home, direct (administrator, disabled)'],
  ],
  [
    'by account name, then id; an account outside the organization by id',
    {
      users: ['taro'],
      accounts: { '222222222222': 'b', '333333333333': 'a' },
      assignments: ['Read user taro 222222222222', 'Read user taro 999999999999', 'Read user taro 333333333333'],
    },
    ['taro Read 1h on 999999999999, direct', 'taro Read 1h on a, direct', 'taro Read 1h on b, direct'],
  ],
]

it.each(table)('access: %s', (_name, world, rows) => {
  expect(accessIn(world).rows.map(told)).toEqual(rows)
})

it('tells grants of groups without members apart, because they reach nobody', () => {
  const { rows, idle } = accessIn({ groups: { empty: [] }, assignments: ['Admin group empty'] })
  const path = 'role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_????????????????'
  const role = { role_arn: null, role_arn_pattern: `arn:aws:iam::111122223333:${path}` }
  expect(rows).toEqual([])
  expect(idle).toEqual([
    {
      group: 'empty',
      account: '111122223333',
      account_label: 'home',
      permission_set: 'Admin',
      session_duration: '8h',
      ...role,
    },
  ])
})

const many: SmallWorld = {
  users: ['taro', 'hanako'],
  groups: { empty: [] },
  accounts: { '111122223333': 'home', '444455556666': 'dev' },
  assignments: [
    'Admin user taro 111122223333',
    'Read user taro 444455556666',
    'Read user hanako 444455556666',
    'Read group empty 444455556666',
  ],
}

it.each([
  ['a user', { users: ['taro'] }, ['Read dev', 'Admin home']],
  ['an account by its name', { accounts: ['dev'] }, ['Read dev', 'Read dev']],
  ['an account by its id and a user', { accounts: ['444455556666'], users: ['hanako'] }, ['Read dev']],
  ['sets', { sets: ['Admin', 'Read'] }, ['Read dev', 'Read dev', 'Admin home']],
  ['nothing for a name in another case', { users: ['Taro'] }, []],
])('narrows to %s', (_what, filter, rows) => {
  const found = filtered(accessIn(many), filter)
  expect(found.rows.map((row) => `${row.permission_set} ${row.account_label}`)).toEqual(rows)
  expect(found.narrowed).toBe(true)
  // Grants of an empty group are nobody's, so a filter by user has none.
  expect(found.idle).toHaveLength('users' in filter ? 0 : 1)
})

it('says of a filter word that names nothing what comes close', () => {
  const known = { users: new Set(['taro']), accounts: new Set(['home']), sets: new Set(['Read']) }
  const words = unknownWords({ users: ['Taro', 'taro'], accounts: ['home'], sets: ['Write'] }, known)
  const all = 'names must match exactly, including case; run access without the filter to see them all'
  expect(words.map(({ message, hint }) => [message, hint])).toEqual([
    ['there is no user called Taro', `did you mean taro? ${all}`],
    ['there is no permission set called Write', all],
  ])
})
