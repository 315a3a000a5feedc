import type { RoleEntitlements } from '../../access/role-entitlements.ts'
import type { Access, AccessRow } from '../../access/rows.ts'
import type { JsonObject } from '../../model/json.ts'
import { plural } from '../../text/count.ts'
import { shown } from '../../text/shown.ts'

/** Ways into AWS that permission sets and assignments say nothing about, as far as they can be counted. */
export interface NotChecked {
  /** Applications that users and groups can be assigned to in Identity Center; undefined where they could not be listed. */
  readonly applications: number | undefined
  /** Entitlements of account access manager, which let users and groups take IAM roles; undefined, or with the reason, where unread. */
  readonly entitlements?: number | { readonly unread: string }
}

/**
 * What a report about access did not look at, in one sentence. Account access manager, which has an API of its own, assigns users and
 * groups of Identity Center to IAM roles that exist (IAM user guide, "Account access manager").
 */
export function notCheckedWords({ applications, entitlements }: NotChecked): string {
  const parts = [
    ...applicationWords(applications),
    ...entitlementWords(entitlements),
    'access outside IAM Identity Center',
  ]
  return `Not checked: ${series(parts)}.`
}

function applicationWords(count: number | undefined): readonly string[] {
  if (count === 0) return []
  return [`${count === undefined ? 'applications' : plural(count, 'application')} in IAM Identity Center`]
}

function entitlementWords(found: NotChecked['entitlements']): readonly string[] {
  if (found === 0) return []
  if (typeof found === 'number') return [`${plural(found, 'IAM role')} assigned through account access manager`]
  return [`account access manager${found === undefined ? '' : ` (${shown(found.unread)})`}`]
}

function series(parts: readonly string[]): string {
  const last = parts.at(-1) ?? ''
  return parts.length === 1 ? last : `${parts.slice(0, -1).join(', ')}${parts.length > 2 ? ',' : ''} and ${last}`
}

/** The same as data: how many of each, null where that is not known. */
export function notCheckedJson({ applications, entitlements }: NotChecked): JsonObject {
  const known = typeof entitlements === 'number' ? entitlements : null
  return { applications: applications ?? null, account_access_manager: known, outside_identity_center: null }
}

/** How a row was come by, in words: `direct` or `group admins`. */
export function wayOf({ via, group }: Pick<AccessRow, 'via' | 'group'>): string {
  return via === 'direct' ? 'direct' : `group ${group ?? ''}`
}

/** What is said of a row whose user or group no longer exists; nothing of any other. */
export function orphanRemarks({
  orphan,
  via,
  user,
  group,
}: Pick<AccessRow, 'orphan' | 'via' | 'user' | 'group'>): readonly string[] {
  if (!orphan) return []
  return [via === 'group' && user === group ? 'orphaned: group deleted' : 'orphaned: user deleted']
}

/** What stands out about a row; nothing for an ordinary one. */
export function remarksOf(row: AccessRow): readonly string[] {
  const { administrative, disabled, denied } = row
  return [
    ...(administrative ? ['administrator'] : []),
    ...(denied ? ['denied everything'] : []),
    ...orphanRemarks(row),
    ...(disabled ? ['disabled'] : []),
  ]
}

/** An account as `label (id)`, or the id alone where it has no other name. */
export function accountText({ account, account_label }: Pick<AccessRow, 'account' | 'account_label'>): string {
  return account === account_label ? account : `${account_label} (${account})`
}

/** The columns of a row, in the order of every table. */
export function cellsOf(row: AccessRow): readonly string[] {
  return [row.user, accountText(row), row.permission_set, row.session_duration, wayOf(row), remarksOf(row).join(', ')]
}

/** What stands in the place of an empty list, which is not all that there is where account access manager assigns roles. */
export function nobody({ narrowed }: Pick<Access, 'narrowed'>, entitlements?: RoleEntitlements): string {
  if (entitlements && entitlements.roles.length > 0) return 'Nobody has access through permission sets.'
  return narrowed ? 'Nothing matches the filter.' : 'Nobody has access.'
}
