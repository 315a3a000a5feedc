import type { Access, AccessRow } from '../../access/rows.ts'
import { shown } from '../../text/shown.ts'
import type { RolesTold } from './roles.ts'

/** A column of a table: its name, and its value of a row. */
export type Columns<R> = readonly (readonly [string, (row: R) => string])[]

/** The columns of access. */
export const accessColumns: Columns<AccessRow> = [
  ['user', (row) => row.user],
  ['account_id', (row) => row.account],
  ['account', (row) => row.account_label],
  ['permission_set', (row) => row.permission_set],
  ['session_duration', (row) => row.session_duration],
  ['via', (row) => row.via],
  ['group', (row) => row.group ?? ''],
  ['administrative', (row) => yesNo(row.administrative)],
  ['orphan', (row) => yesNo(row.orphan)],
  ['disabled', (row) => yesNo(row.disabled)],
  ['denied', (row) => yesNo(row.denied === true)],
]

/** The columns of roles, behind all others where somebody asked for them. */
export function roleColumns(roles: RolesTold | undefined): Columns<AccessRow> {
  if (!roles) return []
  return [
    ['role_arn', (row) => row.role_arn ?? ''],
    ['role_arn_pattern', (row) => row.role_arn_pattern ?? ''],
  ]
}

/** Access as CSV with a header line, one row a way in, by RFC 4180: lines end in CR LF, quotes where they are needed. Pure. */
export function accessCsv({ rows }: Access, roles?: RolesTold): string {
  return csvTable([...accessColumns, ...roleColumns(roles)], rows)
}

/** Rows as CSV with the names of their columns in front. */
export function csvTable<R>(columns: Columns<R>, rows: readonly R[]): string {
  const lines = [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, value]) => value(row)))]
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('')
}

/** One cell, with quotes where RFC 4180 needs them. */
export function csvCell(value: string): string {
  const text = noFormula(value)
  return /[",]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/**
 * The text of a cell, in which line ends and tabs are written out, so that a row is a line. A spreadsheet takes a text that begins with one of = + - @, a
 * tab or a line end for a formula, also when it is quoted; an apostrophe in front keeps it a text (OWASP, "CSV Injection"; full-width
 * signs count since some spreadsheets fold them).
 */
export function noFormula(value: string): string {
  return /^\s*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${shown(value)}` : shown(value)
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
