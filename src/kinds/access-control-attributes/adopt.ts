import { unreadTags } from '../../access/session-tags.ts'
import type { Adoption } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'
import { configurationAddress } from './configuration.ts'

/** The attributes of the instance, as they are. */
export const adoptAttributes: Adoption = {
  section: 'access_control_attributes',
  count: ({ access_control_attributes }) => [
    sectionSize(access_control_attributes),
    'attribute for access control',
    'attributes for access control',
  ],
  comment: () => ['User attributes that AWS passes to accounts as session tags; this list is complete.'],
  refused: ({ why }) => [{ about: configurationAddress, treatment: 'out', why }],

  draft({ found: { live }, verdicts }) {
    const spec = live['access-control-attributes'].get(configurationAddress)?.spec
    const why = verdicts.get(configurationAddress)?.why ?? live.covers.refused.get(unreadTags)?.message
    return {
      // An empty section would turn the feature off.
      value: why || sectionSize(spec?.attributes) === 0 ? undefined : spec?.attributes,
      notes: [],
      left: why ? [`${unreadTags}: ${why}`] : [],
    }
  },
}
