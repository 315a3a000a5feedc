import { describe, expect, it } from 'vitest'
import { type Files, folderOf, head, loadIn, problemsIn } from './files.ts'

const base = `${head}accounts: { management: "111122223333", dev: "222233334444", prod: "333344445555" }
users: { taro: { external: true }, a-jiro: { external: true } }
groups: { crew: {}, B-devs: {} }
permission_sets: { Look: {}, Admin: {}, B-Dev: {} }
assignments: []
`
/** A file of a team, with limits. */
const limited = (only: string, team: string): Files => ({
  'sso.yaml': `${base}include: [{ files: a.yaml, only: ${only} }]\n`,
  'a.yaml': `version: 1\n${team}`,
})
const usual =
  '{ groups: ["A-*"], permission_sets: ["A-*"], accounts: [dev], refer_to: { users: ["a-*"], groups: [crew], permission_sets: [Look] } }'
const limit = 'sso.yaml:8:28'
const sets = 'permission_sets: { A-Dev: {} }\n'

const person = 'given_name: X, family_name: Y, email: x@example.com'

/** What a team writes, and what is said of it; the limit is always named. */
const refused: readonly (readonly [what: string, team: string, problems: readonly string[], only?: string])[] = [
  [
    'a group of others',
    'groups: { C: {} }\n',
    ['a.yaml:2:11 group "C" is beyond what LIMIT lets this file declare: A-*'],
  ],
  [
    'a name in another case',
    'groups: { a-devs: {} }\n',
    ['a.yaml:2:11 group "a-devs" is beyond what LIMIT lets this file declare: A-*'],
  ],
  [
    'a set of others',
    'permission_sets: { C: {} }\n',
    ['a.yaml:2:20 permission set "C" is beyond what LIMIT lets this file declare: A-*'],
  ],
  [
    'a set of others as external',
    'permission_sets: { Root: { external: true } }\n',
    ['a.yaml:2:20 permission set "Root" is beyond what LIMIT lets this file declare: A-*'],
  ],
  [
    'a rename of a group of others',
    'groups: { A-x: { was: Owners } }\n',
    ['a.yaml:2:23 group "Owners" is beyond what LIMIT lets this file rename: A-*'],
  ],
  [
    'a rename of a set of others',
    'permission_sets: { A-x: { was: Root } }\n',
    ['a.yaml:2:32 permission set "Root" is beyond what LIMIT lets this file rename: A-*'],
  ],
  ['users', 'users: { a-new: { external: true } }\n', ['a.yaml:2:1 users is more than LIMIT lets this file declare']],
  ['no users at all, which removes all', 'users: {}\n', ['a.yaml:2:1 users is more than LIMIT lets this file declare']],
  ['nicknames', 'accounts: { x: "333344445555" }\n', ['a.yaml:2:1 accounts is more than LIMIT lets this file declare']],
  ['removals', 'absent: { users: [old] }\n', ['a.yaml:2:1 absent is more than LIMIT lets this file declare']],
  ['blind spots', 'ignore: { users: [old] }\n', ['a.yaml:2:1 ignore is more than LIMIT lets this file declare']],
  [
    'applications where no limit names any',
    'applications: { A-x: {} }\n',
    ['a.yaml:2:1 applications is more than LIMIT lets this file declare'],
  ],
  [
    'an application of others, by its name or its ARN, whom it may not name, and protection of one',
    `applications: { B: {}, "arn:aws:sso::111122223333:application/ssoins-1234567890abcdef/apl-1234567890abcdef": {}, A-x: { users: [taro], protect: true } }\n`,
    [
      'a.yaml:2:17 application "B" is beyond what LIMIT lets this file declare: A-*',
      'a.yaml:2:24 application "arn:aws:sso::111122223333:application/ssoins-1234567890abc… is beyond what LIMIT lets this file declare: A-*',
      'a.yaml:2:129 user "taro" is beyond what LIMIT lets this file name: a-*',
      'a.yaml:2:136 protect is more than LIMIT lets this file declare',
    ],
    '{ applications: ["A-*"], refer_to: { users: ["a-*"] } }',
  ],
  [
    'a manager whom it may not name',
    `users: { a-x: { ${person}, manager: taro }, a-y: { ${person.replace('x@', 'y@')}, manager: a-jiro } }\n`,
    ['a.yaml:2:79 user "taro" is beyond what LIMIT lets this file name: a-*'],
    '{ users: ["a-*"] }',
  ],
  [
    'an application for everybody, where it may not name all users',
    'applications: { A-x: { assignment_required: false }, A-y: { assignment_required: true } }\n',
    [
      'a.yaml:2:45 every user may open application "A-x" then, which is beyond the users that LIMIT lets this file name: a-*',
    ],
    '{ applications: ["A-*"], refer_to: { users: ["a-*"] } }',
  ],
  [
    'an application for everybody, where it may name nobody',
    'applications: { A-x: { assignment_required: false } }\n',
    [
      'a.yaml:2:45 every user may open application "A-x" then, which is beyond the users that LIMIT lets this file name: none',
    ],
    '{ applications: ["A-*"], groups: ["*"] }',
  ],
  [
    'protection of a group',
    'groups: { A-x: { protect: true } }\n',
    ['a.yaml:2:18 protect is more than LIMIT lets this file declare'],
  ],
  [
    'protection of a set',
    'permission_sets: { A-x: { protect: false } }\n',
    ['a.yaml:2:27 protect is more than LIMIT lets this file declare'],
  ],
  [
    'protection of a rule',
    'assignments: [{ groups: [crew], permission_sets: [Look], accounts: [dev], protect: true }]\n',
    ['a.yaml:2:75 protect is more than LIMIT lets this file declare'],
  ],
  [
    'a member that it may not name',
    'groups: { A-x: { members: [a-jiro, taro] } }\n',
    ['a.yaml:2:36 user "taro" is beyond what LIMIT lets this file name: a-*'],
  ],
  [
    'a grant to others, of what is of others',
    'assignments: [{ users: [taro], groups: [B-devs], permission_sets: [Admin, B-Dev], accounts: [dev] }]\n',
    [
      'a.yaml:2:25 user "taro" is beyond what LIMIT lets this file name: a-*',
      'a.yaml:2:41 group "B-devs" is beyond what LIMIT lets this file name: A-* and crew',
      'a.yaml:2:68 permission set "Admin" is beyond what LIMIT lets this file name: A-* and Look',
      'a.yaml:2:75 permission set "B-Dev" is beyond what LIMIT lets this file name: A-* and Look',
    ],
  ],
  [
    'accounts of others, by every word',
    `${sets}assignments: [{ groups: [crew], permission_sets: [A-Dev], accounts: [dev, prod, "333344445555", management, "111122223333", all] }]\n`,
    [
      'a.yaml:3:75 account "prod" is beyond the accounts that LIMIT lets this file assign in',
      'a.yaml:3:81 account "333344445555" is beyond the accounts that LIMIT lets this file assign in',
      'a.yaml:3:97 account "management" is beyond the accounts that LIMIT lets this file assign in',
      'a.yaml:3:109 account "111122223333" is beyond the accounts that LIMIT lets this file assign in',
      'a.yaml:3:125 account "all" is beyond the accounts that LIMIT lets this file assign in',
    ],
  ],
  [
    'all accounts but those of others',
    'assignments: [{ groups: [crew], permission_sets: [Look], accounts: [all], except: [prod] }]\n',
    ['a.yaml:2:69 account "all" is beyond the accounts that LIMIT lets this file assign in'],
    '{ accounts: [{ ou: A }], refer_to: { groups: [crew], permission_sets: [Look] } }',
  ],
  [
    'the management account where the limit is wide',
    'assignments: [{ groups: [crew], permission_sets: [Look], accounts: [management] }]\n',
    ['a.yaml:2:69 account "management" is beyond the accounts that LIMIT lets this file assign in'],
    '{ accounts: [all, { ou: A }], refer_to: { groups: [crew], permission_sets: [Look] } }',
  ],
  [
    'rules without accounts in the limits',
    'assignments: []\n',
    ['a.yaml:2:1 assignments is more than LIMIT lets this file declare'],
    '{ groups: [A], permission_sets: [A] }',
  ],
  [
    'rules without sets in the limits',
    'assignments: []\n',
    ['a.yaml:2:1 assignments is more than LIMIT lets this file declare'],
    '{ groups: [A], accounts: [all] }',
  ],
  [
    'principals that the limits do not speak of',
    'assignments: [{ users: [a-jiro], groups: [crew], permission_sets: [Look], accounts: [dev] }]\n',
    [
      'a.yaml:2:25 user "a-jiro" is beyond what LIMIT lets this file name: none',
      'a.yaml:2:43 group "crew" is beyond what LIMIT lets this file name: none',
    ],
    '{ accounts: [all, dev], refer_to: { permission_sets: [Look] } }',
  ],
  [
    'an alias for a name of others',
    'groups: { A-x: { members: &m [taro] }, A-y: { members: *m } }\n',
    ['a.yaml:2:31 user "taro" is beyond what LIMIT lets this file name: a-*'],
  ],
  [
    'a variable for a name of others',
    `groups: { "$${'{SSO_TEAM:-A}'}-x": {}, "B-$${'{SSO_TEAM}'}": {} }\n`.replaceAll('$$', '$'),
    ['a.yaml:2:35 group "B-A" is beyond what LIMIT lets this file declare: A-*'],
  ],
]

