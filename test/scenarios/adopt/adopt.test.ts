import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drifted, open } from './support.ts'

const people = `users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  花子:
    given_name: Hanako # はなこ
    family_name: Yamada
    email: hanako@example.com
`
const sets = `permission_sets:
  Look:
    description: Read only # the short one
    session_duration: 4h
    managed_policies: [ReadOnlyAccess]
  "Run": { managed_policies: [PowerUserAccess], tags: { team: a } }
`
const groups = `groups:
  crew:
    description: Everyone
    members:
      - taro # first
`
const rules = `assignments: # who gets what
  - users: [taro]
    permission_sets: [Look]
    accounts: ["222233334444"] # dev
  - groups: [crew]
    permission_sets:
      - Run # in block style
    accounts: [all]
`
const all = people + groups + sets + rules

/** Live is `all` with some replaced; declared is `all` as it is: what is adopted, and what the file then says. */
const rows: readonly (readonly [what: string, live: readonly [string, string], addresses: readonly string[]])[] = [
  ['a user', ['given_name: Hanako # はなこ', 'given_name: 華子 # はなこ'], ['user/花子']],
  ['a description', ['Read only', 'Look around'], ['permission-set/Look']],
  ['a duration', ['session_duration: 4h', 'session_duration: 1h30m'], ['permission-set/Look']],
  ['policies', ['[ReadOnlyAccess]', '[ReadOnlyAccess, SecurityAudit]'], ['permission-set/Look']],
  ['a tag', ['{ team: a }', '{ team: b }'], ['permission-set/Run']],
  ['a group', ['description: Everyone', 'description: Some'], ['group/crew']],
  ['a membership more', ['      - taro # first\n', '      - taro # first\n      - 花子\n'], ['membership/crew:花子']],
  [
    'an account more',
    ['["222233334444"]', '["222233334444", "333344445555"]'],
    ['assignment/Look:user:taro@333344445555'],
  ],
  [
    'an exception',
    ['accounts: [all]', 'accounts: [all]\n    except: ["333344445555"]'],
    ['assignment/Run:group:crew@333344445555'],
  ],
]

