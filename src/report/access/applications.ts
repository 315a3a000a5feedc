import type {
  ApplicationAccess,
  ApplicationNamed,
  ApplicationRow,
  IdleApplication,
} from '../../access/application-rows.ts'
import { grouped } from '../../model/grouped.ts'
import type { JsonObject } from '../../model/json.ts'
import { escapeHtml } from '../../text/html.ts'
import { listed } from '../../text/list.ts'
import { shownIn } from '../../text/shown.ts'
import { tableLines } from '../../text/table.ts'
import { hanging, listItem, wrapped } from '../../text/wrap.ts'
import { inline, tableRow } from '../markdown.ts'
import { type Style, styleOf } from '../style.ts'
import { csvTable, noFormula } from './csv.ts'
import { orphanRemarks, wayOf } from './words.ts'

const headings = ['User', 'Application', 'Via', ''] as const

interface Screen {
  readonly width: number
  readonly color: boolean
}

/** Who may open which application, as a table and what belongs to it; as a list where the terminal is too narrow. Pure. */
export function applicationsText(access: ApplicationAccess, { width, color }: Screen): string[] {
  const told = shownIn(access)
  const table = told.rows.length === 0 ? [] : fitting(told.rows, width, styleOf(color))
  const remarks = applicationRemarks(told).flatMap((line) => hanging(line, width))
  return [...table, ...(table.length > 0 && remarks.length > 0 ? [''] : []), ...remarks]
}

/** True where there is anything to tell of applications. Pure. */
export function concernsApplications({ rows, idle, open, unread }: ApplicationAccess): boolean {
  return rows.length + idle.length + open.length + unread.length > 0
}

/** What there is to say beside the rows. Pure. */
export function applicationRemarks(access: ApplicationAccess): readonly string[] {
  const { idle, open, unread, refused } = access
  const names = (some: readonly ApplicationNamed[]) => listed(some.map(nameText))
  const why = refused ? ` (${refused.message})` : ''
  const isNone = !concernsApplications(access) && refused === undefined
  return [
    ...(isNone ? ['Nobody is assigned to an application.'] : []),
    ...(open.length > 0 ? [`Open to every user: ${names(open)}.`] : []),
    ...(idle.length > 0 ? [`Assigned to empty groups (no one can open it yet): ${listed(idle.map(idleText))}.`] : []),
    ...(unread.length > 0 ? [`Not known who may open: ${names(unread)}${why}.`] : []),
    ...(unread.length === 0 && refused ? [`Applications could not be read${why}.`] : []),
  ]
}

function idleText(one: IdleApplication): string {
  return `${one.group}: ${nameText(one)}`
}

/** The name, with the ARN behind it where the name is nobody's alone to have. */
function nameText({ application, application_disabled }: ApplicationNamed): string {
  return `${application}${application_disabled ? ' (disabled)' : ''}`
}

function remarksOf(row: ApplicationRow): string {
  return [
    ...orphanRemarks(row),
    ...(row.disabled ? ['disabled'] : []),
    ...(row.application_disabled ? ['application disabled'] : []),
  ].join(', ')
}

/** Several applications may have one name; their ids tell them apart. */
function cellsOf(rows: readonly ApplicationRow[]): readonly (readonly string[])[] {
  const arns = grouped(rows.map((row) => [row.application, row.application_arn]))
  return rows.map((row) => {
    const isShared = new Set(arns.get(row.application)).size > 1
    const id = row.application_arn.slice(row.application_arn.lastIndexOf('/') + 1)
    return [row.user, isShared ? `${row.application} (${id})` : row.application, wayOf(row), remarksOf(row)]
  })
}

function fitting(rows: readonly ApplicationRow[], width: number, style: Style): string[] {
  const cells = cellsOf(rows)
  const table = tableLines([headings, ...cells], width)
  if (!table) return stacked(cells, width, style)
  const [head = '', ...lines] = table
  return [style.strong(head), ...lines]
}

function stacked(cells: readonly (readonly string[])[], width: number, style: Style): string[] {
  return cells.flatMap(([user = '', ...rest], index) => [
    ...(cells[index - 1]?.[0] === user ? [] : wrapped(style.strong(user), width, 0)),
    ...listItem(rest.filter(Boolean).join('  '), width, 2),
  ])
}

/** For grep, cut and awk: one line a way in, tabs between its columns, no header line. Pure. */
export function applicationsTsv({ rows }: ApplicationAccess): string {
  return rows
    .map((row) => [row.user, row.application_arn, row.application, wayOf(row), remarksOf(row)])
    .map((cells) => `${cells.map(noFormula).join('\t')}\n`)
    .join('')
}

/** As CSV with a header line, one row a way in. Pure. */
export function applicationsCsv({ rows }: ApplicationAccess): string {
  const yesNo = (value: boolean | undefined) => (value ? 'yes' : 'no')
  return csvTable<ApplicationRow>(
    [
      ['user', (row) => row.user],
      ['application_arn', (row) => row.application_arn],
      ['application', (row) => row.application],
      ['via', (row) => row.via],
      ['group', (row) => row.group ?? ''],
      ['orphan', (row) => yesNo(row.orphan)],
      ['disabled', (row) => yesNo(row.disabled)],
      ['application_disabled', (row) => yesNo(row.application_disabled)],
    ],
    rows,
  )
}

/** As members of a document: every way in, groups without members, and what is open to everybody or not known. Pure. */
export function applicationsJson({ rows, idle, open, unread, refused }: ApplicationAccess): JsonObject {
  return {
    applications: rows.map((row) => ({ ...row })),
    applications_of_groups_without_members: idle.map((one) => ({ ...one })),
    applications_open_to_every_user: open.map((one) => ({ ...one })),
    applications_unread: unread.map((one) => ({ ...one })),
    ...(refused ? { applications_refused: refused.message } : {}),
  }
}

/** As a part of a Markdown page. Pure. */
export function applicationsMarkdown(access: ApplicationAccess): readonly string[] {
  const cells = cellsOf(access.rows)
  const table = [
    tableRow(['User', 'Application', 'Via', 'Remarks']),
    tableRow(Array.from({ length: 4 }, () => '---')),
    ...cells.map((row) => tableRow(row.map(inline))),
  ]
  return [
    '## Applications',
    ...(cells.length > 0 ? ['', ...table] : []),
    ...applicationRemarks(access).flatMap((line) => ['', inline(line)]),
  ]
}

/** As a part of an HTML page. Pure. */
export function applicationsHtml(access: ApplicationAccess): string {
  const heads = ['User', 'Application', 'Via', 'Remarks']
  const rows = cellsOf(access.rows).map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}`).join('')}`)
  const table = `<div class="scroll" tabindex="0" role="region" aria-label="Applications">
<table><thead><tr>${heads.map((head) => `<th scope=col>${head}`).join('')}
<tbody>
${rows.join('\n')}
</table>
</div>
`
  const remarks = applicationRemarks(access).map((line) => `<p>${escapeHtml(line)}</p>\n`)
  return `<h2>Applications</h2>\n${rows.length > 0 ? table : ''}${remarks.join('')}`
}
