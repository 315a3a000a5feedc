import type { Json } from '../../model/json.ts'
import { partitionOf } from '../../model/partition.ts'
import { knownRegions } from '../../model/regions.ts'
import { nearMiss } from '../../text/near.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, textAt, texts } from '../view.ts'
import type { Check } from './check.ts'

/** Regions of the instance: those that no list has, and those that know nothing of the primary one. */
export const checkRegions: Check = (manifest) => {
  const home = textAt(manifest, 'identity_center', 'region')
  const others = [...listed(manifest, ['identity_center']), ...listed(manifest, ['absent'])]
  return [
    ...(home === undefined ? [] : unknown(home, ['identity_center', 'region'])),
    ...others.flatMap(([path, region]) => elsewhere(region, home, path) ?? unknown(region, path)),
  ]
}

function listed(manifest: Json, section: readonly string[]): readonly (readonly [Path, string])[] {
  const path = [...section, 'additional_regions']
  return texts(at(manifest, ...path)).map(([index, region]) => [[...path, index], region])
}

// The schema says what is wrong with anything else.
function isRegion(text: string | undefined): text is string {
  return text !== undefined && /^(?:[a-z]+-){2,3}\d$/.test(text)
}

function elsewhere(region: string, home: string | undefined, path: Path): readonly Finding[] | undefined {
  if (!isRegion(region) || !isRegion(home)) return undefined
  const [own, other] = [partitionOf(home), partitionOf(region)]
  if (own === other) return undefined
  const message = `${quote(region)} is in the partition ${other}, and the primary Region ${home} in ${own}: no instance is in both`
  const hint = `name a Region of the partition ${own}, or take this one out`
  return [atValue(path, 'region-partition', message, hint)]
}

function unknown(region: string, path: Path): readonly Finding[] {
  if (!isRegion(region) || knownRegions.includes(region)) return []
  const likely = nearMiss(region, knownRegions)
  const hint =
    likely === undefined
      ? 'check it against the Regions of AWS; one that is newer than this release can be used'
      : `did you mean ${quote(likely)}? One that is newer than this release can be used`
  return [asWarning(atValue(path, 'region-unknown', `${quote(region)} is no Region that this release knows`, hint))]
}