describe.concurrent('adopt', () => {
  it.each([
    ['lines that end with LF', '\n'],
    ['lines that end with CRLF', '\r\n'],
  ])('writes live values into the declared entries and leaves every other byte: %s', async (_how, ends) => {
    const live = rows.reduce((text, [, [from, to]]) => text.replace(from, () => to), all)
    const office = await drifted(live, all.replaceAll('\n', ends))
    const addresses = [...new Set(rows.flatMap(([, , some]) => some))]
    expect((await open(office)).map((one) => one.split(' ')[1]).sort()).toEqual(addresses.toSorted())
    const { code, stdout, stderr } = await office.run(['adopt', ...addresses])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain(' are adopted in sso.yaml. A new plan has no changes for them; no changes are left.')
    expect(office.text()).toBe(live.replaceAll('\n', ends))
    expect(await open(office)).toEqual([])
  })

  it('adds what is live and not in the file, and takes out what has vanished', async () => {
    const more = `  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }
`
    const audit = `  Audit:
    managed_policies: [SecurityAudit]
    session_duration: 2h
`
    const live = people + more + groups.replace('- taro # first', '- mika') + sets + audit + rules
    const declared =
      people +
      more +
      groups.replace('- taro', '- mika\n      - taro') +
      sets.replace(/ {2}"Run".*\n/, '') +
      rules.replace(/ {2}- groups[\s\S]*$/, '')
    const office = await drifted(live, declared)
    const addresses = (await open(office)).map((one) => one.split(' ')[1] ?? '')
    expect(addresses).toContain('permission-set/Audit')
    const { code, stdout, stderr } = await office.run(['adopt', ...addresses])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^@@ sso\.yaml:\d+ @@/)
    expect(office.text()).toBe(`users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  花子:
    given_name: Hanako # はなこ
    family_name: Yamada
    email: hanako@example.com
  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }
groups:
  crew:
    description: Everyone
    members:
      - mika
permission_sets:
  Look:
    description: Read only # the short one
    session_duration: 4h
    managed_policies: [ReadOnlyAccess]
  Audit:
    session_duration: 2h
    managed_policies: [SecurityAudit]
  Run:
    managed_policies: [PowerUserAccess]
    tags: { team: a }
assignments: # who gets what
  - users: [taro]
    permission_sets: [Look]
    accounts: ["222233334444"] # dev
  - groups: [crew]
    permission_sets: [Run]
    accounts: ["222233334444", "333344445555", "444455556666", "555566667777"]
`)
  })

  it('writes nothing with --dry-run, and shows the change', async () => {
    const office = await drifted(all.replace('Everyone', 'Some'), all)
    const { code, stdout } = await office.run(['adopt', 'groups/crew', '--dry-run'])
    expect(code).toBe(0)
    expect(stdout).toBe(`@@ sso.yaml:10 @@
   crew:
-    description: Everyone
+    description: Some
     members:
Not written (--dry-run). With this in sso.yaml, a new plan has no changes for group/crew; no changes are left.
`)
    expect(office.text()).toBe(all)
    const none = await office.run(['adopt', 'user/taro', '--json'])
    expect(JSON.parse(none.stdout)).toMatchObject({ written: false, addresses: [], settled: ['user/taro'], diff: [] })
    const told = await office.run(['adopt', 'user/taro'])
    expect(told).toMatchObject({ code: 0, stdout: 'No drift, so nothing to do: user/taro.\n' })
    const unknown = await office.run(['adopt', 'group/crow'])
    expect(unknown.code).toBe(1)
    expect(unknown.stderr).toContain('did you mean group/crew?')
    const nobody = await office.run(['adopt'])
    expect(nobody.code).toBe(1)
    expect(nobody.stderr.replace(/\s+/g, ' ')).toContain('run the one that is meant: sso-reconcile adopt group/crew')
    expect(office.text()).toBe(all)
  })

  it.each<readonly [string, string, string, readonly string[], string]>([
    [
      'an alias',
      sets.replace('4h', '2h'),
      sets
        .replace('4h', '&long 4h')
        .replace('{ managed', '{ session_duration: *long, managed')
        .replace('tags: {', 'tags: {'),
      ['permission-set/Run'],
      'it is repeated there by an alias',
    ],
    [
      'an anchor that others repeat',
      sets.replace('4h', '2h').replace('{ managed', '{ session_duration: 4h, managed'),
      sets.replace('4h', '&long 4h').replace('{ managed', '{ session_duration: *long, managed'),
      ['permission-set/Look'],
      'it is written in a form that cannot be edited without touching more',
    ],
    [
      'a variable',
      people.replace('Taro,', 'Tarou,'),
      people.replace('Taro,', '"$' + '{SSO_GIVEN:-Taro}",'),
      ['user/taro'],
      'its value comes from a variable',
    ],
    [
      'a rule of which one grant is gone',
      all.replace('users: [taro]\n', 'users: [taro, 花子]\n').replace('["222233334444"]', '["222233334444"]'),
      all
        .replace('users: [taro]\n', 'users: [taro, 花子]\n')
        .replace('["222233334444"]', '["222233334444", "333344445555"]'),
      ['assignment/Look:user:taro@333344445555'],
      'no single rule says all of that but this',
    ],
    [
      'somebody whom others refer to',
      all.replace(/ {2}花子:\n(?: {4}.*\n)+/, ''),
      all.replace('- taro', '- 花子\n      - taro'),
      ['user/花子'],
      'adopt them together: sso-reconcile adopt user/花子 membership/crew:花子',
    ],
    [
      'a set without its principal',
      all.replace('users: [taro]\n', 'users: [taro, 花子]\n'),
      all.replace(/ {2}花子:\n(?: {4}.*\n)+/, ''),
      ['assignment/Look:user:花子@222233334444'],
      'adopt them together: sso-reconcile adopt user/花子 assignment/Look:user:花子@222233334444',
    ],
  ])(
    'changes nothing where the file cannot say it, and says why: %s',
    async (_what, live, declared, addresses, why) => {
      const office = await drifted(live, declared)
      const { code, stdout, stderr } = await office.run(['adopt', ...addresses])
      expect(stderr.replaceAll("'", '').replace(/\s+/g, ' ')).toContain(why)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(office.text()).toBe(declared)
    },
  )

  it('leaves a policy file alone, and says what to do', async () => {
    const policy = (action: string) => ({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }],
    })
    const office = await drifted(
      `permission_sets: { Look: { inline_policy: ${JSON.stringify(policy('s3:GetObject'))} } }\n`,
      'permission_sets: { Look: { inline_policy_file: look.json } }\n',
    )
    const file = join(office.desk.work, 'look.json')
    const written = JSON.stringify(policy('s3:PutObject'))
    writeFileSync(file, written)
    const { code, stderr } = await office.run(['adopt', 'permission-set/Look'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toContain('its inline policy is in look.json, a file that adopt does not edit')
    expect(readFileSync(file, 'utf8')).toBe(written)
  })
})