describe('a file with limits', () => {
  const rows = refused.map(([what, team, problems, only = usual]) => [what, team, problems, only] as const)
  it.each(rows)('may not declare or name: %s', async (_what, team, problems, only) => {
    const found = await problemsIn(folderOf(limited(only, team)))
    expect(found.filter((one) => one.includes(' include-limit '))).toEqual(
      problems.map((one) => one.replace(/^(\S+) /, '$1 include-limit ').replace('LIMIT', limit)),
    )
  })

  it('may say all that is within', async () => {
    const team = `groups: { A-devs: { was: A-old, members: [a-jiro] } }
permission_sets: { A-Dev: { was: A-Old, managed_policies: [ReadOnlyAccess] } }
assignments:
  - { users: [a-jiro], groups: [crew, A-devs], permission_sets: [Look, A-Dev], accounts: [dev, "222233334444"] }
  - { groups: [crew], permission_sets: [Look], accounts: [{ ou: A }, { tag: { team: a } }, { name: Dev }] }
`
    const folder = folderOf(limited(usual, team))
    expect(await problemsIn(folder)).toEqual([])
    const { bounds } = await loadIn(folder)
    expect(bounds?.map(({ row, accounts }) => [row, accounts])).toEqual([
      [0, ['dev']],
      [1, ['dev']],
    ])
  })

  it.each([
    ['permission_sets', 'permission sets created by sso-reconcile'],
    ['assignments', 'assignments of all declared permission sets'],
  ])('does not open %s by itself: with a section, what no file lists is removed', async (section, what) => {
    const value = section === 'assignments' ? '[]' : '{}'
    const files = limited(
      '{ users: ["*"], groups: ["*"], permission_sets: ["*"], accounts: [all] }',
      `${section}: ${value}\n`,
    )
    const without = {
      ...files,
      'sso.yaml': (files['sso.yaml'] ?? '')
        .replace(new RegExp(`^${section}: .*\n`, 'm'), '')
        .replace(/^assignments: \[\]\n/m, section === 'assignments' ? '' : 'assignments: []\n'),
    }
    const problems = await problemsIn(folderOf(without))
    expect(problems).toContain(
      `a.yaml:2:1 include-closed no file without limits has ${section}; with it, ${what} that no file lists are removed`,
    )
    // The advice, tried.
    const with_ = { ...without, 'sso.yaml': `${without['sso.yaml']}${section}: ${value}\n` }
    expect(await problemsIn(folderOf(with_))).toEqual([])
  })

  it('is told of unknown accounts in its limits', async () => {
    expect(await problemsIn(folderOf(limited('{ groups: [A], accounts: [nowhere] }', '')))).toEqual([
      'sso.yaml:8:60 account-undeclared account "nowhere" is not a nickname under accounts',
    ])
  })
})

