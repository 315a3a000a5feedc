import type { Access, AccessRow } from '../access/rows.ts'

/** How a row was come by, in words: `direct` or `group admins`. */
export function wayOf({ via, group }: Pick<AccessRow, 'via' | 'group'>): string {
  return via === 'direct' ? 'direct' : `group ${group ?? ''}`
}

/** What stands out about a row; nothing for an ordinary one. */
export function remarksOf({ administrative, orphan, disabled, via, user, group }: AccessRow): readonly string[] {
  const gone = via === 'group' && user === group ? 'orphan: this group is gone' : 'orphan: this user is gone'
  return [...(administrative ? ['administrator'] : []), ...(orphan ? [gone] : []), ...(disabled ? ['disabled'] : [])]
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
