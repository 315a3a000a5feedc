import type { Access } from '../../access/rows.ts'
import { inline, tableRow } from '../markdown.ts'
import { applicationsMarkdown, concernsApplications } from './applications.ts'
import type { Beside } from './beside.ts'
import { entitlementsMarkdown } from './role-entitlements.ts'
import { arnOf, roleLines } from './roles.ts'
import { settingSentences } from './settings.ts'
import { summary } from './text.ts'
import { issuersMarkdown } from './token-issuers.ts'
import { accountText, cellsOf, type NotChecked, nobody, notCheckedWords } from './words.ts'

/** Access as a Markdown page: counts first, then one table. Pure. */
export function accessMarkdown(
  access: Access,
  notChecked: NotChecked,
  { roles, entitlements, applications, issuers }: Beside = {},
): string {
  const { rows, idle } = access
  const heads = ['User', 'Account', 'Permission set', 'Session', 'Via', 'Remarks', ...(roles ? ['Role ARN'] : [])]
  const table = [
    tableRow(heads),
    tableRow(heads.map(() => '---')),
    ...rows.map((row) => tableRow([...cellsOf(row), ...(roles ? [arnOf(row)] : [])].map(inline))),
  ]
  const latent = idle.map(
    (one) =>
      `- ${inline(`${one.group}: ${one.permission_set} (${one.session_duration}) on ${accountText(one)}${roles ? `: ${arnOf(one)}` : ''}`)}`,
  )
  return `${[
    '# Access',
    '',
    rows.length === 0 ? nobody(access, entitlements) : summary(rows),
    ...(rows.length === 0 ? [] : ['', ...table]),
    ...(latent.length === 0 ? [] : ['', 'Granted to empty groups (no one has this yet):', '', ...latent]),
    ...entitlementsMarkdown(entitlements),
    ...(applications && concernsApplications(applications) ? ['', ...applicationsMarkdown(applications)] : []),
    ...issuersMarkdown(issuers),
    ...settingSentences(access).flatMap((one) => ['', inline(one)]),
    '',
    ...roleLines(roles).flatMap((line) => [inline(line), '']),
    inline(notCheckedWords(notChecked)),
  ].join('\n')}\n`
}
