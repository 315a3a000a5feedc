import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { isWrite } from '../e2e/support/relay.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { newOffice, type Office } from './support/office.ts'

vi.setConfig({ testTimeout: 120_000 })

const dev = '222233334444'
const contents = {
  users: [{ userName: 'ann' }, { userName: '花子' }],
  permissionSets: [{ name: 'Read', tags: { 'managed-by': 'sso-reconcile' } }],
  assignments: [{ permissionSet: 'Read', user: 'ann', account: dev }],
}
const manifest = `version: 1
identity_center: { region: us-east-1 }
accounts: { dev: "${dev}" }
users: { ann: { external: true }, 花子: { external: true } }
permission_sets: { Read: {} }
assignments:
  # every day
  - users: [ann]
    permission_sets: [Read]   # and no more
    accounts: [dev]
# the end
`

async function scene(text = manifest): Promise<{ cloud: Cloud; office: Office; read: () => string }> {
  const cloud = await newCloud({ contents })
  const office = newOffice(cloud.url)
  office.writeText(text)
  await cloud.forget()
  return { cloud, office, read: () => readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8') }
}

async function writes(cloud: Cloud): Promise<readonly string[]> {
  return (await cloud.calls()).map(({ operation }) => operation).filter(isWrite)
}

it('gives a grant, with its end in the file, and the command that ends it does', async () => {
  const { cloud, office, read } = await scene()
  const { code, stdout, stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(code, stdout + stderr).toBe(0)
  expect(stdout).toContain(`+ assignment/Read:user:花子@${dev}`)
  expect(await writes(cloud)).toEqual(['CreateAccountAssignment'])
  const [, until = ''] = /until: (\S+) \}/.exec(read()) ?? []
  expect(Date.parse(until) - Date.now()).toBeGreaterThan(3.9 * 3_600_000)
  expect(Date.parse(until) - Date.now()).toBeLessThan(4.1 * 3_600_000)
  const line = `  - { users: [花子], permission_sets: [Read], accounts: [dev], until: ${until} }\n`
  expect(read()).toBe(manifest.replace('# the end', `${line}# the end`))
  const told = stderr.replace(/\s+/g, ' ')
  expect(told).toContain(`Recorded in sso.yaml:11; commit it. 花子 has Read on dev until ${until}.`)
  expect((await office.plan()).operations).toEqual([])

  const [, once = '', always = ''] =
    /then run sso-reconcile (.*?), or sso-reconcile (.*?) on a schedule/.exec(told) ?? []
  const given = read()
  for (const advised of [once, always]) {
    office.writeText(given)
    expect((await office.apply()).code).toBe(0)
    office.writeText(given.replace(until, '2026-01-01T00:00:00Z'))
    await cloud.forget()
    const ended = await office.run(advised.replaceAll("'", '').split(' '))
    expect(ended.code, ended.stderr).toBe(0)
    expect(await writes(cloud)).toEqual(['DeleteAccountAssignment'])
  }
})

describe('whoever has it for a time and gets it for longer', () => {
  const given = '  - { users: [ann], permission_sets: [Read], accounts: [dev], until: 2090-01-01 } # for the audit\n'
  const granted = ['grant', 'ann', 'Read', dev, '--yes']
  const held = manifest.replace(/ {2}# every day\n(?: {2}.*\n)+/, given)

  it('has one rule with a later end, and every other byte stays', async () => {
    const { cloud, office, read } = await scene(held)
    const { code, stderr } = await office.run([...granted, '--until', '2090-02-01'])
    expect(code, stderr).toBe(0)
    expect(read()).toBe(held.replace('2090-01-01', '2090-02-01'))
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'Recorded in sso.yaml:7; commit it. ann has Read on 222233334444 until',
    )
    expect(await writes(cloud)).toEqual([])
    expect((await office.run([...granted, '--until', '2090-01-15'])).stderr).toContain('at least that long already')
    expect(read()).toContain('until: 2090-02-01 }')
  })

  it('gets it back by the same rule where its end has passed', async () => {
    const { cloud, office, read } = await scene(held.replace('2090-01-01', '"2026-01-01T00:00:00Z"'))
    expect((await office.apply()).code).toBe(0)
    await cloud.forget()
    const { code, stderr } = await office.run([...granted, '--until', '2090-02-01'])
    expect(code, stderr).toBe(0)
    expect(read()).toBe(held.replace('2090-01-01', '2090-02-01'))
    expect(await writes(cloud)).toEqual(['CreateAccountAssignment'])
  })

  it.each([
    ['gives more', given.replace('[ann]', '[ann, 花子]')],
    ['begins on a day', given.replace('until', 'from: 2026-01-01, until')],
  ])('gets a rule of its own beside one that %s', async (_what, rule) => {
    const { office, read } = await scene(manifest.replace(/ {2}# every day\n(?: {2}.*\n)+/, rule))
    const { stderr } = await office.run([...granted, '--until', '2090-02-01'])
    expect(read(), stderr).toContain(
      `${rule}  - { users: [ann], permission_sets: [Read], accounts: ["${dev}"], until: 2090-02-01 }`,
    )
  })
})

it('what begins later is written and changes nothing', async () => {
  const { cloud, office, read } = await scene()
  const words = ['grant', '花子', 'Read', dev, '--from', '2090-01-01', '--until', '2090-01-03', '--yes']
  const { code, stderr } = await office.run(words)
  expect(code, stderr).toBe(0)
  expect(stderr.replace(/\s+/g, ' ')).toContain('Nothing changes now: 花子 gets Read')
  expect(read()).toContain(`accounts: ["${dev}"], from: 2090-01-01, until: 2090-01-03 }`)
  expect(await writes(cloud)).toEqual([])
  expect((await office.plan()).operations).toEqual([])
})

it.each<[string, readonly string[], RegExp]>([
  ['no end', ['花子', 'Read', 'dev'], /grant needs an end\n {2}hint: add --for 4h/],
  [
    'two ends',
    ['花子', 'Read', 'dev', '--for', '4h', '--until', '2090-01-01'],
    /--for and --until both say when it ends/,
  ],
  ['a past end', ['花子', 'Read', 'dev', '--until', '2020-01-01'], /--until 2020-01-01 has passed/],
  [
    'an end before its beginning',
    ['花子', 'Read', 'dev', '--from', '2091-01-01', '--until', '2090-01-01'],
    /--from 2091-01-01 is later than the end/,
  ],
  ['no user', ['anna', 'Read', 'dev', '--for', '4h'], /user anna is not in sso\.yaml\n {2}hint: did you mean ann\?/],
  [
    'no permission set',
    ['ann', 'Raed', 'dev', '--for', '4h'],
    /permission set Raed is not in sso\.yaml\n {2}hint: did you mean Read\?/,
  ],
  ['no account', ['ann', 'Read', 'prod', '--for', '4h'], /account prod is not in sso\.yaml/],
  ['no yes', ['花子', 'Read', 'dev', '--for', '4h'], /grant needs a terminal to confirm; nothing was done/],
])('%s: nothing is written anywhere', async (what, words, says) => {
  const { cloud, office, read } = await scene()
  const { code, stderr } = await office.run(['grant', ...words, ...(what === 'no yes' ? [] : ['--yes'])])
  expect(stderr).toMatch(says)
  expect(code).toBe(1)
  expect(read()).toBe(manifest)
  expect(await writes(cloud)).toEqual([])
})

it('a file without assignments gets none by the way: they would decide about all others', async () => {
  const without = manifest.replace(/assignments:[\s\S]*/, '')
  const { cloud, office, read } = await scene(without)
  const { code, stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(stderr).toMatch(/sso\.yaml has no assignments, and with them it would decide about all assignments/)
  expect([code, read()]).toEqual([1, without])
  expect(await writes(cloud)).toEqual([])
})

it('somebody who has it as long as that keeps it, and whoever is revoked gets nothing', async () => {
  const { office, read } = await scene()
  const { code, stderr } = await office.run(['grant', 'ann', 'Read', dev, '--for', '4h', '--yes'])
  expect(stderr).toContain('ann has Read on')
  expect([code, read()]).toEqual([0, manifest])
  const revoked = `${manifest}revoked: { 花子: 2026-01-01T00:00:00Z }\n`
  office.writeText(revoked)
  const refused = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(refused.stderr).toMatch(/花子 is revoked in sso\.yaml, so nothing is granted/)
  expect([refused.code, read()]).toEqual([1, revoked])
})

it('whoever is protected gets nothing that ends, as nothing could end it', async () => {
  const guarded = manifest.replace('花子: { external: true }', '花子: { external: true, protect: true }')
  const { cloud, office, read } = await scene(guarded)
  const { code, stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(stderr).toMatch(/花子 is protected, so what is granted for a time could not end/)
  expect([code, read(), await writes(cloud)]).toEqual([1, guarded, []])
})

it('sessions of a set that the file does not describe are said to last as long as AWS allows', async () => {
  const { office } = await scene(manifest.replace('Read: {}', 'Read: { external: true }'))
  const { stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(stderr.replace(/\s+/g, ' ')).toContain('go on for up to 12h more')
})

it('where AWS refuses, the rule stays, and the next apply is said to try again', async () => {
  const { cloud } = await scene()
  const relay = await cloud.relay()
  const office = newOffice(relay.url)
  office.writeText(manifest)
  relay.pass = ({ operation }, forward) =>
    operation === 'CreateAccountAssignment'
      ? Promise.resolve({ status: 400, headers: {}, body: '{"__type":"AccessDeniedException","Message":"no"}' })
      : forward()
  const { code, stdout, stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
  expect(code).toBe(1)
  expect(stdout + stderr).toContain('sso-reconcile apply tries again')
  expect(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')).toContain('users: [花子]')
})

describe('whoever has it in other ways too', () => {
  const inGroup = {
    ...contents,
    groups: [{ displayName: 'ops', members: ['花子'] }],
    assignments: [...contents.assignments, { permissionSet: 'Read', group: 'ops', account: dev }],
  }
  const withGroup = manifest
    .replace('permission_sets:', 'groups: { ops: { external: true } }\npermission_sets:')
    .replace('# the end', '  - { groups: [ops], permission_sets: [Read], accounts: [dev] }\n# the end')
  // Its accounts are known by AWS alone.
  const byRule = manifest.replace(
    '# the end',
    '  - { users: [花子], permission_sets: [Read], accounts: [all] }\n# the end',
  )

  it.each([
    ['with it', '2090-03-01', false],
    ['a day later', '2090-03-02', true],
  ])('is told of a rule that ends %s only where it goes on', async (_when, until, isTold) => {
    const cloud = await newCloud({ contents: inGroup })
    const office = newOffice(cloud.url)
    office.writeText(byRule.replace('[all] }', `[all], until: ${until} }`))
    await office.apply('--max-deletes', '9')
    const { code, stdout, stderr } = await office.run([
      'grant',
      '花子',
      'Read',
      'dev',
      '--until',
      '2090-03-01',
      '--yes',
    ])
    expect(code, stdout + stderr).toBe(0)
    expect(stderr.includes('goes on (sso.yaml:11)')).toBe(isTold)
  })

  it.each([
    ['a group', withGroup, '花子 has it through group/ops as well, which this does not end.'],
    ['a rule for all accounts', byRule, 'Another rule gives it too and goes on (sso.yaml:11).'],
    [
      'what was not read',
      manifest,
      "has it through a group as well was not read: sso-reconcile access --user '花子' shows it.",
    ],
    ['nothing', withGroup.replace('groups: [ops]', 'users: [ann]'), undefined],
  ])('is told that it does not end: %s', async (_what, text, told) => {
    const cloud = await newCloud({ contents: inGroup })
    const office = newOffice(cloud.url)
    office.writeText(text)
    await office.apply('--max-deletes', '9')
    const { code, stdout, stderr } = await office.run(['grant', '花子', 'Read', 'dev', '--for', '4h', '--yes'])
    expect(code, stdout + stderr).toBe(0)
    const said = stderr.replace(/\s+/g, ' ')
    expect(said).toContain('花子 has Read on dev until')
    if (told) expect(said).toContain(told)
    else expect(said).not.toMatch(/as well|goes on \(/)
  })
})
