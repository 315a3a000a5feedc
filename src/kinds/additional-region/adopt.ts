import { unreadSettings } from '../../access/settings.ts'
import { nameOf } from '../../model/address.ts'
import type { Adoption } from '../adoption.ts'
import { adoptedSetting } from '../shared/adopt-setting.ts'
import { whyUnread } from '../shared/setting.ts'

/** The Regions that are in use; one that is going is left out. */
export const adoptRegions: Adoption = {
  ...adoptedSetting('additional_regions', 'additional Region', 'additional Regions'),

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
