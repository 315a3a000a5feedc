import type { Found, Verdicts } from '../../kinds/adoption.ts'
import { foreign } from '../../kinds/shared/foreign.ts'
import { type Address, address, kindOf, nameOf } from '../../model/address.ts'
import { inactiveWords, isActive } from '../../model/facts.ts'

/** Why a manifest of what was found does not say a thing in full, which is live; undefined where nothing tells. Pure. */
export function whyUnsaid(at: Address, found: Found, verdicts: Verdicts): string | undefined {
  const { live, facts } = found
  const known = verdicts.get(at)?.why ?? foreign(found).sets.get(nameOf(at))
  const provided = 'an identity provider manages it'
  switch (kindOf(at)) {
    case 'user':
      return live.user.get(at)?.provisioned ? provided : known
    case 'group':
      return live.group.get(at)?.provisioned ? provided : known
    case 'membership': {
      const group = address('group', live.membership.get(at)?.spec.group ?? '')
      return live.group.get(group)?.provisioned ? 'an identity provider manages the group' : known
    }
    case 'assignment': {
      const account = live.assignment.get(at)?.spec.account ?? ''
      return isActive(account, facts) ? known : `account ${account} ${inactiveWords(account, facts)}`
    }
    default:
      return known
  }
}
