import { expect, it } from 'vitest'
import { accessCsv, csvCell } from '../../src/report/access/csv.ts'
import { accessHtml } from '../../src/report/access/html.ts'
import { accessJson } from '../../src/report/access/json.ts'
import { accessMarkdown } from '../../src/report/access/markdown.ts'
import { accessText } from '../../src/report/access/text.ts'
import { accessIn } from './support/world.ts'

const home = accessIn({
  users: ['山田太郎', 'hanako'],
  groups: { staff: ['hanako'], empty: [] },
  assignments: ['Admin user 山田太郎', 'Read group staff', 'Read group empty', 'Read user 9067-gone'],
})

const notChecked = { applications: 2 }

it('is a table where it fits, with wide characters in line', () => {
  expect(
    accessText(home, notChecked, { width: 100, color: false }),
  ).toBe(`User       Account              Permission set  Session  Via
hanako     home (111122223333)  Read            1h       group staff
山田太郎   home (111122223333)  Admin           8h       direct       administrator
9067-gone  home (111122223333)  Read            1h       direct       orphaned: user deleted

Granted to empty groups (no one has this yet):
  empty: Read (1h) on home (111122223333)

2 users, 1 account, 2 grants; 1 user is an administrator of at least one account. 1 orphaned
assignment (user or group deleted).
Not checked: 2 applications in IAM Identity Center, account access manager, and access outside IAM
Identity Center.
`)
})

it('is a list where the terminal is narrow, and no line is longer than the longest name asks for', () => {
  const text = accessText(home, notChecked, { width: 60, color: false })
  expect(text).toContain('山田太郎\n  home (111122223333)\n    Admin  8h  direct  administrator\n')
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(60)
})

it.each([
  ['Nobody has access.', false],
  ['Nothing matches the filter.', true],
] as const)('has one line when there is nothing to tell, and what it did not look at: %s', (line, narrowed) => {
  const nothing = { rows: [], idle: [], narrowed }
  expect(accessText(nothing, { applications: 0 }, { width: 80, color: false })).toBe(
    `${line}\n\nNot checked: account access manager and access outside IAM Identity Center.\n`,
  )
})

it.each([
  ['no applications', 0, 'account access manager and access outside IAM Identity Center'],
  [
    'one application',
    1,
    '1 application in IAM Identity Center, account access manager, and access outside IAM Identity Center',
  ],
  [
    'applications it could not count',
    undefined,
    'applications in IAM Identity Center, account access manager, and access outside IAM Identity Center',
  ],
] as const)('says in every form that can hold it what was not looked at: %s', (_what, applications, words) => {
  const unseen = { applications }
  const forms = [
    accessText(home, unseen, { width: 200, color: false }),
    accessMarkdown(home, unseen),
    accessHtml(home, unseen, { at: new Date(0), region: 'eu-west-1' }),
  ]
  for (const form of forms) expect(form).toContain(`Not checked: ${words}.`)
  expect(accessJson(home, unseen, [], '1.0.0').not_checked).toEqual({
    applications: applications ?? null,
    account_access_manager: null,
    outside_identity_center: null,
  })
})

it('is CSV by RFC 4180', () => {
  expect(accessCsv(home).split('\r\n').slice(0, 3)).toEqual([
    'user,account_id,account,permission_set,session_duration,via,group,administrative,orphan,disabled,denied',
    'hanako,111122223333,home,Read,1h,group,staff,no,no,no,no',
    '山田太郎,111122223333,home,Admin,8h,direct,,yes,no,no,no',
  ])
  expect(accessCsv(home).endsWith('\r\n')).toBe(true)
})

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', 'two\\u{a}lines'],
  [' padded ', '" padded "'],
  ['=1+1', "'=1+1"],
  ['+81', "'+81"],
  ['-rm', "'-rm"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\\u{9}=1"],
  ['\r=1', "'\\u{d}=1"],
  [' =HYPERLINK("x")', '"\' =HYPERLINK(""x"")"'],
  ['＝1', "'＝1"],
])('keeps %j a text in a spreadsheet', (value, cell) => {
  expect(csvCell(value)).toBe(cell)
})

it('is a Markdown table that names cannot break', () => {
  const odd = accessIn({
    users: ['a|b', '<img/src=x>', '`tick`', '[x](y)'],
    assignments: ['Read user a|b', 'Read user <img/src=x>', 'Read user `tick`', 'Read user [x](y)'],
  })
  const rows = accessMarkdown(odd, notChecked)
    .split('\n')
    .filter((line) => line.startsWith('| ') && line.includes('Read'))
  expect(rows.map((line) => line.split(' | ')[0])).toEqual([
    '| \\<img/src=x\\>',
    '| \\[x\\](y)',
    '| \\`tick\\`',
    '| a\\|b',
  ])
})
