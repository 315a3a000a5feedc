import type { ApplicationAccess } from '../../access/application-rows.ts'
import type { Access, AccessRow } from '../../access/rows.ts'
import { plural } from '../../text/count.ts'
import { shownIn } from '../../text/shown.ts'
import { textWidth } from '../../text/width.ts'
import { hanging, padded, wrapped } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'
import { applicationsText, concernsApplications } from './applications.ts'
import { tagSentences } from './tags.ts'
import { accountText, cellsOf, type NotChecked, nobody, notCheckedWords, remarksOf, wayOf } from './words.ts'

const headings = ['User', 'Account', 'Permission set', 'Session', 'Via', ''] as const

/** Who can do what where, as a table; as a list by user where the terminal is too narrow for the table. Pure. */
export function accessText(
  access: Access,
  notChecked: NotChecked,
  options: { readonly width: number; readonly color: boolean },
  applications?: ApplicationAccess,
): string {
  const { rows, idle, tags } = shownIn(access)
  const { width } = options
  const body = rows.length === 0 ? [nobody(access)] : fitting(rows, width, styleOf(options.color))
  const latent = latentGrants(idle, width)
  const empty = latent.length === 0 ? [] : ['', ...latent]
  const counts = rows.length === 0 ? [] : wrapped(summary(rows), width, 0)
  const close = ['', ...counts, ...tagLines(tags, width), ...wrapped(notCheckedWords(notChecked), width, 0)]
  const more =
    applications && concernsApplications(applications) ? ['', ...applicationsText(applications, options)] : []
  return `${[...body, ...empty, ...more, ...close].join('\n')}\n`
}

/** What there is to say beside a table for programs, whose rows have no place for it. Pure. */
export function accessRemarks(access: Access, notChecked: NotChecked, { width }: { readonly width: number }): string {
  const { rows, idle, tags } = shownIn(access)
  const none = rows.length === 0 ? [nobody(access)] : []
  const close = [...tagLines(tags, width), ...wrapped(notCheckedWords(notChecked), width, 0)]
  return `${[...none, ...latentGrants(idle, width), ...close].join('\n')}\n`
}

function tagLines(tags: Access['tags'], width: number): string[] {
  return tagSentences(tags).flatMap((one) => wrapped(one, width, 0))
}

function latentGrants(idle: Access['idle'], width: number): string[] {
  if (idle.length === 0) return []
  const grants = idle.flatMap((one) =>
    hanging(`${one.group}: ${one.permission_set} (${one.session_duration}) on ${accountText(one)}`, width, 2),
  )
  return [...wrapped('Granted to empty groups (no one has this yet):', width, 0), ...grants]
}

function fitting(rows: readonly AccessRow[], width: number, style: Style): string[] {
  const cells = rows.map((row) => cellsOf(row))
  const widths = headings.map((heading, column) =>
    Math.max(textWidth(heading), ...cells.map((line) => textWidth(line[column] ?? ''))),
  )
  const total = widths.reduce((sum, one) => sum + one + 2, -2)
  if (total > width) return stacked(rows, style)
  const line = (parts: readonly string[]) =>
    parts
      .map((part, column) => padded(part, widths[column] ?? 0))
      .join('  ')
      .trimEnd()
  return [style.strong(line(headings)), ...cells.map((parts, index) => emphasised(line(parts), rows[index], style))]
}

function stacked(rows: readonly AccessRow[], style: Style): string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const newUser = before?.user !== row.user
    const newAccount = newUser || before?.account !== row.account
    const what = `    ${[row.permission_set, row.session_duration, wayOf(row), ...remarksOf(row)].filter(Boolean).join('  ')}`
    return [
      ...(newUser ? [style.strong(row.user)] : []),
      ...(newAccount ? [`  ${accountText(row)}`] : []),
      emphasised(what, row, style),
    ]
  })
}

function emphasised(line: string, row: AccessRow | undefined, style: Style): string {
  if (row?.orphan) return style.remove(line)
  return row?.administrative ? style.update(line) : line
}

/** One sentence of counts. */
export function summary(rows: readonly AccessRow[]): string {
  const people = (some: readonly AccessRow[]) => new Set(some.map(({ user }) => user)).size
  const living = rows.filter((row) => !row.orphan)
  const administrators = people(living.filter((row) => row.administrative && !row.disabled && !row.denied))
  const orphans = rows.length - living.length
  const accounts = new Set(rows.map(({ account }) => account)).size
  return [
    `${plural(people(living), 'user')}, ${plural(accounts, 'account')}, ${plural(living.length, 'grant')};`,
    `${plural(administrators, 'user')} ${administrators === 1 ? 'is an administrator' : 'are administrators'} of at least one account.`,
    ...(orphans > 0 ? [`${plural(orphans, 'orphaned assignment')} (user or group deleted).`] : []),
  ].join(' ')
}
