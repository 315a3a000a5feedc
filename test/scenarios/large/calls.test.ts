import { beforeAll, describe, expect, it, vi } from 'vitest'
import { leastCalls, longestChain, sum } from '../../../bench/least.ts'
import { type World, type WorldName, worlds } from '../../../bench/worlds.ts'
import type { Route } from '../../../src/aws/route.ts'
import { type Cloud, newCloud } from '../cloud/support/cloud.ts'
import type { Sections } from '../cloud/support/office.ts'
import { access, inRounds, lookInRounds } from '../cloud/support/rounds.ts'
import { run } from '../e2e/support/binary.ts'
import { newDesk } from '../e2e/support/desk.ts'
import { isWrite } from '../e2e/support/relay.ts'

// A look in rounds sends through a transport that answers whatever was asked together at once.
vi.mock('../../../src/aws/connect.ts', async (original) => {
  const { connect } = await original<typeof import('../../../src/aws/connect.ts')>()
  return {
    connect: (route: Route) =>
      access.sandbox ? inRounds(connect({ ...route, sandbox: access.sandbox })) : connect(route),
  }
})

vi.setConfig({ testTimeout: 300_000 })

/** A cloud that holds all of a world, or its accounts only. */
function cloudOf({ accounts, contents }: World, isEmpty = false): Promise<Cloud> {
  return newCloud({ accounts: accounts.slice(1), ...(isEmpty ? {} : { contents }) })
}

async function countsOf(cloud: Cloud): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { operation } of await cloud.calls()) counts[operation] = (counts[operation] ?? 0) + 1
  return counts
}

/** Calls of a plan, and the longest chain of them of which each needs the answer to the one before. */
const known = [
  // 11 for who, where and what is under way, 7 a permission set, 1 a user.
  ['S', { calls: 11 + 7 * 1 + 1, chain: 4 }],
  ['M', { calls: 11 + 7 * 10 + 20, chain: 4 }],
  // 50 accounts take 3 more calls: further pages, and an empty one that AWS may answer with.
  ['L', { calls: 11 + 3 + 7 * 30 + 100, chain: 5 }],
  // 300 accounts take 15 more calls, 500 users 4; each of 100 groups is asked for its members; 8 users have a second page.
  ['XL', { calls: 11 + 15 + 4 + 7 * 100 + 100 + (500 + 100) + 8, chain: 18 }],
] as const satisfies readonly (readonly [WorldName, object])[]

// What is loaded on demand is there from the second look on: in the first one, what waits for it would come a round later.
beforeAll(async () => {
  const world = worlds.S()
  await lookInRounds((await cloudOf(world)).url, world.manifest as Sections)
})

describe.each(known)('a plan of size %s', (name, { calls, chain }) => {
  const world = worlds[name]()

  it('asks what has to be asked, each once, and nothing else', async () => {
    const cloud = await cloudOf(world)
    const desk = newDesk(cloud.url, JSON.stringify(world.manifest))
    const { code, stdout } = await run(desk, ['plan', '--check'])
    expect([code, stdout.split('.')[0]]).toEqual([0, 'No changes'])
    expect(await countsOf(cloud)).toEqual(leastCalls(world))
    expect(sum(leastCalls(world))).toBe(calls)
  })

  it('has no call wait for another one but for its answer', async () => {
    const cloud = await cloudOf(world)
    const { rounds, operations } = await lookInRounds(cloud.url, world.manifest as Sections)
    expect(operations).toBe(0)
    expect(rounds.length, rounds.map((round) => [...new Set(round)].join(' ')).join('\n')).toBe(longestChain(world))
    expect(longestChain(world)).toBe(chain)
  })
})

describe.each(['S', 'M'] as const)('an apply of size %s from empty', (name) => {
  it('sends one change a thing, and reads before and after as often as a plan does', async () => {
    const world = worlds[name]()
    const { users, permissionSets, assignments } = world.contents
    const cloud = await cloudOf(world, true)
    const desk = newDesk(cloud.url, JSON.stringify(world.manifest))
    const { code, stderr } = await run(desk, ['apply', '--yes'])
    expect(code, stderr).toBe(0)
    const counts = await countsOf(cloud)
    const changes = Object.fromEntries(Object.entries(counts).filter(([operation]) => isWrite(operation)))
    expect(changes).toEqual({
      CreateUser: users.length,
      CreatePermissionSet: permissionSets.length,
      AttachManagedPolicyToPermissionSet: permissionSets.length,
      CreateAccountAssignment: assignments.length,
    })
    // The look before finds nothing there; the look after is a plan. What follows assignments to their end is shared by all of them.
    const looks = 2 * sum(leastCalls(world))
    expect(sum(counts)).toBeLessThanOrEqual(looks + 2 * sum(changes))
  })
})
