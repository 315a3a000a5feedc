import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assigned, people, rename, users, world } from './support/applications.ts'
import type { Office } from './support/office.ts'

const swapped = { Grafana: 'Wiki', Wiki: 'Grafana' }

async function saved(here: Office): Promise<Record<string, unknown>> {
  const { code, stderr } = await here.run(['plan', '--out', 'plan.json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(readFileSync(join(here.desk.work, 'plan.json'), 'utf8'))
}

describe('a name that has passed to another application since a plan was reviewed', () => {
  it.each([
    ['who is assigned', { users: ['taro'] }],
    ['who need not be', { assignment_required: false }],
  ])('is not what the plan was about: %s', async (_what, row) => {
    const { cloud, here } = await world([{ name: 'Grafana' }, { name: 'Wiki' }])
    here.write({ ...people, applications: { Grafana: row } })
    const plan = await saved(here)
    const arns = Object.entries((await cloud.export()).applications ?? {})
    const [then = '', now = ''] = ['Grafana', 'Wiki'].map((name) => arns.find(([, one]) => one.name === name)?.[0])
    expect(plan.references).toMatchObject({ 'application/Grafana': then })
    await rename(cloud, swapped)
    const before = await cloud.portrait()
    const { code, stderr } = await here.run(['apply', 'plan.json'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      `application/Grafana was ${then} and is now ${now}, which is another one of that name; nothing was done`,
    )
    const { digest } = plan as { digest: string }
    const expected = await here.run(['apply', '--expect', digest.slice(0, 16)])
    expect(expected.code).toBe(1)
    expect(expected.stderr).toContain('the plan is no longer the one that was reviewed')
    expect(await cloud.portrait()).toEqual(before)
    // Once they have their names again, it is the plan that was reviewed.
    await rename(cloud, swapped)
    expect((await here.run(['apply', 'plan.json'])).code).toBe(0)
  })

  it('nor is a user who was deleted and created again', async () => {
    const { cloud, here } = await world([{ name: 'Grafana' }])
    here.write({ ...people, applications: { Grafana: { users: ['taro'] } } })
    await saved(here)
    const tables = await cloud.export()
    const others = Object.entries(tables.users ?? {}).filter(([, one]) => one.UserName !== 'taro')
    await cloud.restore({ ...tables, users: Object.fromEntries(others) })
    const { email } = users.taro
    await cloud.add({ users: [{ userName: 'taro', email, givenName: 'T', familyName: 'Y', displayName: 'T Y' }] })
    const { code, stderr } = await here.run(['apply', 'plan.json'])
    expect(code).toBe(1)
    expect(stderr.replace(/\s+/g, ' ')).toMatch(/user\/taro was [\w-]+ and is now [\w-]+, which is another one/)
    expect(await assigned(cloud)).toEqual([])
  })

  it('while what is made anew by the plan has no reference, and another run of it has the same digest', async () => {
    const { here } = await world([{ name: 'Grafana' }])
    here.write({
      users: { ...users, jiro: { ...users.taro, email: 'j@example.com' } },
      applications: { Grafana: { users: ['jiro'] } },
    })
    const plan = await saved(here)
    expect(Object.keys(plan.references as object)).toEqual(['application/Grafana'])
    expect((await here.plan()).digest).toBe(plan.digest)
  })
})
