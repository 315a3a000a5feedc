import { beforeAll, describe, expect, it } from 'vitest'
import { type WorldName, worlds } from '../../../bench/worlds.ts'
import { type Cloud, newCloud } from '../cloud/support/cloud.ts'
import { newOffice, type Office, type Sections } from '../cloud/support/office.ts'

const line = /^reading assignments (.+): (about|at most) (\d+) calls? \((.+) it would be about (\d+) calls?\)$/gm

/** What `--verbose` says about the way in which assignments are read, and the calls that this took. */
async function wayOf(cloud: Cloud, office: Office, words: readonly string[]) {
  await cloud.forget()
  const { code, stderr } = await office.run([...words, '--verbose'])
  expect(code, stderr).toBe(0)
  const told = [...stderr.matchAll(line)].map(([, way, about, calls, other, more]) => {
    return { way, about, calls: Number(calls), other, more: Number(more) }
  })
  expect(told, stderr).toHaveLength(1)
  const calls = (await cloud.calls()).map(({ operation }) => operation)
  const count = (name: string) => calls.filter((one) => one === name).length
  return {
    ...told[0],
    asked: { principals: count('ListAccountAssignmentsForPrincipal'), places: count('ListAccountAssignments') },
  }
}

const [byPrincipal, byPlace] = ['by user and group', 'by permission set and account']

async function officeOf(name: WorldName, more = 0) {
  const { accounts, contents, manifest } = worlds[name]()
  const others = Array.from({ length: more }, (_, index) => ({ userName: `other${index}` }))
  const cloud = await newCloud({
    accounts: accounts.slice(1),
    contents: { ...contents, users: [...contents.users, ...others] },
  })
  return { cloud, office: newOffice(cloud.url, manifest as Sections) }
}

describe('20 users who hold 10 sets in 10 accounts', () => {
  let [cloud, office]: [Cloud?, Office?] = []
  const places = 10 + new Set(worlds.M().contents.assignments.map((one) => `${one.permissionSet} ${one.account}`)).size

  beforeAll(async () => {
    const made = await officeOf('M')
    ;[cloud, office] = [made.cloud, made.office]
  })

  it('are planned by asking each of them, and --verbose says what either way takes', async () => {
    if (!cloud || !office) throw new Error('nothing was set up')
    const way = await wayOf(cloud, office, ['plan'])
    expect(way).toMatchObject({ way: byPrincipal, about: 'about', calls: 20, other: byPlace, more: places })
    expect(way.asked).toEqual({ principals: 20, places: 0 })
  })

  it('are planned by asking in each place where orphans are to be seen', async () => {
    if (!cloud || !office) throw new Error('nothing was set up')
    const way = await wayOf(cloud, office, ['plan', '--thorough'])
    expect(way).toMatchObject({ way: byPlace, about: 'about', calls: places, other: byPrincipal, more: 20 })
    expect(way.asked).toEqual({ principals: 0, places: places - 10 })
  })

  it.each([['access'], ['init', '--dry-run', '-f', 'new.yaml', '--region', 'us-east-1']])(
    'are shown and drafted with orphans where that takes few calls: %s',
    async (...words) => {
      if (!cloud || !office) throw new Error('nothing was set up')
      const way = await wayOf(cloud, office, words)
      expect(way).toMatchObject({ way: byPlace, about: 'at most', other: byPrincipal, more: 20 })
      expect(way.asked).toEqual({ principals: 0, places: places - 10 })
      expect(way.calls).toBeGreaterThanOrEqual(places)
    },
  )

  it('say nothing of it without --verbose', async () => {
    const { stderr } = (await office?.run(['plan'])) ?? { stderr: 'nothing was set up' }
    expect(stderr).toBe('')
  })
})

describe('200 users of whom 20 hold something', () => {
  it('are planned by asking in each place, which is counted first', async () => {
    const { cloud, office } = await officeOf('M', 180)
    const way = await wayOf(cloud, office, ['plan'])
    expect(way).toMatchObject({ way: byPlace, about: 'about', other: byPrincipal, more: 200 })
    expect(way.calls).toBe(10 + way.asked.places)
    expect(way.asked.principals).toBe(0)
  })
})
