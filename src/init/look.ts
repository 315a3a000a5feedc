import type { AwsClock } from '../aws/clock.ts'
import { readFacts } from '../aws/facts.ts'
import type { Reader } from '../aws/port.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import { wholeScope } from '../kinds/scopes.ts'
import { emptyState, observeCloud } from '../kinds/states.ts'
import type { State } from '../model/state.ts'
import { unplaced } from './judge.ts'

/** The reader to go on with once no request of an earlier run is in flight in an instance. */
export type Settled = (reader: Reader, instanceArn: string) => Promise<Reader>

/** Everything an instance holds. */
export async function lookAtEverything(
  reader: Reader,
  basics: { readonly region: string; readonly name?: string; readonly instance?: string; readonly file: string },
  clock: Pick<AwsClock, 'now' | 'told'>,
  thorough: boolean,
  { settled = async (same) => same, remark }: Pick<ReadContext, 'remark'> & { readonly settled?: Settled } = {},
): Promise<{ readonly facts: ReadContext['facts']; readonly live: State }> {
  const { file, region, name, instance } = basics
  const identity_center = { region, ...(instance ? { instance } : {}) }
  const bare = unplaced({ version: 1, ...(name ? { name } : {}), identity_center }, file)
  const facts = await readFacts(reader, bare, clock)
  const still = await settled(reader, facts.instance.arn)
  const look = {
    reader: still,
    facts,
    manifest: bare,
    desired: emptyState(),
    scope: wholeScope('whole', { thorough }),
    ...(remark ? { remark } : {}),
  }
  return { facts, live: await observeCloud(look) }
}
