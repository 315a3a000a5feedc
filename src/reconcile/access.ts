import type { AccessFilter } from '../access/filter.ts'
import { openLook } from '../aws/look.ts'
import { accessCsv } from '../report/access/csv.ts'
import type { AccessFormat } from '../report/access/formats.ts'
import { accessHtml } from '../report/access/html.ts'
import { accessJson } from '../report/access/json.ts'
import { accessMarkdown } from '../report/access/markdown.ts'
import { accessRemarks, accessText } from '../report/access/text.ts'
import { accessTsv } from '../report/access/tsv.ts'
import { whileReading } from '../session/reading.ts'
import { reportIn } from '../session/report-in.ts'
import type { CommonOptions, Runtime, Session } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { type AccessSeen, accessSeen, lookAtAccess } from './observe-access.ts'

/** Options of `access`. */
export interface AccessCommandOptions extends Omit<CommonOptions, 'format'> {
  readonly format: AccessFormat
  readonly filter: AccessFilter
}

const forms: { readonly [F in AccessFormat]: (found: AccessSeen, session: Session) => string } = {
  text: ({ seen, notChecked }, { runtime: { terminal } }) =>
    accessText(seen, notChecked, { width: terminal.width, color: terminal.color.out }),
  json: ({ seen, notChecked, diagnostics }) => `${jsonText(accessJson(seen, notChecked, diagnostics, version), 2)}\n`,
  tsv: ({ seen }) => accessTsv(seen),
  csv: ({ seen }) => accessCsv(seen),
  markdown: ({ seen, notChecked }) => accessMarkdown(seen, notChecked),
  html: ({ seen, notChecked }, { route, manifest }) =>
    accessHtml(seen, notChecked, { at: route.clock.now(), region: manifest.manifest.identity_center.region }),
}

/** Shows who can do what where, from live state alone. Writes nothing. */
export function access(runtime: Runtime, options: AccessCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(runtime, { ...options, format: 'text' }, sources, async (session) => {
    const found = await lookAt(session, options.filter)
    runtime.out(await runtime.busy(() => forms[options.format](found, session)))
    const isForPrograms = options.format === 'tsv' || options.format === 'csv'
    if (isForPrograms && !options.quiet) runtime.err(accessRemarks(found.seen, found.notChecked, runtime.terminal))
    reportIn(session, found.diagnostics)
    return 0
  })
}

async function lookAt(session: Session, filter: AccessFilter): Promise<AccessSeen> {
  const { runtime, options, route, manifest } = session
  return whileReading(runtime, options, route, 'reading all assignments…', async () => {
    const { reader } = await openLook(route)
    const look = await lookAtAccess(reader, manifest, route.clock, filter, { thorough: options.thorough, tags: true })
    return runtime.busy(() => accessSeen(look))
  })
}
