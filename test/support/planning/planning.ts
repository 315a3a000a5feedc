import { kindNames } from '../../../src/kinds/index.ts'
import { desiredState, refinedDesired } from '../../../src/kinds/states.ts'
import { loadManifest } from '../../../src/manifest/load.ts'
import type { Allowances } from '../../../src/model/allowances.ts'
import { canonical, type Json } from '../../../src/model/json.ts'
import type { Operation } from '../../../src/model/operation.ts'
import type { Plan, Selection } from '../../../src/model/plan.ts'
import type { KindName } from '../../../src/model/specs.ts'
import type { PlanInput } from '../../../src/plan/diff.ts'
import { diff } from '../../../src/plan/diff.ts'
import { sha256 } from '../../../src/plan/digest.ts'
import { ordered } from '../../../src/plan/order.ts'
import { makePlan } from '../../../src/plan/plan.ts'
import { withRights } from '../../../src/plan/rights.ts'
import { knownNames } from '../../../src/policies/known-names.ts'
import { factsOf, liveState, type World } from './world.ts'

/** What a test plans: a manifest without its two fixed keys, and the world it meets. */
export interface Case {
  readonly manifest: string
  readonly live?: World
  /** The moment of the look; noon of 22 November 2026 when left out. */
  readonly now?: string
  readonly only?: readonly KindName[]
}

const head = 'version: 1\nidentity_center: { region: eu-west-1 }\n'

/** Both sides of a case, the manifest read as the commands read it. */
export async function sidesOf({ manifest, live = {}, now = '2026-11-22T12:00:00Z', only }: Case): Promise<PlanInput> {
  const text = /^version:/m.test(manifest) ? manifest : `${head}${manifest}`
  const loaded = await loadManifest(
    { file: 'sso.yaml', text },
    { env: {}, readPolicy: () => Promise.reject(new Error('no policy files here')) },
  )
  const facts = factsOf(loaded, live, now)
  const state = liveState(live)
  const desired = refinedDesired(desiredState(loaded, facts), { manifest: loaded, facts, live: state })
  return { manifest: loaded, facts, desired, live: state, selected: new Set(only ?? kindNames) }
}

/** The operations of a case, in the order in which they would run. */
export async function operationsOf(one: Case): Promise<Operation[]> {
  return ordered(diff(await sidesOf(one)).operations)
}

/** The plan of a case, with what it gives and takes. */
export async function planOf(one: Case, allow: Allowances = {}, selection: Selection = {}): Promise<Plan> {
  const options = { selection, manifestDigest: sha256(one.manifest), allow, diagnostics: [], thorough: true }
  const sides = await sidesOf(one)
  const { plan, end } = makePlan(sides, options)
  return { ...plan, operations: withRights(plan.operations, { live: sides.live, end }, await knownNames()) }
}

/**
 * An operation on one line: `update user/taro title: Boss -> (none)`, `create assignment/… after permission-set/A, user/taro`.
 * The fields of assignments and memberships are left out, because their address says it all.
 */
export function told({ kind, verb, address, fields, needs }: Operation): string {
  const inAddress = kind === 'assignment' || kind === 'membership'
  const changes = fields.map(({ path, before, after }) =>
    verb === 'create' ? `${path}=${show(after)}` : `${path}: ${show(before)} -> ${show(after)}`,
  )
  const waits = needs.length > 0 && verb !== 'delete' ? [`after ${needs.join(', ')}`] : []
  const what = inAddress || verb === 'delete' ? [] : changes
  return [`${verb} ${address}`, ...(what.length > 0 ? [what.join('; ')] : []), ...waits].join(' ')
}

function show(value: Json | undefined): string {
  if (value === undefined) return '(none)'
  return typeof value === 'string' ? value : canonical(value)
}
