import { describe, expect, it, vi } from 'vitest'
import { deskOf, teams } from './support.ts'

vi.setConfig({ testTimeout: 240_000 })

/** A desk where all is applied, and what files say is something else afterwards. */
async function drifted(change: Partial<Record<keyof typeof teams, string>>) {
  const desk = await deskOf({ ...teams, ...change })
  const { code, stderr } = await desk.apply()
  expect(code, stderr).toBe(0)
  desk.put(teams)
  return desk
}

const a = teams['teams/a.yaml']

describe.concurrent('adopt', () => {
  it.each([
    ['a field', a.replace('Team A # short', 'Team AA # short'), 'permission-set/A-Dev', true],
    ['a membership', a.replace('[jiro]', '[jiro, taro]'), 'membership/A-devs:taro', true],
    [
      'a vanished grant',
      a.replace(/assignments:\n.*\n/, 'assignments: []\n'),
      'assignment/A-Dev:group:A-devs@222233334444',
      false,
    ],
  ])('writes %s into the file where it is declared, and nowhere else', async (_what, live, address, isOffered) => {
    const desk = await drifted({ 'teams/a.yaml': live })
    const planned = await desk.run(['plan'])
    // What was taken away is no drift that somebody may have meant.
    const offer = `Keep what is live: sso-reconcile adopt ${address} (into the file that has it)`
    expect(planned.stdout.replace(/\s+/g, ' ').includes(offer)).toBe(isOffered)
    const shown = await desk.run(['adopt', address, '--dry-run'])
    expect(shown.stdout).toContain('@@ teams/a.yaml:')
    expect(desk.texts()).toEqual(teams)
    const { code, stdout, stderr } = await desk.run(['adopt', address])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain(
      `${address} is adopted in teams/a.yaml. A new plan has no changes for it; no changes are left.`,
    )
    expect(desk.texts()).toEqual({ ...teams, 'teams/a.yaml': live })
  })

  it('keeps the byte order mark of an included file, its first line changed or not', async () => {
    const marked = { ...teams, 'teams/a.yaml': `\uFEFF${a}` }
    const desk = await deskOf({ ...teams, 'teams/a.yaml': a.replace('Team A # short', 'Team AA # short') })
    expect((await desk.apply()).code).toBe(0)
    desk.put(marked)
    const { code, stderr } = await desk.run(['adopt', 'permission-set/A-Dev'])
    expect(code, stderr).toBe(0)
    expect(desk.texts()['teams/a.yaml']).toBe(`\uFEFF${a.replace('Team A # short', 'Team AA # short')}`)
  })

  it('writes what is new beside its siblings: users into the file of users', async () => {
    const mika = '  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }\n'
    const desk = await drifted({ 'people.yaml': teams['people.yaml'] + mika })
    const { code, stdout, stderr } = await desk.run(['adopt', 'user/mika', '--json'])
    expect(code, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ manifest: 'sso.yaml', file: 'people.yaml', written: true })
    expect(desk.texts()).toEqual({ ...teams, 'people.yaml': expect.stringMatching(/\n {2}mika: .*mika@example\.com/s) })
    expect((await desk.plan()).operations).toEqual([])
  })

  it('writes nothing where the change would be in two files, and either of them by itself', async () => {
    const desk = await drifted({
      'teams/a.yaml': a.replace('Team A # short', 'Team AA # short'),
      'people.yaml': teams['people.yaml'].replace('Jiro, ', 'Ziro, '),
    })
    const both = await desk.run(['adopt', 'permission-set/A-Dev', 'user/jiro'])
    expect(both.code).toBe(1)
    expect(both.stderr).toContain(
      'this would change people.yaml and teams/a.yaml, and only one file is written at a time',
    )
    expect(desk.texts()).toEqual(teams)
    for (const address of ['permission-set/A-Dev', 'user/jiro'])
      expect((await desk.run(['adopt', address])).code).toBe(0)
    expect((await desk.plan()).operations).toEqual([])
  })

  it('writes nothing that the limits of the file forbid', async () => {
    const limited = teams['sso.yaml'].replace(
      'refer_to: { users: ["*"] } }\n  - files: teams/b',
      'refer_to: { users: [jiro] } }\n  - files: teams/b',
    )
    const desk = await drifted({ 'teams/a.yaml': a.replace('[jiro]', '[jiro, taro]') })
    desk.put({ 'sso.yaml': limited })
    const { code, stderr } = await desk.run(['adopt', 'membership/A-devs:taro'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /sso\.yaml:6:5 error membership\/A-devs:taro cannot be adopted: the limit that sso\.yaml sets for teams\/a\.yaml does not let it name user taro/,
    )
    expect(desk.texts()).toEqual({ ...teams, 'sso.yaml': limited })
  })
})

