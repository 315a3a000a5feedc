import type { LoadedManifest } from '../../manifest/load.ts'
import { type Address, address, nameOf, shownAddress } from '../../model/address.ts'
import { type Diagnostic, error, type Position, warning } from '../../model/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import type { ApplicationAssignmentSpec } from '../../model/specs.ts'
import type { BothStates, Entry, State } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import { nearest } from '../../text/near.ts'
import type { LiveContext } from '../contexts.ts'
import { listsPrincipals, protectsSomebody } from '../shared/declares.ts'
import { isOrphan } from '../shared/orphans.ts'
import { revokedSince } from '../shared/revocation.ts'

/** What the manifest says of applications that are not there, are there several times, or would let nobody in. Pure. */
export function problemsOf({
  manifest,
  live,
  desired,
}: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  return [
    ...unreadOfProtected(manifest, live),
    ...[...desired.application].flatMap((one) => problemOf(one, { manifest, live })),
  ]
}

function problemOf(
  [at, { at: place }]: readonly [Address, Entry<'application'>],
  { manifest, live }: Pick<LiveContext, 'manifest' | 'live'>,
): readonly Diagnostic[] {
  const where = place ? { at: place } : {}
  // Where nobody could list them it is not known which there are.
  if (live.application.size === 0 && live.covers.applicationsRefused) return []
  if (!live.application.has(at)) return [absence(nameOf(at), live, where)]
  const row = manifest.manifest.applications?.[nameOf(at)] ?? {}
  const isRequired = row.assignment_required ?? live.application.get(at)?.spec.assignment_required
  const lets = [...(row.users ?? []), ...(row.groups ?? [])]
  const isEmpty = listsPrincipals(row) && lets.length === 0
  return isRequired === true && isEmpty ? [nobody(nameOf(at), where)] : []
}

/** What was not read cannot be protected, and whoever relies on that has to know. */
function unreadOfProtected({ manifest }: LoadedManifest, { covers }: State): readonly Diagnostic[] {
  const why = covers.applicationsRefused
  if (!protectsSomebody(manifest) || !why) return []
  const message = `protect does not cover applications, which could not be read: ${why.message}`
  return [warning('applications-unread', message, why.hint === undefined ? {} : { hint: why.hint })]
}

interface Where {
  readonly at?: Position
}

function nobody(name: string, where: Where): Diagnostic {
  return warning(
    'application-nobody',
    `nobody will be able to open ${name}: it lets in only who is assigned, and nobody is`,
    {
      hint: 'list users or groups, or remove users and groups to leave alone who is assigned',
      ...where,
    },
  )
}

function absence(name: string, live: State, where: Where): Diagnostic {
  const called = [...live.application].map(([at, { spec, ref = '' }]) => ({ name: spec.name ?? nameOf(at), arn: ref }))
  const twins = grouped(called.map((one) => [one.name, one.arn])).get(name) ?? []
  if (twins.length === 1)
    return error('application-twice', `application ${name} is declared by its ARN too`, {
      hint: `keep one of the two: ${name}, or ${twins[0]}`,
      ...where,
    })
  if (twins.length > 0)
    return error('application-ambiguous', `Identity Center has ${twins.length} applications called ${name}`, {
      hint: `write the ARN of the one that is meant in its place: ${listed(twins)}`,
      ...where,
    })
  const near = nearest(
    name,
    called.map((one) => one.name),
  )
  const known = called.length === 0 ? 'it has none' : `it has ${listed(called.map((one) => one.name).sort())}`
  return error('application-missing', `Identity Center has no application ${name}`, {
    hint: near
      ? `did you mean ${near}? names must match exactly`
      : `${known}; applications are created in the console or by the service they belong to`,
    ...where,
  })
}

/** What a protected application loses between two states; undefined for nothing. Pure. */
export function losesApplication(
  at: Address,
  { live, end, manifest }: BothStates & Pick<LiveContext, 'manifest'>,
): string | undefined {
  const [before, after] = [live.application.get(at), end.application.get(at)]
  if (before?.spec.assignment_required === false && after?.spec.assignment_required !== false)
    return 'it no longer lets in every user'
  // Whoever is revoked is to lose it, whatever is protected.
  const isRevoked = ({ principal_type, principal }: ApplicationAssignmentSpec) =>
    principal_type === 'user' && revokedSince(principal, manifest) !== undefined
  const isMeant = (entry: Entry<'application-assignment'>) =>
    address('application', entry.spec.application) === at && !isOrphan(entry) && !isRevoked(entry.spec)
  const gone = [...live['application-assignment']].filter(
    ([one, entry]) => isMeant(entry) && !end['application-assignment'].has(one),
  )
  const names = gone.map(([, { spec }]) => shownAddress(address(spec.principal_type, spec.principal)))
  return names.length > 0 ? `${listed(names, 2, 3)} can no longer open it` : undefined
}
