import { inline, tableRow } from '../../markdown.ts'
import { arnOf } from '../roles.ts'
import { accountText, wayOf } from '../words.ts'
import { idleWords, standing } from './text.ts'
import { answerWords, type CanReport, headsOf, remarkLines, requestWords, summaryWords, throughWords } from './words.ts'

/** Who may do what is asked as a Markdown page: the answer first, then one table. Pure. */
export function canMarkdown(report: CanReport): string {
  const { can, request, roles } = report
  const heads = headsOf(roles)
  const table = [
    tableRow(heads),
    tableRow(heads.map(() => '---')),
    ...can.rows.map((row) =>
      tableRow(
        [
          ...[row.user, accountText(row), row.permission_set, wayOf(row), answerWords(row.verdict)],
          ...[throughWords(row), standing(row).join(', '), ...(roles ? [arnOf(row)] : [])],
        ].map(inline),
      ),
    ),
  ]
  const latent = can.idle.map(
    (one) => `- ${inline(`${one.group}: ${idleWords(one)}${roles ? `: ${arnOf(one)}` : ''}`)}`,
  )
  return `${[
    `# Who may use ${inline(requestWords(request))}`,
    '',
    inline(summaryWords(report)),
    ...(can.rows.length === 0 ? [] : ['', ...table]),
    ...(latent.length === 0 ? [] : ['', 'Granted to empty groups (no one has this yet):', '', ...latent]),
    ...remarkLines(report).flatMap((line) => ['', inline(line)]),
  ].join('\n')}\n`
}
