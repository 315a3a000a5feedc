import type { ApplicationAccess } from '../access/application-rows.ts'
import type { AccessFilter } from '../access/filter.ts'
import { openLook } from '../aws/look.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { applicationsCsv, applicationsTsv, concernsApplications } from '../report/access/applications.ts'
import {
  applicationNotes,
  applicationsDocument,
  applicationsHtmlPage,
  applicationsPage,
  applicationsReport,
} from '../report/access/applications-alone.ts'
import type { Beside } from '../report/access/beside.ts'
import { accessCsv } from '../report/access/csv.ts'
import type { AccessFormat } from '../report/access/formats.ts'
import { accessHtml } from '../report/access/html.ts'
import { type AccessDocument, accessJson } from '../report/access/json.ts'
import { accessMarkdown } from '../report/access/markdown.ts'
import type { RolesTold } from '../report/access/roles.ts'
import { accessRemarks, accessText } from '../report/access/text.ts'
import { accessTsv } from '../report/access/tsv.ts'
import { whileReading } from '../session/reading.ts'
import { remarking } from '../session/remarking.ts'
import { reportIn } from '../session/report-in.ts'
import type { CommonOptions, Runtime, Session } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { version } from '../session/version.ts'
import { jsonPieces, jsonText } from '../text/json.ts'
import { type About, type AccessSeen, accessSeen, lookAtAccess } from './observe-access.ts'
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

/** A report as one text, or in pieces where it may be too large for one. */
type Forms = { readonly [F in AccessFormat]: (found: Found, session: Session) => string | Generator<string> }

const forms: Forms = {
  text: ({ seen, notChecked, ...beside }, { runtime: { terminal } }) =>
    accessText(seen, notChecked, { width: terminal.width.out, color: terminal.color.out, ...besideOf(beside) }),
  json: ({ seen, notChecked, diagnostics, ...beside }) =>
    inPieces(accessJson(seen, notChecked, diagnostics, version, besideOf(beside))),
  tsv: ({ seen, roles }) => accessTsv(seen, roles),
  csv: ({ seen, roles }) => accessCsv(seen, roles),
  markdown: ({ seen, notChecked, ...beside }) => accessMarkdown(seen, notChecked, besideOf(beside)),
  html: ({ seen, notChecked, ...beside }, { route, manifest }) =>
    accessHtml(
      seen,
      notChecked,
      { at: route.clock.now(), region: manifest.manifest.identity_center.region },
      besideOf(beside),
    ),
}

function* inPieces(document: AccessDocument): Generator<string> {
  yield* jsonPieces(document)
  yield '\n'
}

function besideOf({ roles, entitlements, applications, issuers }: Beside): Beside {
  return { roles, entitlements, applications, issuers }
}

/** Shows who can do what where, from live state alone. Writes nothing. */
export function access(runtime: Runtime, options: AccessCommandOptions, sources: Map<string, string>): Promise<number> {
  return inSession(runtime, { ...options, format: 'text' }, sources, async (session) => {
    const { accounts, sets } = options.filter
    // What is asked about accounts and permission sets alone has nothing to do with applications.
    const isAll = (accounts ?? sets) === undefined
    const about = { accounts: true, applications: isAll, tags: true, arns: options.arns }
    const found = await lookAt(session, options.filter, about)
    await runtime.busy(() => {
      const report = forms[options.format](found, session)
      for (const piece of typeof report === 'string' ? [report] : report) runtime.out(piece)
    })
    const isForPrograms = options.format === 'tsv' || options.format === 'csv'
    if (isForPrograms && !options.quiet) runtime.err(remarksOf(found, runtime.terminal))
    reportIn(session, found.diagnostics)
    return 0
  })
}

function remarksOf({ seen, notChecked, ...beside }: Found, { width }: Runtime['terminal']): string {
  const { applications } = beside
  const isMore = applications !== undefined && concernsApplications(applications)
  const more = isMore ? 'Applications are not in this list: add --applications for who may open which.\n' : ''
  return `${accessRemarks(seen, notChecked, { width: width.err, ...besideOf(beside) })}${more}`
}

const applicationForms: { readonly [F in AccessFormat]: (found: ApplicationsSeen, session: Session) => string } = {
  text: ({ applications, notChecked }, { runtime: { terminal } }) =>
    applicationsReport(applications, notChecked, { width: terminal.width.out, color: terminal.color.out }),
  json: ({ applications, notChecked, diagnostics }) =>
    `${jsonText(applicationsDocument(applications, notChecked, diagnostics, version), 2)}\n`,
  tsv: ({ applications }) => applicationsTsv(applications),
  csv: ({ applications }) => applicationsCsv(applications),
  markdown: ({ applications, notChecked }) => applicationsPage(applications, notChecked),
  html: ({ applications, notChecked }, { route, manifest }) =>
    applicationsHtmlPage(applications, notChecked, {
      at: route.clock.now(),
      region: manifest.manifest.identity_center.region,
    }),
}

type ApplicationsSeen = AccessSeen & Required<Pick<AccessSeen, 'applications'>>

/** Shows who may open which application, from live state alone. Writes nothing. */
export function applications(
  runtime: Runtime,
  options: AccessCommandOptions,
  sources: Map<string, string>,
): Promise<number> {
  const { accounts, sets } = options.filter
  if (accounts ?? sets) throw narrowed()
  if (options.arns) throw noRoles()
  return inSession(runtime, { ...options, format: 'text' }, sources, async (session) => {
    const found = await lookAt(session, options.filter, {
      accounts: false,
      applications: true,
      tags: false,
      arns: false,
    })
    const { applications = noApplications } = found
    runtime.out(await runtime.busy(() => applicationForms[options.format]({ ...found, applications }, session)))
    const isForPrograms = options.format === 'tsv' || options.format === 'csv'
    if (isForPrograms && !options.quiet)
      runtime.err(applicationNotes(applications, found.notChecked, { width: runtime.terminal.width.err }))
    reportIn(session, found.diagnostics)
    return 0
  })
}

const noApplications: ApplicationAccess = { rows: [], idle: [], open: [], unread: [] }

function narrowed(): Refusal {
  const message = 'with --applications there are no accounts and permission sets to narrow down to'
  return new Refusal(error('usage', message, { hint: 'leave out --account and --permission-set, or --applications' }))
}

function noRoles(): Refusal {
  const message = '--arns tells of roles in accounts, and --applications of none'
  return new Refusal(error('usage', message, { hint: 'leave out one of the two' }))
}

async function lookAt(session: Session, filter: AccessFilter, about: About): Promise<Found> {
  const { runtime, options, route, manifest } = session
  return whileReading(runtime, options, route, 'reading all assignments…', async () => {
    const { reader } = await openLook(route)
    const { thorough } = options
    const look = await lookAtAccess(reader, manifest, route.clock, filter, {
      ...about,
      thorough,
      ...remarking(session),
    })
    const found = await runtime.busy(() => accessSeen(look))
    return about.arns ? { ...found, roles: await rolesTold(session, look, found.seen) } : found
  })
}
