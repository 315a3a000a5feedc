import { isProfileName } from '../../local/aws-config/values.ts'
import { nameOf } from '../../model/address.ts'
import { sortedEntries } from '../../model/state.ts'
import type { Found } from '../adoption.ts'
import { portal } from './portal-session.ts'

/** A profile that names the portal itself, which a session could do for it. */
export interface OlderProfile {
  readonly name: string
  readonly account: string
  readonly permissionSet: string
}

/** Profiles of the older form that a manifest could declare, all of one portal; none where a session is declared already. Pure. */
export function olderProfiles(found: Found): { readonly startUrl: string; readonly profiles: readonly OlderProfile[] } {
  const { live, machine } = found
  const { session, startUrl = '', isOurs } = portal(found)
  if (session || startUrl === '') return { startUrl, profiles: [] }
  const profiles = sortedEntries(live.profile).flatMap(([at, { spec, mark }]) => {
    const { sso_account_id: account = '', sso_role_name: permissionSet = '' } = spec
    const name = nameOf(at)
    const isFit = isProfileName(name) && /^\d{12}$/.test(account) && /^[\w+=,.@-]{1,32}$/.test(permissionSet)
    const isOlder = !spec.sso_session && mark === undefined && isOurs(spec.sso_start_url ?? '')
    return isFit && isOlder && !machine?.odd.has(at) ? [{ name, account, permissionSet }] : []
  })
  return { startUrl, profiles }
}
