import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assigned, users, vanish, world } from './support/applications.ts'

const { taro: _gone, ...left } = users
const declared = { users: left }

/** An application to which one is assigned who is there, and a user and a group that are gone. */
async function orphaned() {
  const { cloud, here } = await world([
    { name: 'Grafana', users: ['taro', 'hana'], groups: ['devs'] },
    { name: 'Wiki' },
  ])
  return { cloud, here, user: await vanish(cloud, 'users', 'taro'), group: await vanish(cloud, 'groups', 'devs') }
}

describe('an assignment whose user or group no longer exists', () => {
  it('goes where the manifest lists who is assigned, and is said to be what it is', async () => {
    const { cloud, here, user, group } = await orphaned()
    here.write({ ...declared, applications: { Grafana: { users: ['hana'] } } })
    const plan = await here.plan()
    const gone = (type: string) => `orphaned assignment: its ${type} no longer exists, so nobody loses access`
    expect(plan.operations.map(({ verb, address, reason, effect }) => [verb, address, reason, effect])).toEqual([
      ['delete', `application-assignment/Grafana:group:${group}`, 'not in sso.yaml', gone('group')],
      ['delete', `application-assignment/Grafana:user:${user}`, 'not in sso.yaml', gone('user')],
    ])
    expect(plan.access).toEqual({ gained: [], lost: [] })
    const { stdout } = await here.run(['plan'])
    expect(stdout).not.toMatch(/ loses? (?!access)|sso-reconcile adopt/)
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Grafana: hana'])
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  it('is not taken into the file, and the advice keeps it', async () => {
    const { here, user } = await orphaned()
    const sections = { ...declared, groups: {}, applications: { Grafana: { users: ['hana'] } } }
    here.write(sections)
    const at = `application-assignment/Grafana:user:${user}`
    const refused = await here.run(['adopt', at])
    expect(refused.code).toBe(1)
    const said = refused.stderr.replace(/\s+/g, ' ')
    expect(said).toContain(`${at} cannot be adopted: its user ${user} no longer exists`)
    const [, id = '', list = ''] = /to keep it, list (\S+) under ignore\.(\w+);/.exec(said) ?? []
    expect((await here.run(['plan'])).stdout).toContain('Keep what is live: sso-reconcile ignore ADDRESS')
    here.write({ ...sections, ignore: { [list]: [id] } })
    expect((await here.plan()).operations.map(({ address }) => address)).not.toContain(at)
  })

  it('is nothing that a protected application loses, and lets in nobody', async () => {
    const { here } = await orphaned()
    here.write({ ...declared, applications: { Grafana: { users: ['hana'], protect: true } } })
    expect((await here.apply()).code).toBe(0)
    const alone = await world([{ name: 'Wiki', users: ['taro'], assignmentRequired: false }])
    await vanish(alone.cloud, 'users', 'taro')
    alone.here.write({ applications: { Wiki: { assignment_required: true } } })
    expect((await alone.here.plan()).operations[0]?.effect).toBe(
      'whoever is not assigned to Wiki can no longer open it, and nobody is',
    )
  })

  it('keeps init from listing nobody else', async () => {
    const { cloud, here, user, group } = await orphaned()
    const { code, stderr } = await here.run(['init', '--force'])
    expect(code, stderr).toBe(0)
    const text = readFileSync(join(here.desk.work, 'sso.yaml'), 'utf8')
    expect(text).toMatch(/^ {2}Grafana: \{ users: \[hana\] \}$/m)
    expect(text.replace(/\s+#?\s*/g, ' ')).toContain(
      `Grafana: assigned to group ${group}, user ${user} too, which no longer exist; ignored, so that nothing is deleted`,
    )
    expect(text).toContain(`users: [${user}]`)
    expect(text).toContain(`groups: [${group}]`)
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    // Whoever removes them from there has them cleaned.
    here.writeText(text.slice(0, text.indexOf('\nignore:')))
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual(['Grafana: hana'])
  })

  it('is left alone by the rule that ignore writes for it', async () => {
    const { here, user } = await orphaned()
    here.write({ ...declared, groups: {}, applications: { Grafana: { users: ['hana'] } } })
    const at = `application-assignment/Grafana:user:${user}`
    const { code, stderr } = await here.run(['ignore', at])
    expect(code, stderr).toBe(0)
    expect(readFileSync(join(here.desk.work, 'sso.yaml'), 'utf8')).toContain(user)
    expect((await here.plan()).operations.map(({ address }) => address)).not.toContain(at)
  })

  it('never passes for a user whose name is its id', async () => {
    const { cloud, here, user } = await orphaned()
    await cloud.add({ users: [{ userName: user, email: 'x@example.com' }] })
    const named = { ...declared.users, [user]: { external: true } }
    here.write({
      users: named,
      applications: { Grafana: { users: ['hana', user] } },
      permission_sets: { Look: {} },
      assignments: [{ users: [user], permission_sets: ['Look'], accounts: ['222233334444'] }],
    })
    const plan = await here.plan()
    expect(plan.operations.map(({ verb, address }) => `${verb} ${address}`)).toEqual(
      expect.arrayContaining([
        `create application-assignment/Grafana:user:${user}`,
        `delete application-assignment/Grafana:user:${user}%20(deleted)`,
      ]),
    )
    expect((await here.apply()).code).toBe(0)
    expect(await assigned(cloud)).toEqual([`Grafana: ${user}`, 'Grafana: hana'].sort())
    expect((await here.run(['plan', '--check'])).code).toBe(0)
    // The same in accounts: the user is made anew, and what the one before held stays behind.
    await vanish(cloud, 'users', user)
    await cloud.add({ users: [{ userName: user, email: 'y@example.com' }] })
    await here.apply('--thorough', '--allow-lockout')
    expect(await assigned(cloud)).toEqual([`Grafana: ${user}`, 'Grafana: hana'].sort())
  })
})
