import type { Item } from '../../aws/operations.ts'
import { type Address, address, applicationAssignmentAddress } from '../../model/address.ts'
import type { Coverage } from '../../model/coverage.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { Entry } from '../../model/state.ts'
import { type LiveApplication, mustKnowApplications, seenApplications } from '../application/live-applications.ts'
import type { Observation, ReadContext } from '../contexts.ts'
import { listsPrincipals } from '../shared/declares.ts'
import { type Directory, directory } from '../shared/directory.ts'
import { type Asked, askedAddress, leaversOf } from '../shared/leavers.ts'
import { principalName } from '../shared/orphans.ts'

type Row = Item<'ListApplicationAssignments'> | Item<'ListApplicationAssignmentsForPrincipal'>

/** Rows as they were read, and what of the world they cover. */
interface Reading {
  readonly rows: readonly Row[]
  readonly covers: Pick<Partial<Coverage>, 'applications' | 'applicationPrincipals' | 'applicationsRefused'>
}

/** Who is assigned to the applications in scope, and what whoever leaves or is revoked is assigned to. */
export async function observeApplicationAssignments(
  context: ReadContext,
): Promise<Observation<'application-assignment'>> {
  const seen = await seenApplications(context)
  if (!seen) return { entries: new Map(), covers: {} }
  if (seen.refused) return { entries: new Map(), covers: { applicationsRefused: seen.refused } }
  const { applications } = seen
  if (applications.length === 0)
    return { entries: new Map(), covers: { applications: 'all', applicationPrincipals: 'all' } }
  const ground = await directory(context)
  const leavers = await leaversOf(context, ground)
  // A list for a principal needs a filter unless the management account asks, so that each application is asked instead.
  const isByApplication = leavers.length > 0 && context.facts.caller?.delegated === true
  const chosen = isByApplication ? applications : applications.filter((one) => isAsked(one, context))
  const [some, others] = await Promise.all([
    rowsOfApplications(chosen, chosen.length === applications.length, context),
    isByApplication ? nothing : rowsOfPrincipals(leavers, context, ground),
  ])
  const names = new Map(applications.map(({ arn, called }) => [arn, called]))
  return {
    entries: new Map([...some.rows, ...others.rows].map((row) => entryOf(row, names, ground))),
    covers: { ...some.covers, ...others.covers },
  }
}

const nothing: Reading = { rows: [], covers: {} }

function isAsked({ called }: LiveApplication, { manifest, scope }: ReadContext): boolean {
  const row = manifest.manifest.applications?.[called]
  // Whoever is not assigned is shut out by that.
  const isClosed = row?.assignment_required === true
  return scope.applications === 'all' || isClosed || listsPrincipals(row)
}

async function rowsOfApplications(
  applications: readonly LiveApplication[],
  areAll: boolean,
  context: ReadContext,
): Promise<Reading> {
  const answers = await Promise.all(applications.map((one) => rowsOf(one, context)))
  const told = answers.flatMap(({ rows, one }) => (rows ? [one] : []))
  const refused = answers.find((one) => one.refused)?.refused
  const isWhole = areAll && told.length === applications.length
  return {
    rows: answers.flatMap(({ rows = [] }) => rows),
    covers: {
      applications: isWhole ? 'all' : new Set(told.map(({ called }) => address('application', called))),
      ...(isWhole ? { applicationPrincipals: 'all' as const } : {}),
      ...(refused ? { applicationsRefused: refused } : {}),
    },
  }
}

/** One call and more for further pages. An application that the manifest does not name need not let everybody ask. */
async function rowsOf(one: LiveApplication, context: ReadContext) {
  const { reader, manifest } = context
  try {
    return { one, rows: await reader.list('ListApplicationAssignments', { ApplicationArn: one.arn }) }
  } catch (thrown) {
    const isNamed = Object.hasOwn(manifest.manifest.applications ?? {}, one.called)
    if ((isNamed && mustKnowApplications(context)) || !(thrown instanceof Refusal)) throw thrown
    return { one, refused: thrown.diagnostics[0] }
  }
}

async function rowsOfPrincipals(
  principals: readonly Asked[],
  context: ReadContext,
  ground: Directory,
): Promise<Reading> {
  const { reader, facts, manifest } = context
  const InstanceArn = facts.instance.arn
  try {
    const lists = await Promise.all(
      principals.map(async ({ id, type }) => {
        const asked = { InstanceArn, PrincipalId: id, PrincipalType: type }
        const rows = await reader.list('ListApplicationAssignmentsForPrincipal', asked)
        // What comes through groups may be mixed in, as for assignments in accounts.
        return rows.filter((row) => row.PrincipalId === id && row.PrincipalType === type)
      }),
    )
    const covered = new Set(principals.map((one) => askedAddress(one, ground)))
    return { rows: lists.flat(), covers: { applicationPrincipals: covered } }
  } catch (thrown) {
    if ((manifest.manifest.applications && mustKnowApplications(context)) || !(thrown instanceof Refusal)) throw thrown
    const [applicationsRefused] = thrown.diagnostics
    return { rows: [], covers: applicationsRefused ? { applicationsRefused } : {} }
  }
}

function entryOf(
  { ApplicationArn = '', PrincipalId: id = '', PrincipalType }: Row,
  names: ReadonlyMap<string, string>,
  { users, groups }: Directory,
): [Address, Entry<'application-assignment'>] {
  // One that has only just been made may be on no list yet.
  const application = names.get(ApplicationArn) ?? ApplicationArn
  const type = PrincipalType === 'GROUP' ? ('group' as const) : ('user' as const)
  const name = principalName(id, type === 'group' ? groups : users)
  const spec = { application, principal_type: type, principal: name }
  return [applicationAssignmentAddress(application, { type, name }), { spec, ref: id }]
}
