import type { AccessFilter } from '../access/filter.ts'
import { openLook } from '../aws/look.ts'
import { accessCsv } from '../report/access/csv.ts'
import type { AccessFormat } from '../report/access/formats.ts'
import { accessHtml } from '../report/access/html.ts'
import { accessJson } from '../report/access/json.ts'
import { accessMarkdown } from '../report/access/markdown.ts'
import type { RolesTold } from '../report/access/roles.ts'
import { accessRemarks, accessText } from '../report/access/text.ts'
import { accessTsv } from '../report/access/tsv.ts'
import { whileReading } from '../session/reading.ts'
import { reportIn } from '../session/report-in.ts'
import type { CommonOptions, Runtime, Session } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import { type AccessSeen, accessSeen, lookAtAccess } from './observe-access.ts'
import { rolesTold } from './roles-told.ts'

/** Options of `access`. */
export interface AccessCommandOptions extends Omit<CommonOptions, 'format'> {
  readonly format: AccessFormat
  readonly filter: AccessFilter
  /** With the ARNs of the roles behind permission sets. */
  readonly arns: boolean
}

interface Found extends AccessSeen {
  readonly roles?: RolesTold
}

const forms: { readonly [F in AccessFormat]: (found: Found, session: Session) => string } = {
  text: ({ seen, notChecked, roles }, { runtime: { terminal } }) =>
    accessText(seen, notChecked, { width: terminal.width, color: terminal.color.out, roles }),
  json: ({ seen, notChecked, diagnostics, roles }) =>
    `${jsonText(accessJson(seen, notChecked, diagnostics, version, roles), 2)}\n`,
  tsv: ({ seen, roles }) => accessTsv(seen, roles),
  csv: ({ seen, roles }) => accessCsv(seen, roles),
  markdown: ({ seen, notChecked, roles }) => accessMarkdown(seen, notChecked, roles),
  html: ({ seen, notChecked, roles }, { route, manifest }) =>
    accessHtml(seen, notChecked, { at: route.clock.now(), region: manifest.manifest.identity_center.region }, roles),
}

/** Shows who can do what where, from live state alone. Writes nothing. */
export function access(runtime: Runtime, options: AccessCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(runtime, { ...options, format: 'text' }, sources, async (session) => {
    const found = await lookAt(session, options)
    runtime.out(await runtime.busy(() => forms[options.format](found, session)))
    const isForPrograms = options.format === 'tsv' || options.format === 'csv'
    if (isForPrograms && !options.quiet) {
      const { width } = runtime.terminal
      runtime.err(accessRemarks(found.seen, found.notChecked, { width, roles: found.roles }))
    }
    reportIn(session, found.diagnostics)
    return 0
  })
}

async function lookAt(session: Session, { filter, arns }: AccessCommandOptions): Promise<Found> {
  const { runtime, options, route, manifest } = session
  return whileReading(runtime, options, route, 'reading all assignments…', async () => {
    const { reader } = await openLook(route)
    const look = await lookAtAccess(reader, manifest, route.clock, filter, { thorough: options.thorough, arns })
    const found = await runtime.busy(() => accessSeen(look))
    return arns ? { ...found, roles: await rolesTold(session, look, found.seen) } : found
  })
}
