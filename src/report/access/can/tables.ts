import type { CanRow } from '../../../access/can.ts'
import { accessColumns, csvTable, noFormula, roleColumns } from '../csv.ts'
import { arnOf } from '../roles.ts'
import { wayOf } from '../words.ts'
import { conditionsOf, resourcesOf } from './json.ts'
import { standing } from './text.ts'
import { answerKey, answerWords, type CanReport, throughWords } from './words.ts'

const lists = (values: readonly string[]) => values.join(' ')
const names = (row: CanRow) => row.unknown.flatMap(({ policy }) => (policy ? [policy] : []))

const columns: readonly (readonly [string, (row: CanRow) => string])[] = [
  ...accessColumns,
  ['verdict', ({ verdict }) => answerKey(verdict)],
  ['through', throughWords],
  ['conditions', (row) => lists(conditionsOf(row))],
  ['resources', (row) => lists(resourcesOf(row))],
  ['unknown', (row) => lists(names(row))],
]

/** Who may do what is asked as CSV: the columns of access, and then the answer and through what. Pure. */
export function canCsv({ can, roles }: CanReport): string {
  return csvTable([...columns, ...roleColumns(roles)], can.rows)
}

/** The same for grep, cut and awk: one line a way in, tabs between its columns, no header line. Pure. */
export function canTsv({ can, roles }: CanReport): string {
  return can.rows
    .map((row) => [
      ...[row.user, row.account, row.account_label, row.permission_set, row.session_duration, wayOf(row)],
      ...[answerWords(row.verdict), throughWords(row), standing(row).join(', '), ...(roles ? [arnOf(row)] : [])],
    ])
    .map((cells) => `${cells.map(noFormula).join('\t')}\n`)
    .join('')
}
