import type { Access, AccessRow } from '../../access/rows.ts'
import type { JsonObject } from '../../model/json.ts'
import { plural } from '../../text/count.ts'

/** Ways into AWS that permission sets and assignments say nothing about, as far as they can be counted. */
export interface NotChecked {
  /** Applications that users and groups can be assigned to in Identity Center; undefined where they could not be listed. */
  readonly applications: number | undefined
}

/**
 * What a report about access did not look at, in one sentence. Account access manager, which has an API of its own, assigns users and
 * groups of Identity Center to IAM roles that exist (IAM user guide, "Account access manager").
 */
export function notCheckedWords({ applications }: NotChecked): string {
  const known = applications === undefined ? 'applications' : plural(applications, 'application')
  const others = 'account access manager, and access outside IAM Identity Center'
  return applications === 0
    ? 'Not checked: account access manager and access outside IAM Identity Center.'
    : `Not checked: ${known} in IAM Identity Center, ${others}.`
}

/** The same as data: how many of each, null where that is not known. */
export function notCheckedJson({ applications }: NotChecked): JsonObject {
  return { applications: applications ?? null, account_access_manager: null, outside_identity_center: null }
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

/** What stands in the place of an empty list. */
export function nobody({ narrowed }: Pick<Access, 'narrowed'>): string {
  return narrowed ? 'Nothing matches the filter.' : 'Nobody has access.'
}
