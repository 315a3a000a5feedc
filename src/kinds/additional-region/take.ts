import { nameOf } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { objectAt, withoutAbsent } from '../shared/take-named.ts'
import type { Differing, Taking } from '../taking.ts'

/** The list of additional Regions, with those that are live and without those that are not. */
export const takeRegions: Taking<'additional-region'> = {
  taken: (things, { value }) => things.reduce(one, value),
}

function one(value: JsonObject, { address: at, live }: Differing<'additional-region'>): JsonObject {
  const region = nameOf(at)
  const head = objectAt(value, 'identity_center')
  const listed = Array.isArray(head.additional_regions) ? head.additional_regions : []
  const others = listed.filter((other) => other !== region)
  const isLive = live !== undefined && live.spec.status !== 'removing'
  const all = isLive ? (listed.length === others.length ? [...listed, region] : listed) : others
  const kept = isLive ? withoutAbsent(value, 'additional_regions', region) : value
  return { ...kept, identity_center: { ...head, additional_regions: all } }
}