describe.concurrent('other commands', () => {
  it('ignore writes into the manifest', async () => {
    const desk = await deskOf(teams, { users: [{ userName: 'stray' }] })
    expect((await desk.apply()).code).toBe(0)
    const { code, stdout, stderr } = await desk.run(['ignore', 'user/stray'])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('user/stray is ignored in sso.yaml.')
    expect(desk.texts()).toEqual({ ...teams, 'sso.yaml': expect.stringMatching(/\nignore:\n {2}users: \[stray\]\n$/) })
  })

  it.each([
    ['beside its own rules', teams['sso.yaml']],
    [
      'although all rules are in other files',
      teams['sso.yaml']
        .replace(/assignments:\n.*\n$/, '')
        .replace(/ {2}- files: teams\/[ab].*\n.*\n/g, '  - teams/a.yaml\n')
        .replace('  - teams/a.yaml\n  - teams/a.yaml\n', '  - teams/a.yaml\n  - teams/b.yaml\n'),
    ],
  ])('grant writes a rule into the manifest, %s', async (_where, manifest) => {
    const desk = await deskOf({ ...teams, 'sso.yaml': manifest })
    expect((await desk.apply()).code).toBe(0)
    const { code, stderr } = await desk.run(['grant', 'jiro', 'B-Dev', '444455556666', '--for', '4h', '--yes'])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(/Recorded in sso\.yaml:\d+; commit it\./)
    expect(desk.texts()).toEqual({
      ...teams,
      'sso.yaml': expect.stringMatching(/users: \[jiro\],?\s+permission_sets: \[B-Dev\]/),
    })
    expect((await desk.plan()).operations).toEqual([])
  })

  it('revoke writes into the manifest, takes away what other files give, and --undo gives it back', async () => {
    const desk = await deskOf(teams)
    expect((await desk.apply()).code).toBe(0)
    const revoked = await desk.run(['revoke', 'jiro', '--yes'])
    expect(revoked.code, revoked.stderr).toBe(0)
    expect(desk.texts()).toEqual({ ...teams, 'sso.yaml': expect.stringMatching(/\nrevoked:\n {2}jiro: /) })
    const undone = await desk.run(['revoke', 'jiro', '--undo', '--yes'])
    expect(undone.code, undone.stderr).toBe(0)
    expect(desk.texts()).toEqual(teams)
    expect((await desk.plan()).operations).toEqual([])
  })

  it('revoke takes away although a rule of a team reaches too far, and --undo gives nothing while it does', async () => {
    const desk = await deskOf(teams)
    expect((await desk.apply()).code).toBe(0)
    const far = a.replace('[{ ou: A }] }\n', '[{ ou: A }, { ou: C }] }\n')
    desk.put({ 'teams/a.yaml': far })
    const revoked = await desk.run(['revoke', 'jiro', '--yes'])
    expect(revoked.code, revoked.stderr).toBe(0)
    const undone = await desk.run(['revoke', 'jiro', '--undo', '--yes'])
    expect(undone.stderr).toContain('the rule reaches account Audit')
    expect(undone.code).toBe(1)
  })

  it('init fills in what a laptop needs, into the manifest', async () => {
    const desk = await deskOf({
      ...teams,
      'sso.yaml': `${teams['sso.yaml']}local: { sso_session: s, profiles: { p: { account: management, permission_set: Admin } } }\n`,
    })
    const { code, stderr } = await desk.run(['init'])
    expect(code, stderr).toBe(0)
    expect(desk.text('sso.yaml')).toMatch(/start_url: .*\naccounts:\n {2}management: "111122223333"/s)
    expect([desk.text('people.yaml'), desk.text('teams/a.yaml')]).toEqual([teams['people.yaml'], a])
  })
})

it('a plan that was saved is carried out after a comment in an included file, whose bytes are another matter', async () => {
  const desk = await deskOf(teams)
  expect((await desk.run(['plan', '-o', 'p.json'])).code).toBe(0)
  const before = (await desk.plan()) as unknown as { readonly manifest: { readonly sha256: string }; digest: string }
  desk.put({ ...teams, 'people.yaml': `${teams['people.yaml']}# a comment\nabsent: { groups: [zzz] }\n` })
  const after = (await desk.plan()) as unknown as typeof before
  expect(after.digest).toBe(before.digest)
  expect(after.manifest.sha256).not.toBe(before.manifest.sha256)
  const { code, stderr } = await desk.run(['apply', 'p.json', '--yes'])
  expect(code, stderr).toBe(0)
})

it.each([
  ['membership/A-devs:taro', 'members: [jiro, taro]', 'members: [jiro]'],
  ['membership/A-devs:jiro', 'members: [jiro]', 'members: []'],
])('%s is offered to be adopted only where the limits of the file let it name the user', async (at, live, now) => {
  const top = teams['sso.yaml']
  const narrow = top.replace('refer_to: { users: ["*"] }', 'refer_to: { users: [jiro] }')
  const desk = await deskOf({ ...teams, 'teams/a.yaml': a.replace('members: [jiro]', live) })
  expect((await desk.apply()).code).toBe(0)
  desk.put({ ...teams, 'sso.yaml': narrow, 'teams/a.yaml': a.replace('members: [jiro]', now) })
  const isWithin = at.endsWith('jiro')
  const planned = (await desk.run(['plan'])).stdout.replace(/\s+/g, ' ')
  expect(planned).toContain(`- ${at}`)
  expect(planned.includes(`sso-reconcile adopt ${at}`)).toBe(isWithin)
  const { code, stderr } = await desk.run(['adopt', at])
  expect(code, stderr).toBe(isWithin ? 0 : 1)
  if (!isWithin) expect(stderr.replace(/\s+/g, ' ')).toContain('the limit that sso.yaml sets for teams/a.yaml')
})
