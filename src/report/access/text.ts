import type { Access, AccessRow } from '../../access/rows.ts'
import { plural } from '../../text/count.ts'
import { shownIn } from '../../text/shown.ts'
import { tableLines } from '../../text/table.ts'
import { hanging, listItem, wrapped } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'
import { applicationsText, concernsApplications } from './applications.ts'
import type { Beside } from './beside.ts'
import { entitlementsText } from './role-entitlements.ts'
import { arnOf, roleLines } from './roles.ts'
import { settingSentences } from './settings.ts'
import { issuersText } from './token-issuers.ts'
import { accountText, cellsOf, type NotChecked, nobody, notCheckedWords, remarksOf, wayOf } from './words.ts'

const headings = ['User', 'Account', 'Permission set', 'Session', 'Via']

/** Where the text goes, and what it says beside grants. */
interface Screen extends Beside {
  readonly width: number
}

/** Who can do what where, as a table; as a list by user where the terminal is too narrow for the table. Pure. */
export function accessText(
  access: Access,
  notChecked: NotChecked,
  options: Screen & { readonly color: boolean },
): string {
  const seen = shownIn(access)
  const { rows, idle } = seen
  const { width } = options
  const roles = shownIn(options.roles)
  const body =
    rows.length === 0 ? [nobody(access, options.entitlements)] : fitting(rows, { width, roles }, styleOf(options.color))
  const latent = latentGrants(idle, { width, roles })
  const empty = latent.length === 0 ? [] : ['', ...latent]
  const counts = rows.length === 0 ? [] : wrapped(summary(rows), width, 0)
  const close = [
    ...['', ...counts, ...settingLines(seen, width), ...roleText({ width, roles })],
    ...wrapped(notCheckedWords(notChecked), width, 0),
  ]
  const { applications, entitlements, issuers } = options
  const more =
    applications && concernsApplications(applications) ? ['', ...applicationsText(applications, options)] : []
  const beside = [...entitlementsText(entitlements, width), ...more, ...issuersText(issuers, width)]
  return `${[...body, ...empty, ...beside, ...close].join('\n')}\n`
}

/** What there is to say beside a table for programs, whose rows have no place for it. Pure. */
export function accessRemarks(access: Access, notChecked: NotChecked, screen: Screen): string {
  const seen = shownIn(access)
  const { rows, idle } = seen
  const { width } = screen
  const told = { width, roles: shownIn(screen.roles) }
  const none = rows.length === 0 ? [nobody(access, screen.entitlements)] : []
  const rest = [...settingLines(seen, width), ...roleText(told), ...wrapped(notCheckedWords(notChecked), width, 0)]
  const beside = [entitlementsText(screen.entitlements, width), issuersText(screen.issuers, width)]
  const lines = [...none, ...latentGrants(idle, told), ...beside.flatMap((part) => part.slice(1)), ...rest]
  return `${lines.join('\n')}\n`
}

function settingLines(access: Pick<Access, 'settings' | 'tags'>, width: number): string[] {
  return settingSentences(access).flatMap((one) => wrapped(one, width, 0))
}

function roleText({ width, roles }: Screen): string[] {
  return roleLines(roles).flatMap((line) => hanging(line, width))
}

function latentGrants(idle: Access['idle'], { width, roles }: Screen): string[] {
  if (idle.length === 0) return []
  const grants = idle.flatMap((one) => [
    ...listItem(`${one.group}: ${one.permission_set} (${one.session_duration}) on ${accountText(one)}`, width, 2),
    ...(roles ? [`    ${arnOf(one)}`] : []),
  ])
  return [...wrapped('Granted to empty groups (no one has this yet):', width, 0), ...grants]
}

function fitting(rows: readonly AccessRow[], { width, roles }: Screen, style: Style): string[] {
  const cells = rows.map((row) => (roles ? withArn(row) : cellsOf(row)))
  const heads = [...headings, ...(roles ? ['Role ARN'] : []), '']
  const table = tableLines([heads, ...cells], width)
  if (!table) return stacked(rows, { width, roles }, style)
  const [head = '', ...lines] = table
  return [style.strong(head), ...lines.map((line, index) => emphasised(line, rows[index], style))]
}

// Remarks come last, so that a table without any has no column of blanks.
function withArn(row: AccessRow): readonly string[] {
  const cells = cellsOf(row)
  return [...cells.slice(0, -1), arnOf(row), ...cells.slice(-1)]
}

function stacked(rows: readonly AccessRow[], { width, roles }: Screen, style: Style): string[] {
  return rows.flatMap((row, index) => {
    const before = rows[index - 1]
    const newUser = before?.user !== row.user
    const newAccount = newUser || before?.account !== row.account
    const what = [row.permission_set, row.session_duration, wayOf(row), ...remarksOf(row)].filter(Boolean).join('  ')
    return [
      ...(newUser ? wrapped(style.strong(row.user), width, 0) : []),
      ...(newAccount ? listItem(accountText(row), width, 2) : []),
      ...listItem(what, width, 4).map((line) => emphasised(line, row, style)),
      ...(roles ? [`      ${arnOf(row)}`] : []),
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
