import { canOf } from '../access/can.ts'
import { policyNamesOf, setsOf } from '../access/policy-names.ts'
import { openLook } from '../aws/look.ts'
import type { Unread } from '../aws/lookups.ts'
import type { Reader } from '../aws/port.ts'
import { withWholeSets } from '../kinds/permission-set/whole.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { actionResources } from '../policies/action-resources.ts'
import { knownNames } from '../policies/known-names.ts'
import { canHtml } from '../report/access/can/html.ts'
import { canJson } from '../report/access/can/json.ts'
import { canMarkdown } from '../report/access/can/markdown.ts'
import { canCsv, canTsv } from '../report/access/can/tables.ts'
import { canRemarks, canText } from '../report/access/can/text.ts'
import type { CanReport } from '../report/access/can/words.ts'
import type { AccessFormat } from '../report/access/formats.ts'
import { reachFlags } from '../session/flags.ts'
import { whileReading } from '../session/reading.ts'
import { remarking } from '../session/remarking.ts'
import { reportIn } from '../session/report-in.ts'
import type { Runtime, Session } from '../session/runtime.ts'
import { inSession } from '../session/session.ts'
import { tell } from '../session/tell.ts'
import { version } from '../session/version.ts'
import { jsonText } from '../text/json.ts'
import type { AccessCommandOptions } from './access.ts'
import { type Asked, askedOf, type Question } from './asked.ts'
import { checkPartition } from './asked-resource.ts'
import { type AccessLook, accessSeen, lookAtAccess } from './observe-access.ts'
import { readPolicies } from './policy-documents.ts'
import { rolesTold } from './roles-told.ts'

/** The answer, and what is to be said beside it. */
interface Found extends CanReport {
  readonly diagnostics: readonly Diagnostic[]
  /** Why AWS did not show a policy. */
  readonly unread?: Unread
}

const forms: { readonly [F in AccessFormat]: (found: Found, session: Session) => string } = {
  text: (found, { runtime: { terminal } }) => canText(found, { width: terminal.width.out, color: terminal.color.out }),
  json: (found) => `${jsonText(canJson(found, found.diagnostics, version), 2)}\n`,
  tsv: canTsv,
  csv: canCsv,
  markdown: canMarkdown,
  html: (found, { route, manifest }) =>
    canHtml(found, { at: route.clock.now(), region: manifest.manifest.identity_center.region }),
}

/** Shows who may do something, from live state alone. Writes nothing. */
export async function whoCan(
  runtime: Runtime,
  options: AccessCommandOptions,
  question: Question,
  sources: Map<string, string>,
): Promise<number> {
  const known = { names: await knownNames(), resources: await actionResources() }
  const asked = askedOf(question, known, options)
  return inSession(runtime, { ...options, format: 'text' }, sources, async (session) => {
    const found = await lookFor(session, options, asked)
    runtime.out(await runtime.busy(() => forms[options.format](found, session)))
    const isForPrograms = options.format === 'tsv' || options.format === 'csv'
    if (isForPrograms && !options.quiet) runtime.err(canRemarks(found, { width: runtime.terminal.width.err }))
    // The sandbox has no texts of AWS's policies, and never will: those that come with this release are named as the source.
    if (found.unread !== undefined && !options.quiet && !session.route.sandbox)
      tell(runtime, unreadWords(found.unread, reachFlags(session.options)))
    reportIn(session, found.diagnostics)
    return 0
  })
}

function unreadWords({ unread: why, code, hint }: Unread, flags: string): string {
  const permissions = `Run sso-reconcile iam-policy --policy-checks${flags} for the permissions.`
  const next = code === 'aws-access-denied' ? permissions : hint ? `${hint[0]?.toUpperCase()}${hint.slice(1)}.` : ''
  return `Not every policy could be read from AWS: ${why}. ${next}`.trimEnd()
}

function lookFor(session: Session, options: AccessCommandOptions, asked: Asked): Promise<Found> {
  const { runtime, route, manifest } = session
  return whileReading(runtime, session.options, route, 'reading assignments and policies…', async () => {
    const { reader } = await openLook(route)
    const { filter, arns } = options
    const look = await lookAtAccess(reader, manifest, route.clock, filter, {
      ...{ accounts: true, applications: false, tags: false, arns },
      thorough: session.options.thorough,
      ...remarking(session),
    })
    const found = await answerFrom(reader, look, asked, runtime)
    if (!arns) return found
    return { ...found, roles: await rolesTold(session, look, found.can) }
  })
}

async function answerFrom(reader: Reader, look: AccessLook, asked: Asked, { busy }: Runtime): Promise<Found> {
  const { request } = asked
  const { facts } = look.view
  checkPartition(request, facts.instance.arn)
  const first = await busy(() => accessSeen(look))
  const state = await withWholeSets(look.view, look.state, setsOf(first.seen))
  const names = policyNamesOf(first.seen, state, facts.caller?.account)
  const listed = { texts: look.state.texts, day: (await knownNames()).policiesAsOf }
  const policies = await readPolicies(reader, names, facts, listed)
  return busy(() => {
    const { seen, notChecked, entitlements, diagnostics } = accessSeen({ ...look, state })
    // Nobody asks what these roles allow.
    const unasked = notChecked.entitlements === 0 ? { entitlements: entitlements?.roles.length ?? 0 } : {}
    return {
      can: canOf(seen, state, request, policies),
      ...{ request, notChecked: { ...notChecked, ...unasked }, source: policies.source },
      diagnostics: [...asked.remarks, ...diagnostics],
      ...(policies.unread === undefined ? {} : { unread: policies.unread }),
    }
  })
}
