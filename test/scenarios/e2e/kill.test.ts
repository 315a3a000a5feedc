import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { isFull, moments } from '../../support/effort.ts'
import { run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { configPath, type Desk, journey, newDesk } from './support/desk.ts'
import { apply, filesOf, foreign } from './support/kills.ts'
import { portrait } from './support/portrait.ts'
import { isWrite } from './support/relay.ts'

/** The journey as it was before: another duration and policy, a relay state and a tag to take away, another region. */
const earlier = journey
  .replace('session_duration: 8h', 'session_duration: 2h\n    relay_state: https://example.com/\n    tags: { team: a }')
  .replace(
    '[AdministratorAccess]\n\nassign',
    '[ReadOnlyAccess]\n    inline_policy: { Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*" }] }\n\nassign',
  )
  .replace('region: ap-northeast-1\n  output', 'region: us-east-1\n  output')

/** The journey with a second set, which leaves again together with its assignment and its profile. */
const wider = journey
  .replace(
    '\nassignments:',
    '  Leaving:\n    managed_policies: [ReadOnlyAccess]\n\nassignments:\n  - { users: [taro], permission_sets: [Leaving], accounts: [management] }',
  )
  .replace('\nchecklist:', '    leaving: { account: management, permission_set: Leaving }\n\nchecklist:')

/** What is live, what lies in the home, and what an undisturbed apply makes of both. */
interface World {
  readonly center: Center
  readonly tables: TablesJson
  readonly home: string
  readonly end: Sight
  /** Operations of that apply, in the order in which they came. */
  readonly calls: readonly string[]
}

/** Everything a kill could leave different, without ids, times and process numbers. */
interface Sight {
  readonly portrait: object
  readonly home: readonly string[]
}

async function sight(center: Center, { home }: Desk): Promise<Sight> {
  return { portrait: portrait(await center.export()), home: filesOf(home) }
}

/** A desk in the state before the apply that is going to be killed. */
async function deskIn({ center, tables, home }: Pick<World, 'center' | 'tables' | 'home'>): Promise<Desk> {
  await center.restore(tables)
  const desk = newDesk(center.relay.url)
  cpSync(home, desk.home, { recursive: true })
  return desk
}

async function worldBefore(manifest: string | undefined): Promise<World> {
  // What runs asynchronously ends only when somebody looks at it: the next run has to find what a killed one left running.
  const center = await startCenter({ seconds: null })
  const first = newDesk(center.relay.url, manifest ?? journey)
  mkdirSync(join(first.home, '.aws'))
  writeFileSync(configPath(first.home), foreign)
  if (manifest) expect(await run(first, apply)).toMatchObject({ code: 0 })
  const start = { center, tables: await center.export(), home: first.home }
  const desk = await deskIn(start)
  center.relay.forget()
  expect(await run(desk, apply)).toMatchObject({ code: 0 })
  return { ...start, end: await sight(center, desk), calls: [...center.relay.calls] }
}

/**
 * Runs apply and kills it at the Nth call that `counts`, before the call is handed on or after it was carried out; gives the
 * operation, or undefined when the run came to its end before.
 */
async function killedAt(
  { center }: World,
  desk: Desk,
  { nth, when, counts }: { nth: number; when: string; counts: (operation: string) => boolean },
): Promise<{ operation: string | undefined; code: number | null }> {
  const { relay } = center
  const { child, ended } = start(desk, apply)
  let count = 0
  let hit: string | undefined
  relay.pass = async ({ operation }, forward) => {
    if (counts(operation)) count += 1
    // What was sent at the same time is lost as well, or reaches AWS as well.
    if (count !== nth || !counts(operation)) return hit && when === 'before' ? undefined : forward()
    hit = operation
    if (when === 'after') await forward()
    child.kill('SIGKILL')
    return undefined
  }
  const { code } = await ended
  await relay.idle()
  relay.pass = undefined
  return { operation: hit, code }
}

/** What moves things: writes, and looks at what runs asynchronously. */
const moves = (operation: string) => isWrite(operation) || /^Describe.*Status$/.test(operation)
const anything = () => true

const ways = [
  // Every single request of the journey; elsewhere reads are left out, because they leave nothing behind.
  { way: 'from nothing', manifest: undefined, counts: anything, least: 20 },
  { way: 'that changes a set', manifest: earlier, counts: moves, least: 7 },
  { way: 'that removes a set', manifest: wider, counts: moves, least: 3 },
] as const

for (const { way, manifest, ...rest } of ways)
  test.concurrent(`an apply ${way}, killed at any request, is finished by the next one`, async () => {
    const world = await worldBefore(manifest)
    const { center, end } = world
    // The same world twice needs one proof: there is nothing else that a killed run could leave behind.
    const proven = new Set([JSON.stringify(await sight(center, await deskIn(world)))])
    const prove = async (desk: Desk, what: string) => {
      const left = JSON.stringify(await sight(center, desk))
      if (proven.has(left)) return
      const { code, stdout, stderr } = await run(desk, apply)
      expect({ what, code, ...(await sight(center, desk)) }, stdout + stderr).toEqual({ what, code: 0, ...end })
      proven.add(left)
    }
    for (const { when, counts, least, size } of [
      { when: 'before', counts: rest.counts, least: rest.least, size: 4 },
      // What was read by a run that is gone is as if it had not been asked for.
      { when: 'after', counts: moves, least: 3, size: 2 },
    ]) {
      const count = world.calls.filter(counts).length
      expect(count).toBeGreaterThanOrEqual(least)
      const at = moments(`an apply ${way}, killed ${when} requests`, count, size)
      await everyKill(world, { when, counts, at }, prove)
    }
    await center.close()
  }, 600_000)

/** What is killed, and at which requests out of those that count. */
interface Kills {
  readonly when: string
  readonly counts: (operation: string) => boolean
  readonly at: readonly number[]
}

/** Kills one apply after the other, each at a later request. Where none is left out, one more finds that it comes to its end. */
async function everyKill(
  world: World,
  { at, ...how }: Kills,
  prove: (desk: Desk, what: string) => Promise<void>,
): Promise<void> {
  for (const nth of isFull ? [...at, at.length + 1] : at) {
    const desk = await deskIn(world)
    const { operation, code } = await killedAt(world, desk, { nth, ...how })
    if (nth > at.length && isFull) {
      expect({ operation, code, ...(await sight(world.center, desk)) }).toEqual({
        operation: undefined,
        code: 0,
        ...world.end,
      })
      return
    }
    expect({ nth, killed: Boolean(operation), code }).toEqual({ nth, killed: true, code: null })
    await prove(desk, `${how.when} ${operation} (${nth})`)
  }
}
