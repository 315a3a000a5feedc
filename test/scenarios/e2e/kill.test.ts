import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { configPath, type Desk, journey, newDesk, tree } from './support/desk.ts'
import { portrait } from './support/portrait.ts'
import { isWrite } from './support/relay.ts'

const apply = ['apply', '--yes', '--max-deletes', '9']

/** What the config holds already: sections of somebody else around which the tool writes. */
const foreign = '[default]\nregion = eu-west-1\n\n[profile old]\nrole_arn = x\nsource_profile = default\n'

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
}

/** Everything a kill could leave different, without ids, times and process numbers. */
interface Sight {
  readonly portrait: object
  readonly home: readonly string[]
}

async function sight(center: Center, { home }: Desk): Promise<Sight> {
  return { portrait: portrait(await center.export()), home: filesOf(home) }
}

function filesOf(home: string): string[] {
  return tree(home).map((line) => line.replace(/~\d+~\d+\.tmp/, '~PID~N.tmp'))
}

/** A desk in the state before the apply that is going to be killed. */
async function deskIn({ center, tables, home }: Omit<World, 'end'>): Promise<Desk> {
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
  expect(await run(desk, apply)).toMatchObject({ code: 0 })
  return { ...start, end: await sight(center, desk) }
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

/** A loop that gets here has lost its end. */
const tooMany = 200

const ways = [
  // Every single request of the journey; elsewhere reads are left out, because they leave nothing behind.
  { way: 'from nothing', manifest: undefined, counts: anything, least: 20 },
  { way: 'that changes a set', manifest: earlier, counts: moves, least: 7 },
  { way: 'that removes a set', manifest: wider, counts: moves, least: 3 },
] as const

test.concurrent.each(ways)(
  'an apply $way, killed at any request, is finished by the next one',
  async (way) => {
    const world = await worldBefore(way.manifest)
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
    for (const [when, counts, least] of [
      ['before', way.counts, way.least],
      // What was read by a run that is gone is as if it had not been asked for.
      ['after', moves, 3],
    ] as const) {
      const killed = await everyKill(world, { when, counts }, prove)
      expect(killed).toBeGreaterThanOrEqual(least)
    }
    await center.close()
  },
  600_000,
)

/** Kills one apply after the other, each at one request later, until one ends by itself; gives how many were killed. */
async function everyKill(
  world: World,
  { when, counts }: { when: string; counts: (operation: string) => boolean },
  prove: (desk: Desk, what: string) => Promise<void>,
): Promise<number> {
  for (let nth = 1; nth <= tooMany; nth += 1) {
    const desk = await deskIn(world)
    const { operation, code } = await killedAt(world, desk, { nth, when, counts })
    if (!operation) {
      expect({ code, ...(await sight(world.center, desk)) }).toEqual({ code: 0, ...world.end })
      return nth - 1
    }
    expect(code).toBe(null)
    await prove(desk, `${when} ${operation} (${nth})`)
  }
  throw new Error('a run that nobody kills should have ended the loop')
}

const hook = fileURLToPath(new URL('./support/kill-at-change.mjs', import.meta.url))

/** The half of a laptop: all it needs is in the file. */
const local = `version: 1
identity_center: { region: eu-west-1, start_url: "https://example.awsapps.com/start" }
accounts: { management: "111122223333" }
local:
  sso_session: personal
  profiles:
    personal: { account: management, permission_set: Admin }
`

test.concurrent.each([
  { home: 'empty', config: undefined, least: 7 },
  { home: 'in use', config: foreign, least: 12 },
])(
  'killed between any two file operations in a home that is $home',
  async ({ config, least }) => {
    const deskWith = () => {
      const desk = newDesk(undefined, local)
      if (config === undefined) return desk
      mkdirSync(join(desk.home, '.aws'))
      writeFileSync(configPath(desk.home), config)
      return desk
    }
    const whole = deskWith()
    expect(await run(whole, apply)).toMatchObject({ code: 0 })
    const end = filesOf(whole.home)
    const proven = new Set<string>()
    for (let nth = 1; nth <= tooMany; nth += 1) {
      const desk = deskWith()
      const { code } = await run(desk, apply, {
        NODE_OPTIONS: `--import=${hook}`,
        KILL_AT: String(nth),
        KILL_BELOW: desk.home,
      })
      if (code === 0) {
        expect(filesOf(desk.home)).toEqual(end)
        return expect(nth).toBeGreaterThan(least)
      }
      expect(code).toBe(null)
      const left = JSON.stringify(filesOf(desk.home))
      if (proven.has(left)) continue
      proven.add(left)
      const again = await run(desk, apply)
      expect({ nth, code: again.code, home: filesOf(desk.home) }, again.stderr).toEqual({ nth, code: 0, home: end })
    }
    return expect.unreachable('a run that nobody kills should have ended the loop')
  },
  600_000,
)