describe('several files', () => {
  const files = (a: string, b: string, top = ''): Files => ({
    'sso.yaml': `${head}include: [b.yaml, a.yaml]\n${top}`,
    'a.yaml': `version: 1\n${a}`,
    'b.yaml': `version: 1\n${b}`,
  })

  it.each([
    ['users', '{ taro: { external: true } }', 'user "taro"', 10],
    ['groups', '{ crew: {} }', 'group "crew"', 11],
    ['permission_sets', '{ Look: {} }', 'permission set "Look"', 20],
    ['accounts', '{ dev: "222233334444" }', 'account nickname "dev"', 13],
  ])('that declare one of %s twice are refused, with both places', async (section, value, what, column) => {
    const one = `${section}: ${value}\n`
    expect(await problemsIn(folderOf(files(one, one)))).toEqual([
      `a.yaml:2:${column} declared-twice ${what} is declared at b.yaml:2:${column} too`,
    ])
    expect(await problemsIn(folderOf(files(one, '', one)))).toEqual([
      `a.yaml:2:${column} declared-twice ${what} is declared at sso.yaml:4:${column} too`,
    ])
  })

  it('name both places where names differ in case, where addresses are the same, and where one removes what another declares', async () => {
    const user = (name: string, email: string) =>
      `users: { ${name}: { given_name: T, family_name: Y, email: ${email} } }\n`
    expect(await problemsIn(folderOf(files(user('taro', 't@example.com'), user('Taro', 'T@example.com'))))).toEqual([
      'a.yaml:2:10 user-case user names "Taro" and "taro" differ only in case (b.yaml:2:10)',
      'a.yaml:2:56 email-duplicate users "Taro" and "taro" have the same e-mail address (b.yaml:2:10)',
    ])
    expect(await problemsIn(folderOf(files('groups: { crew: {} }\n', 'absent: { groups: [crew] }\n')))).toEqual([
      'b.yaml:2:20 conflict "crew" is both declared and absent (a.yaml:2:11)',
    ])
  })

  it('put what is wrong into the file where it is', async () => {
    const rules = 'assignments: [{ users: [taro, jiro], permission_sets: [S], accounts: [dev] }]\n'
    expect(
      await problemsIn(folderOf(files(rules, rules, 'users: { taro: { external: 1 } }\nassignments: [{}]\n'))),
    ).toEqual(
      expect.arrayContaining([
        'sso.yaml:4:28 value-type external: expected true or false, found the number 1',
        'sso.yaml:5:15 key-missing assignments[0] has no accounts',
        'a.yaml:2:31 user-undeclared user "jiro" is not declared under users',
        'b.yaml:2:31 user-undeclared user "jiro" is not declared under users',
        'b.yaml:2:71 account-undeclared account "dev" is not a nickname under accounts',
      ]),
    )
  })
})
