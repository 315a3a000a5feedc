import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Contents } from '../../../src/sandbox/content-types.ts'
import type { TablesJson } from '../../../src/sandbox/state/state.ts'
import { newCloud } from './support/cloud.ts'
import { type Feature, policyFiles, rows } from './support/features.ts'
import { line, merged, newOffice, type PlanDocument, type Sections } from './support/office.ts'

const features: readonly (Feature & { readonly id: string })[] = rows.map(([name, make], index) => {
  const id = `f${String(index).padStart(2, '0')}x`
  return { id, name, ...make(id) }
})

/** Every section is there at every stage, so that leaving something out means something. */
const sections: Sections = {
  accounts: { dev: '222233334444', prod: '333344445555' },
  users: {},
  groups: {},
  permission_sets: {},
  assignments: [],
}
const manifest = (stage: 'first' | 'next' | 'last') => merged([sections, ...features.map((feature) => feature[stage])])

/** What others have made: whatever a feature calls external, not ours or ignored. */
function others(): Contents {
  const names = [...new Set(JSON.stringify(features).match(/\b(theirs?|ours)-f\d\dx/g) ?? [])]
  const isSet = (name: string) => features.some(({ first, next, last }) => inSets([first, next, last], name))
  return {
    users: names.filter((name) => name.startsWith('theirs-') && !isSet(name)).map((userName) => ({ userName })),
    groups: names.filter((name) => name.startsWith('their-')).map((displayName) => ({ displayName })),
    permissionSets: names
      .filter((name) => name.startsWith('ours-') || isSet(name))
      .map((name) => ({ name, ...(name.startsWith('ours-') ? { tags: { 'managed-by': 'sso-reconcile' } } : {}) })),
  }
}

function inSets(stages: readonly Sections[], name: string): boolean {
  return stages.some(({ permission_sets = {}, absent = {} }) =>
    JSON.stringify([permission_sets, (absent as { permission_sets?: unknown }).permission_sets ?? []]).includes(
      `"${name}"`,
    ),
  )
}

/** All features go their way together, in one manifest; each looks at its own part of every plan. */
const told: { plans: PlanDocument[]; settled: PlanDocument[]; said: string[]; end?: TablesJson } = {
  plans: [],
  settled: [],
  said: [],
}

beforeAll(async () => {
  const cloud = await newCloud({ contents: others() })
  const office = newOffice(cloud.url)
  mkdirSync(join(office.desk.work, 'policies'))
  for (const [name, policy] of Object.entries(policyFiles))
    writeFileSync(join(office.desk.work, 'policies', `${name}.json`), JSON.stringify(policy))
  for (const stage of ['first', 'next', 'last'] as const) {
    office.write(manifest(stage))
    told.plans.push(await office.plan('--max-deletes', '99'))
    const { code, stdout, stderr } = await office.apply('--quiet', '--max-deletes', '99')
    told.said.push(code === 0 ? '' : stdout + stderr)
    told.settled.push(await office.plan())
  }
  told.end = await cloud.export()
}, 120_000)

describe('every feature there and back', () => {
  it('is applied at once, after which nothing is left to do', () => {
    const errors = [...told.plans, ...told.settled].flatMap(({ diagnostics, refusals }) => [
      ...diagnostics,
      ...refusals,
    ])
    expect(errors.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(told.said).toEqual(['', '', ''])
    expect(told.settled.map(({ operations }) => operations.map(line))).toEqual([[], [], []])
  })

  it.each(features.map((feature) => [feature.name, feature] as const))('%s', (_name, { id, shows, ends }) => {
    const mine = (plan: PlanDocument | undefined) =>
      plan?.operations
        .map(line)
        .filter((one) => one.includes(id))
        .sort()
    expect(mine(told.plans[1])).toEqual([...shows].sort())
    expect(mine(told.plans[2])).toEqual([...ends].sort())
  })

  it('a set that is assigned somewhere says what its change leads to, and is up to date there afterwards', () => {
    const effects = told.plans[1]?.operations.filter(({ effect }) => effect?.startsWith('re-provisioned'))
    expect(effects?.map(({ effect }) => effect)).toEqual(['re-provisioned in 2 accounts'])
    const { provisions = {}, permissionSets = {} } = told.end ?? {}
    const versions = Object.values(provisions).map((row) => [row.version, permissionSets[row.permissionSet]?.version])
    expect(versions.length).toBeGreaterThan(0)
    for (const [there, latest] of versions) expect(there).toBe(latest)
  })

  it('every delete has its reason', () => {
    const reasons = (plan: PlanDocument | undefined) =>
      new Set(
        plan?.operations.flatMap(({ verb, reason }) =>
          verb === 'delete' ? [reason.replace(/\S*f\d\dx\S*/g, 'X')] : [],
        ),
      )
    expect([...reasons(told.plans[1])].sort()).toEqual([
      'not a member in sso.yaml',
      'not in sso.yaml',
      'permission set X is removed',
      'renamed to X',
      'until 2020-01-01 has passed',
    ])
    expect([...reasons(told.plans[2])].sort()).toEqual([
      'group X is removed',
      'listed under absent.groups',
      'listed under absent.permission_sets',
      'listed under absent.users',
      'no longer in sso.yaml',
      'not a member in sso.yaml',
      'not in sso.yaml',
      'permission set X is removed',
      'user X is removed',
    ])
  })
})
