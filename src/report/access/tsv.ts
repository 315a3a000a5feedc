import type { Access } from '../../access/rows.ts'
import { noFormula } from './csv.ts'
import { arnOf, type RolesTold } from './roles.ts'
import { remarksOf, wayOf } from './words.ts'

/** Access for grep, cut and awk: one line a way in, tabs between its columns, no header line. Pure. */
export function accessTsv({ rows }: Access, roles?: RolesTold): string {
  return rows
    .map((row) => [
      ...[row.user, row.account, row.account_label, row.permission_set, row.session_duration],
      ...[wayOf(row), remarksOf(row).join(', '), ...(roles ? [arnOf(row)] : [])],
    ])
    .map((cells) => `${cells.map(noFormula).join('\t')}\n`)
    .join('')
}