describe.concurrent('ignore', () => {
  it('writes the exact entry, for an assignment too', async () => {
    const extra = `  Tmp: { managed_policies: [ReadOnlyAccess] }\n`
    const grant = `  - users: [taro]\n    permission_sets: [Run]\n    accounts: ["333344445555"]\n`
    const office = await drifted(people + groups + sets + extra + rules + grant, all)
    const grantAt = 'assignment/Run:user:taro@333344445555'
    expect(await open(office)).toEqual([`delete ${grantAt}`, 'delete permission-set/Tmp'])
    const declared = await office.run(['ignore', 'permission-set/Look', grantAt])
    expect([declared.code, declared.stdout, office.text()]).toEqual([1, '', all])
    expect(declared.stderr.replace(/\s+/g, ' ')).toContain(
      'permission-set/Look cannot be ignored: the manifest declares it, and a thing is either declared or ignored',
    )
    expect(declared.stderr).not.toContain('sso-reconcile adopt')
    expect((await office.run(['ignore', grantAt])).code).toBe(0)
    // What is ignored already has its answer.
    expect((await office.run(['ignore', grantAt])).stdout).toContain(`No drift, so nothing to do: ${grantAt}.`)
    const { code, stdout, stderr } = await office.run(['ignore', 'permission-set/Tmp'])
    expect(stderr).toBe('')
    expect(code).toBe(0)
    expect(stdout).toContain(
      'permission-set/Tmp is ignored in sso.yaml. A new plan has no changes for it; no changes are left.',
    )
    expect(office.text()).toBe(`${all}ignore:
  assignments: [{ user: taro, permission_set: Run, account: "333344445555" }]
  permission_sets: [Tmp]
`)
    expect(await open(office)).toEqual([])
  })

  it.each([
    ['a set', 'permission-set/Tmp', 'permission_sets: [Tmp]'],
    ['a user', 'user/mika', 'users: [mika]'],
    ['a group', 'group/night', 'groups: [night]'],
  ])('writes one entry for %s and what goes with it, in whichever order', async (_what, whole, written) => {
    const mika = '  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }\n'
    const extra = `  Tmp: { managed_policies: [ReadOnlyAccess] }\n`
    const night = '  night: { members: [taro] }\n'
    const grants = `  - { users: [taro, mika], groups: [night], permission_sets: [Tmp], accounts: [dev] }
  - { users: [mika], permission_sets: [Look], accounts: [dev] }
  - { groups: [night], permission_sets: [Look], accounts: [dev] }
`
    const accounts = 'accounts: { dev: "222233334444" }\n'
    const live = accounts + people + mika + groups + night + sets + extra + rules + grants
    const gone = 'absent: { users: [mika], groups: [night] }\n'
    const office = await drifted(live, accounts + all + gone)
    const name = whole.split('/')[1] ?? ''
    const parts = (await open(office)).map((one) => one.split(' ')[1] ?? '')
    const grantsOf = parts.filter((one) => one !== whole && new RegExp(`\\b${name}\\b`).test(one))
    expect(grantsOf.length).toBeGreaterThan(0)
    const declared =
      accounts +
      all +
      gone.replace(new RegExp(`(?:(?<=\\[)|, )${name}`), '').replace(/users: \[\], |, groups: \[\]/, '')
    for (const addresses of [
      [whole, ...grantsOf],
      [...grantsOf, whole],
    ]) {
      office.writeText(`version: 1\nidentity_center: { region: us-east-1 }\n${declared}`)
      const { code, stdout, stderr } = await office.run(['ignore', ...addresses])
      expect(code, stderr).toBe(0)
      expect(office.text()).toBe(`${declared}ignore: { ${written} }\n`)
      expect(stdout).toContain(`${addresses.join(', ')} are ignored in sso.yaml`)
      const left = (await open(office)).map((one) => one.split(' ')[1] ?? '')
      expect(left.filter((one) => addresses.includes(one))).toEqual([])
    }
  })

  it('refuses what is declared, names both and says what to do', async () => {
    const office = await drifted(all.replace('Everyone', 'Some'), all)
    const { code, stderr } = await office.run(['ignore', 'group/crew'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toContain('group/crew cannot be ignored: the manifest declares it')
    expect(stderr.replace(/\s+/g, ' ')).toContain('keep what is live with sso-reconcile adopt group/crew')
    expect(office.text()).toBe(all)
    const membership = await office.run(['ignore'])
    expect(membership.code).toBe(1)
  })
})
