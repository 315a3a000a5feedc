import { formatDuration, parseDuration } from '../../manifest/duration.ts'
import { address } from '../../model/address.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { Observation, ReadContext } from '../contexts.ts'
import { readContent, readRights } from './content.ts'
import { type LiveSet, liveSets } from './live-sets.ts'
import { filledSpec } from './spec.ts'

/** Every permission set, as deeply as the scope of a look goes. */
export async function observeSets(context: ReadContext): Promise<Observation<'permission-set'>> {
  const sets = await liveSets(context)
  const entries = await Promise.all(
    sets.map(async (set) => [address('permission-set', set.name), await readSet(context, set)] as const),
  )
  return { entries: new Map(entries) }
}

async function readSet(context: ReadContext, set: LiveSet): Promise<Entry<'permission-set'>> {
  const owned = { ref: set.arn, ...(set.mark === undefined ? {} : { mark: set.mark }) }
  const depth = context.scope.depthOf(set)
  if (depth === 'header') return { spec: filledSpec(headerOf(set)), ...owned, partial: 'header' }
  const { content, deniedSince } = await (depth === 'rights' ? readRights : readContent)(context, set.arn)
  const since = Object.keys(deniedSince).length > 0 ? { deniedSince } : {}
  if (depth === 'rights')
    return { spec: filledSpec({ ...headerOf(set), ...content }), ...owned, ...since, partial: 'rights' }
  return { spec: filledSpec({ ...headerOf(set), ...content, tags: set.tags }), ...owned, ...since }
}

function headerOf(set: LiveSet): PermissionSetSpec {
  const seconds = parseDuration(set.duration)
  return {
    description: set.description,
    session_duration: seconds === undefined ? set.duration : formatDuration(seconds),
    relay_state: set.relayState,
  }
}
