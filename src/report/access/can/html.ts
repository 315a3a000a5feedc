import type { CanRow } from '../../../access/can.ts'
import { escapeHtml } from '../../../text/html.ts'
import { accessHead, type PageFacts, pageLine } from '../html.ts'
import { arnOf, type RolesTold } from '../roles.ts'
import { accountText, wayOf } from '../words.ts'
import { idleWords, standing } from './text.ts'
import { answerWords, type CanReport, headsOf, remarkLines, requestWords, summaryWords, throughWords } from './words.ts'

/** Who may do what is asked as one page that needs nothing else and runs nothing. Pure. */
export function canHtml(report: CanReport, facts: PageFacts): string {
  const { can, request, roles } = report
  const title = `Who may use ${requestWords(request)}`
  return `${accessHead(title, facts)}
<body>
<h1>${escapeHtml(title)}</h1>
${pageLine(facts)}
<p>${escapeHtml(summaryWords(report))}</p>
${remarkLines(report)
  .map((line) => `<p class="faint">${escapeHtml(line)}</p>`)
  .join('\n')}
${can.rows.length === 0 ? '' : listHtml(can.rows, roles)}${idleHtml(report)}</body>
</html>
`
}

function listHtml(rows: readonly CanRow[], roles: RolesTold | undefined): string {
  const heads = headsOf(roles)
  return `<h2>List</h2>
<div class="scroll" tabindex="0" role="region" aria-label="List">
<table id=list><thead><tr>${heads.map((head) => `<th scope=col>${head}`).join('')}
<tbody>
${rows.map((row) => rowHtml(row, roles)).join('\n')}
</table>
</div>
`
}

function rowHtml(row: CanRow, roles: RolesTold | undefined): string {
  const cells = [row.user, accountText(row), row.permission_set, wayOf(row)]
  const look = row.verdict === 'yes' ? ' class="full"' : ''
  const rest = [throughWords(row), standing(row).join(', '), ...(roles ? [arnOf(row)] : [])]
  const told = (cell: string) => `<td>${escapeHtml(cell)}`
  return `<tr>${cells.map(told).join('')}<td${look}>${answerWords(row.verdict)}${rest.map(told).join('')}`
}

function idleHtml({ can: { idle }, roles }: CanReport): string {
  if (idle.length === 0) return ''
  const lines = idle.map(
    (one) => `<li>${escapeHtml(`${one.group}: ${idleWords(one)}${roles ? `: ${arnOf(one)}` : ''}`)}`,
  )
  return `<h2>Granted to empty groups (no one has this yet)</h2>\n<ul>\n${lines.join('\n')}\n</ul>\n`
}
