import type { CanRow } from '../../../access/can.ts'
import { shownIn } from '../../../text/shown.ts'
import { tableLines } from '../../../text/table.ts'
import { hanging, listItem, wrapped } from '../../../text/wrap.ts'
import { type Style, styleOf } from '../../style.ts'
import { arnOf, type RolesTold } from '../roles.ts'
import { accountText, remarksOf, wayOf } from '../words.ts'
import { answerWords, type CanReport, remarkLines, summaryWords, throughWords } from './words.ts'

const headings = ['User', 'Account', 'Permission set', 'Via', 'May']

interface Screen {
  readonly width: number
  readonly color: boolean
}

/** Who may do what is asked, as a table; as a list by user where the terminal is too narrow for the table. Pure. */
export function canText(report: CanReport, { width, color }: Screen): string {
  const told = shownIn(report)
  const { rows } = told.can
  const body = rows.length === 0 ? [] : [...fitting(rows, { width, roles: told.roles }, styleOf(color)), '']
  return `${[...body, ...remarks(told, width)].join('\n')}\n`
}

/** What there is to say beside a table for programs. Pure. */
export function canRemarks(report: CanReport, { width }: Pick<Screen, 'width'>): string {
  return `${remarks(shownIn(report), width).join('\n')}\n`
}

function remarks(report: CanReport, width: number): string[] {
  const lines = [summaryWords(report), ...remarkLines(report)]
  const latent = idleLines(report, width)
  return [...latent, ...(latent.length > 0 ? [''] : []), ...lines.flatMap((line) => hanging(line, width))]
}

function idleLines({ can, roles }: CanReport, width: number): string[] {
  if (can.idle.length === 0) return []
  const grants = can.idle.flatMap((one) => [
    ...listItem(`${one.group}: ${idleWords(one)}`, width, 2),
    ...(roles ? [`    ${arnOf(one)}`] : []),
  ])
  return [...wrapped('Granted to empty groups (no one has this yet):', width, 0), ...grants]
}

/** What a group without members would give. */
export function idleWords(one: CanReport['can']['idle'][number]): string {
  const { permission_set, session_duration, verdict } = one
  return `${permission_set} (${session_duration}) on ${accountText(one)}: ${answerWords(verdict)}, ${throughWords(one)}`
}

interface Room {
  readonly width: number
  readonly roles: RolesTold | undefined
}

function fitting(rows: readonly CanRow[], { width, roles }: Room, style: Style): string[] {
  const cells = rows.map((row) => cellsOf(row, roles))
  const heads = [...headings, ...(roles ? ['Role ARN'] : []), 'Through']
  const table = tableLines([heads, ...cells], width)
  if (!table) return stacked(rows, { width, roles }, style)
  const [head = '', ...lines] = table
  return [style.strong(head), ...rows.map((row, index) => emphasised(lines[index] ?? '', row, style))]
}

/** The columns of a row, in the order of the table. */
function cellsOf(row: CanRow, roles: RolesTold | undefined): readonly string[] {
  const arn = roles ? [arnOf(row)] : []
  return [row.user, accountText(row), row.permission_set, wayOf(row), answerWords(row.verdict), ...arn, detailOf(row)]
}

/** Through what, and what stands out about the row besides. */
function detailOf(row: CanRow): string {
  return [throughWords(row), ...standing(row)].join('; ')
}

/** What stands out about a row beside its answer. */
export function standing(row: CanRow): readonly string[] {
  return remarksOf({ ...row, administrative: false }).filter((one) => one !== 'denied everything')
}

function stacked(rows: readonly CanRow[], { width, roles }: Room, style: Style): string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const newUser = before?.user !== row.user
    const newAccount = newUser || before?.account !== row.account
    const what = hanging(`${row.permission_set}  ${wayOf(row)}  ${answerWords(row.verdict)}`, width, 4)
    return [
      ...(newUser ? hanging(row.user, width).map((line) => style.strong(line)) : []),
      ...(newAccount ? listItem(accountText(row), width, 2) : []),
      ...[...what, ...hanging(detailOf(row), width, 6)].map((line) => emphasised(line, row, style)),
      ...(roles ? [`      ${arnOf(row)}`] : []),
    ]
  })
}

function emphasised(line: string, row: CanRow, style: Style): string {
  if (row.orphan) return style.remove(line)
  return row.verdict === 'yes' ? style.update(line) : line
}
