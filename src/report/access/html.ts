import type { Access, AccessRow, IdleGrant } from '../../access/rows.ts'
import { escapeHtml } from '../../text/html.ts'
import { momentWords, pageHead } from '../html.ts'
import { applicationsHtml, concernsApplications } from './applications.ts'
import type { Beside } from './beside.ts'
import { script, style } from './html-assets.ts'
import { type Index, indexOf } from './html-keys.ts'
import { matrixHtml } from './html-matrix.ts'
import { entitlementsHtml } from './role-entitlements.ts'
import { arnOf, type RolesTold, roleLines } from './roles.ts'
import { settingSentences } from './settings.ts'
import { summary } from './text.ts'
import { issuersHtml } from './token-issuers.ts'
import { accountText, type NotChecked, nobody, notCheckedWords, remarksOf, wayOf } from './words.ts'

/** Where and when the page was made. */
export interface PageFacts {
  readonly at: Date
  /** Home region of Identity Center. */
  readonly region: string
}

/**
 * Access as one page that needs nothing else: a matrix, a legend and the full list, with a search that appears where scripts run. Its
 * own policy forbids the browser to load or run anything but what is in it. Pure.
 */
export function accessHtml(
  access: Access,
  notChecked: NotChecked,
  facts: PageFacts,
  { roles, entitlements, applications, issuers }: Beside = {},
): string {
  const { rows, idle } = access
  const index = indexOf(access)
  return `${accessHead('Access', facts, script)}
<body>
<h1>Access</h1>
${pageLine(facts)}
<p>${rows.length === 0 ? nobody(access, entitlements) : escapeHtml(summary(rows))}</p>
${settingSentences(access)
  .map((one) => `<p>${escapeHtml(one)}</p>\n`)
  .join('')}${rolesHtml(roles)}<p class="faint">${escapeHtml(notCheckedWords(notChecked))}</p>
${rows.length === 0 ? '' : contents(rows, index, roles)}${idleHtml(idle, roles)}${entitlementsHtml(entitlements)}${applications && concernsApplications(applications) ? applicationsHtml(applications) : ''}${issuersHtml(issuers)}${rows.length === 0 ? '' : `<script>${script}</script>\n`}</body>
</html>
`
}

/** The beginning of a page about access, whose own policy lets the browser run nothing but the script that is given. */
export function accessHead(title: string, { at, region }: PageFacts, script?: string): string {
  const whole = `${title}, ${region}, ${momentWords(at)}`
  return pageHead({ title: whole, style, ...(script === undefined ? {} : { script }) })
}

/** Where and when a page was made, as a line of it. */
export function pageLine({ at, region }: PageFacts): string {
  return `<p class="faint">IAM Identity Center in ${escapeHtml(region)}, read ${momentWords(at)}</p>`
}

function rolesHtml(roles: RolesTold | undefined): string {
  return roleLines(roles)
    .map((line) => `<p class="faint">${escapeHtml(line)}</p>\n`)
    .join('')
}

function contents(rows: readonly AccessRow[], index: Index, roles: RolesTold | undefined): string {
  return `${searchHtml}
<h2>Matrix</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Matrix">
${matrixHtml(rows, index)}
</div>
<h2>Permission sets</h2>
<div class="scroll">
${legendHtml(rows, index)}
</div>
<h2>List</h2>
<div class="scroll" tabindex="0" role="region" aria-label="List">
${listHtml(rows, index, roles)}
</div>
`
}

const searchHtml = `<form hidden role="search">
<label>User <input type="search" name="user" autocomplete="off"></label>
<label>Account or id <input type="search" name="account" autocomplete="off"></label>
<label>Permission set <input type="search" name="set" autocomplete="off"></label>
<label class="tick"><input type="checkbox" name="full"> administrators only</label>
<output aria-live="polite"></output>
</form>`

function legendHtml(rows: readonly AccessRow[], { sets }: Index): string {
  const lines = [...sets.values()].map(({ label, key, duration, administrative }) => {
    const held = rows.filter((row) => row.permission_set === label && !row.orphan)
    const users = new Set(held.map((row) => row.user)).size
    const full = administrative ? '★ allows everything' : ''
    return `<tr><td>${escapeHtml(key)}<td>${escapeHtml(label)}<td>${escapeHtml(duration)}<td>${users}<td class="full">${full}`
  })
  return `<table><thead><tr><th scope=col>Key<th scope=col>Permission set<th scope=col>Session<th scope=col>Users<th scope=col>
<tbody>
${lines.join('\n')}
</table>`
}

function listHtml(rows: readonly AccessRow[], index: Index, roles: RolesTold | undefined): string {
  const more = roles ? ['Role ARN'] : []
  const heads = ['User', 'Account', 'Account id', 'Permission set', 'Session', 'Via', 'Remarks', ...more]
  return `<table id=list><thead><tr>${heads.map((head) => `<th scope=col>${head}`).join('')}
<tbody>
${rows.map((row) => `${listRow(row, index)}${roles ? `<td>${escapeHtml(arnOf(row))}` : ''}`).join('\n')}
</table>`
}

function listRow(row: AccessRow, { users, accounts, sets }: Index): string {
  const numbers = [users.get(row.user), accounts.get(row.account), sets.get(row.permission_set)]
  const [u, a, s] = numbers.map((one) => one?.number ?? 0)
  const remarks = remarksOf(row).join(', ')
  const cells = [row.user, row.account_label, row.account, row.permission_set, row.session_duration, wayOf(row)]
  const look = row.orphan ? ' class="gone"' : row.administrative ? ' class="full"' : ''
  return `<tr data-u=${u} data-a=${a} data-s=${s}${row.administrative ? ' data-full' : ''}>${cells.map((cell) => `<td>${escapeHtml(cell)}`).join('')}<td${look}>${escapeHtml(remarks)}`
}

function idleHtml(idle: readonly IdleGrant[], roles: RolesTold | undefined): string {
  if (idle.length === 0) return ''
  const lines = idle.map(
    (one) =>
      `<li>${escapeHtml(`${one.group}: ${one.permission_set} (${one.session_duration}) on ${accountText(one)}${roles ? `: ${arnOf(one)}` : ''}`)}`,
  )
  return `<h2>Granted to empty groups (no one has this yet)</h2>\n<ul>\n${lines.join('\n')}\n</ul>\n`
}
