import { readFacts } from '../aws/facts.ts'
import type { Reader } from '../aws/port.ts'
import { cloudKinds } from '../kinds/index.ts'
import type { Look } from '../kinds/kind.ts'
import { liveSets } from '../kinds/sets.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { address } from '../model/address.ts'
import { emptyState, type State } from '../model/state.ts'
import { unplaced } from './judge.ts'

/** The reader to go on with once no request of an earlier run is in flight in an instance. */
export type Settled = (reader: Reader, instanceArn: string) => Promise<Reader>

/** Everything an instance holds: a look as `plan` takes it, with a manifest that speaks of every set and every group. */
export async function lookAtEverything(
  reader: Reader,
  basics: { readonly region: string; readonly name?: string; readonly instance?: string; readonly file: string },
  now: Date,
  settled: Settled = async (same) => same,
): Promise<{ readonly facts: Look['facts']; readonly live: State }> {
  const { file, region, name, instance } = basics
  const identity_center = { region, ...(instance ? { instance } : {}) }
  const bare = unplaced({ version: 1, ...(name ? { name } : {}), identity_center }, file)
  const facts = await readFacts(reader, bare, now)
  const still = await settled(reader, facts.instance.arn)
  const empty = { reader: still, facts, manifest: bare, desired: emptyState(), thorough: true }
  const [sets, groups] = await Promise.all([
    liveSets(empty),
    still.list('ListGroups', { IdentityStoreId: facts.instance.identity_store_id }),
  ])
  const look = {
    ...empty,
    ...scope(
      bare,
      sets.map((one) => one.name),
      groups.map((one) => one.DisplayName ?? ''),
    ),
  }
  const entries = await Promise.all(cloudKinds.map(async (kind) => [kind.name, await kind.live(look)] as const))
  return { facts, live: { ...emptyState(), ...Object.fromEntries(entries) } }
}

// Reads are narrowed to what a manifest names; this one names everything.
function scope(
  bare: LoadedManifest,
  sets: readonly string[],
  groups: readonly string[],
): Pick<Look, 'manifest' | 'desired'> {
  const manifest = { ...bare.manifest, groups: Object.fromEntries(groups.map((name) => [name, { members: [] }])) }
  const stub = { spec: { session_duration: '1h' } }
  const desired = new Map(sets.map((name) => [address('permission-set', name), stub]))
  return { manifest: { ...bare, manifest }, desired: { ...emptyState(), 'permission-set': desired } }
}
