import { unreadSettings } from '../../access/settings.ts'
import { nameOf } from '../../model/address.ts'
import type { Adoption } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'
import { whyUnread } from '../shared/setting.ts'
import { objectAt } from '../shared/take-named.ts'

/** The Regions that are in use; one that is going is left out. */
export const adoptRegions: Adoption = {
  section: 'identity_center.additional_regions',
  count: (manifest) => [
    sectionSize(objectAt(manifest, 'identity_center').additional_regions),
    'additional Region',
    'additional Regions',
  ],
  refused: ({ path, why }) => [{ about: path.join('.'), treatment: 'out', why }],

  draft({ found: { live }, verdicts }) {
    const why = verdicts.get('identity_center.additional_regions')?.why ?? whyUnread(live, unreadSettings.regions)
    const here = [...live['additional-region']].filter(([, { spec }]) => spec.status !== 'removing')
    const all = here.flatMap(([at]) => (verdicts.has(at) ? [] : [nameOf(at)]))
    const out = here.flatMap(([at]) => (verdicts.has(at) ? [`Region ${nameOf(at)}: ${verdicts.get(at)?.why}`] : []))
    return {
      value: why === undefined && all.length > 0 ? all.sort() : undefined,
      notes: [],
      left: why === undefined ? out : [`additional Regions: ${why}`],
    }
  },
}
