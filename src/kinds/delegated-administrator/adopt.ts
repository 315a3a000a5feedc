import { unreadSettings } from '../../access/settings.ts'
import { nameOf } from '../../model/address.ts'
import type { Adoption } from '../adoption.ts'
import { adoptedSetting } from '../shared/adopt-setting.ts'
import { nicknames } from '../shared/nicknames.ts'
import { whyUnread } from '../shared/setting.ts'

/** The account that is registered; which account that is, is said by its nickname. */
export const adoptDelegate: Adoption = {
  ...adoptedSetting('delegated_administrator', 'delegated administrator', 'delegated administrators'),

  draft({ found: { live, facts }, verdicts }) {
    const [at] = live['delegated-administrator'].keys()
    const about = 'identity_center.delegated_administrator'
    const why = verdicts.get(about)?.why ?? (at && verdicts.get(at)?.why) ?? whyUnread(live, unreadSettings.delegate)
    const isWritten = at !== undefined && why === undefined
    const id = at === undefined ? '' : nameOf(at)
    return {
      value: isWritten ? (nicknames(facts).get(id) ?? id) : undefined,
      notes: [],
      left: why === undefined ? [] : [`delegated administrator: ${why}`],
      ...(isWritten ? { accounts: new Set([id]) } : {}),
    }
  },
}
