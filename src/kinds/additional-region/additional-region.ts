import { unreadSettings } from '../../access/settings.ts'
import type { Manifest } from '../../manifest/types.ts'
import { address, nameOf } from '../../model/address.ts'
import type { AdditionalRegionSpec } from '../../model/specs.ts'
import type { Entries } from '../../model/state.ts'
import type { CloudKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { has } from '../shared/declares.ts'
import { withPosition } from '../shared/desired.ts'
import { readSetting } from '../shared/setting.ts'
import { adoptRegions } from './adopt.ts'
import { addRegion, type LiveRegion, regionsOf, removeRegion, whenReady } from './change.ts'
import { problemsOf } from './problems.ts'
import { takeRegions } from './take.ts'
import { effectOf } from './words.ts'

function adds({ identity_center }: Manifest): boolean {
  return has(identity_center.additional_regions)
}

function removes({ absent }: Manifest): boolean {
  return has(absent?.additional_regions)
}

/**
 * Regions that the instance is replicated to. Sources: IAM Identity Center User Guide, "Using IAM Identity Center across multiple AWS
 * Regions"; API Reference, AddRegion, RemoveRegion and ListRegions. AWS adds and removes one at a time, and goes on after it has answered.
 * Nothing marks a Region as ours, so that it goes only when it is listed as absent.
 */
export const additionalRegion: CloudKind<'additional-region'> = {
  name: 'additional-region',
  side: 'cloud',
  title: 'Additional Regions',
  summary: 'Regions that Identity Center is replicated to',
  sections: ['identity_center.additional_regions', 'absent.additional_regions'],
  after: [],
  addressSays: 'everything',
  complete: true,
  ignore: { never: 'a manifest that does not list them leaves them alone' },
  adopt: adoptRegions,
  takesLive: takeRegions,
  operations: {
    // Who has access can sign in there too.
    ListRegions: 'always',
    AddRegion: adds,
    RemoveRegion: removes,
  },
  atOnce: { create: 1, update: 1, delete: 1 },

  desired: (loaded) =>
    new Map(
      (loaded.manifest.identity_center.additional_regions ?? []).map((region, index) => {
        const path = ['identity_center', 'additional_regions', index]
        return [address('additional-region', region), withPosition<'additional-region'>(loaded, path, { spec: {} })]
      }),
    ),

  observe: ({ reader, facts, manifest: { manifest }, scope }) =>
    readSetting(
      { scope },
      {
        ...{ kind: 'additional-region', name: unreadSettings.regions },
        ...{ isDeclared: adds(manifest) || removes(manifest), isAsked: scope.settings },
      },
      async (how) => entriesOf(await regionsOf(reader, facts.instance, how)),
    ),

  deleteReason: (at, _entry, { manifest }) => listedAsAbsent('additional_regions', at, manifest),
  needs: () => [],
  problems: problemsOf,
  effect: (verb, at, { before }) => effectOf(verb, nameOf(at), before),

  async apply({ verb, address: at, before }, context) {
    const region = nameOf(at)
    if (verb === 'delete') return removeRegion(region, before, context)
    if (verb === 'update' && before?.status === 'adding') await whenReady(region, context)
    else await addRegion(region, before, context)
    return region
  },
}

function entriesOf(regions: readonly LiveRegion[]): Entries<'additional-region'> {
  return new Map(
    regions.map(({ region, status }) => {
      const spec: AdditionalRegionSpec = status === undefined ? {} : { status }
      return [address('additional-region', region), { spec, ref: region }]
    }),
  )
}
