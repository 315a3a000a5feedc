import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { adopt } from '../../src/init/adopt.ts'
import { foundHere } from '../../src/init/findings.ts'
import { planInputOf } from '../../src/init/judge.ts'
import { kindNames } from '../../src/kinds/index.ts'
import { loadManifest } from '../../src/manifest/load.ts'
import type { Entries } from '../../src/model/state.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { isFull } from '../support/effort.ts'
import { found, ordinary, worlds } from './found.ts'

const numRuns = isFull ? 5_000 : 300

async function plan(text: string, seen: ReturnType<typeof found>) {
  const readPolicy = () => Promise.reject(new Error('no policy files'))
  const loaded = await loadManifest({ file: 'sso.yaml', text }, { env: {}, readPolicy })
  return makePlan(planInputOf(loaded, seen), {
    selection: {},
    manifestDigest: '',
    allow: {},
    diagnostics: loaded.warnings,
    thorough: true,
  }).plan
}

// Nightly runs try many more worlds.
if (isFull) vi.setConfig({ testTimeout: 900_000 })

describe('a plan after init', () => {
  it('is empty for every live state', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const seen = found(world)
        const { text } = await adopt(seen)
        const { operations, refusals, complete } = await plan(text, seen)
        expect({ operations, refusals, complete }).toEqual({ operations: [], refusals: [], complete: true })
      }),
      { numRuns },
    )
  })

  it('is empty where the name of a group is a blank', async () => {
    const ann = { spec: { given_name: 'Ann', family_name: 'Lee', email: 'ann@example.com' } }
    const seen = found({ users: { ann }, groups: { ' ': { spec: {}, members: ['ann'] } } })
    const { operations, unchanged } = await plan((await adopt(seen)).text, seen)
    expect({ operations, unchanged }).toEqual({ operations: [], unchanged: 3 })
  })

  it('is empty for every machine without a look at AWS', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, fc.constantFrom('eu-west-1', 'us-east-1'), async (world, region) => {
        const { live, facts } = found(world)
        const here = { 'sso-session': live['sso-session'], profile: live.profile }
        const seen = foundHere({ file: 'sso.yaml', region, now: facts.now }, here, facts.management)
        const { operations, refusals, complete } = await plan((await adopt(seen)).text, seen)
        expect({ operations, refusals, complete }).toEqual({ operations: [], refusals: [], complete: true })
      }),
      { numRuns },
    )
  })

  it('finds everything declared in full where everything can be said', async () => {
    await fc.assert(
      fc.asyncProperty(ordinary, async (world) => {
        const seen = found(world)
        const { text, draft } = await adopt(seen)
        const { unmanaged, unchanged } = await plan(text, seen)
        const things = kindNames.reduce((sum, kind) => sum + seen.live[kind].size, 0)
        expect({ unmanaged, unchanged, left: draft.left }).toEqual({ unmanaged: [], unchanged: things, left: [] })
        expect(text).not.toMatch(/external: true|^ignore:/m)
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })

  it('is the same text in whatever order AWS answers', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const seen = found(world)
        const turned = Object.fromEntries(
          kindNames.map((kind) => [kind, new Map([...(seen.live[kind] as Entries)].reverse())]),
        ) as unknown as typeof seen.live
        const accounts = [...seen.facts.accounts].reverse()
        const other = { ...seen, live: { ...seen.live, ...turned }, facts: { ...seen.facts, accounts } }
        expect((await adopt(other)).text).toBe((await adopt(seen)).text)
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })

  it('names everything that was found, in the manifest or in its comments', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const { draft } = await adopt(found(world))
        const said = JSON.stringify(draft)
        for (const name of [
          ...Object.keys(world.users ?? {}),
          ...Object.keys(world.groups ?? {}),
          ...Object.keys(world.sets ?? {}),
        ])
          expect(said).toContain(JSON.stringify(name).slice(1, -1))
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    )
  })
})
