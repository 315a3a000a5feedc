import type { AccessFilter } from '../access/filter.ts'
import type { Access } from '../access/rows.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { reportDiagnostics } from './diagnostics.ts'
import { inSession } from './session.ts'
import { version } from './version.ts'

/** Forms of the access report. */
export const accessFormats = ['text', 'json', 'csv', 'markdown', 'html'] as const

/** Options of `access`. */
export interface AccessCommandOptions extends Omit<CommonOptions, 'format'> {
  readonly format: (typeof accessFormats)[number]
  readonly filter: AccessFilter
}

/** Shows who can do what where, from live state alone. Writes nothing. */
export function access(shell: Shell, options: AccessCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(shell, { ...options, format: 'text' }, sources, async (session) => {
    const { seen, diagnostics } = await lookAt(session, options.filter)
    shell.out(await rendered(seen, diagnostics, session, options.format))
    reportDiagnostics(shell, diagnostics, session.sources)
    return 0
  })
}

async function lookAt(
  session: Session,
  filter: AccessFilter,
): Promise<{ seen: Access; diagnostics: readonly Diagnostic[] }> {
  const [{ connect }, { look }, { surveyAccess }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/reader.ts'),
    import('../access/survey.ts'),
  ])
  const { terminal, clock, err } = session.shell
  if (terminal.interactive && !session.options.quiet) err('reading everything that is assigned…\n')
  return surveyAccess(look(connect(session.route)), session.manifest, clock.now(), filter)
}

async function rendered(
  seen: Access,
  diagnostics: readonly Diagnostic[],
  { shell, manifest }: Session,
  format: AccessCommandOptions['format'],
): Promise<string> {
  const { terminal, clock } = shell
  if (format === 'json') {
    const { accessJson } = await import('../report/access-json.ts')
    return `${JSON.stringify(accessJson(seen, diagnostics, version), null, 2)}\n`
  }
  if (format === 'csv') return (await import('../report/access-csv.ts')).accessCsv(seen)
  if (format === 'markdown') return (await import('../report/access-markdown.ts')).accessMarkdown(seen)
  if (format === 'html') {
    const { accessHtml } = await import('../report/access-html.ts')
    return accessHtml(seen, { at: clock.now(), region: manifest.manifest.identity_center.region })
  }
  const { accessText } = await import('../report/access-text.ts')
  return accessText(seen, { width: terminal.width, color: terminal.color.out })
}
