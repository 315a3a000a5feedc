import { applicationName, applicationWords, opensFor } from '../../access/applications.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Application, Manifest } from '../../manifest/types.ts'
import { type Address, address, applicationAssignmentAddress, principalAddress } from '../../model/address.ts'
import type { Principal } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { DeleteContext, DeleteReason } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { has, listsPrincipals, takesFromSomebody } from '../shared/declares.ts'
import { withPosition } from '../shared/desired.ts'
import { isIgnored } from '../shared/ignore-names.ts'
import { isOrphan, orphanEffect } from '../shared/orphans.ts'
import { revokedSince } from '../shared/revocation.ts'
import { ofRevoked } from '../shared/revoked-words.ts'
import { applicationsNotRevoked } from '../shared/unread-applications.ts'
import { adoptApplications, assignedKey } from './adopt.ts'
import { observeApplicationAssignments } from './read.ts'
import { create, remove } from './requests.ts'
import { takeApplicationAssignments } from './take.ts'

/** Who may open which application. The file is the whole truth for the applications of which it lists users or groups. */
export const applicationAssignment: CloudKind<'application-assignment'> = {
  name: 'application-assignment',
  side: 'cloud',
  title: 'Application assignments',
  summary: 'who may open which application',
  sections: ['applications', 'revoked', 'absent.users', 'absent.groups'],
  after: ['user', 'group', 'application'],
  addressSays: 'everything',
  complete: true,
  ignore: {
    names: (_at, { spec }, manifest) =>
      isIgnored(manifest, 'applications', spec.application) ||
      isIgnored(manifest, spec.principal_type === 'user' ? 'users' : 'groups', spec.principal),
    // A rule that named somebody would leave alone what else is theirs; whoever is gone has nothing else.
    entry: (_at, entry) =>
      isOrphan(entry)
        ? { list: entry.spec.principal_type === 'user' ? 'users' : 'groups', item: entry.spec.principal }
        : { never: 'ignore names applications, users and groups, and no single assignment to an application' },
  },
  adopt: adoptApplications,
  takesLive: takeApplicationAssignments,
  operations: {
    ListUsers: 'always',
    ListGroups: 'always',
    ListApplications: (manifest) => manifest.applications !== undefined || takesFromSomebody(manifest),
    ListApplicationAssignments: 'always',
    ListApplicationAssignmentsForPrincipal: takesFromSomebody,
    ListGroupMembershipsForMember: 'always',
    CreateApplicationAssignment: ({ applications = {} }) =>
      Object.values(applications).some(({ users, groups }) => has(users) || has(groups)),
    DeleteApplicationAssignment: (manifest) => lists(manifest) || takesFromSomebody(manifest),
  },

  desired: (loaded) =>
    new Map(
      Object.entries(loaded.manifest.applications ?? {}).flatMap(([application, row]) =>
        granted(row, loaded).map(({ list, index, principal }) =>
          desiredEntry(loaded, application, principal, ['applications', application, list, index]),
        ),
      ),
    ),

  observe: observeApplicationAssignments,
  problems: applicationsNotRevoked,
  deleteReason,
  decided({ live }, { loaded }) {
    if (live?.spec.principal_type !== 'user') return undefined
    return ofRevoked([live.spec.principal], loaded)
  },

  // The application exists whatever is changed of it; whoever is to stay in is assigned before it is closed.
  needs: (_at, { principal_type, principal }) => [principalAddress({ type: principal_type, name: principal })],
  concerns: ({ application }) => [address('application', application)],
  letsInto: ({ application }) => [address('application', application)],
  effect(_verb, at, { before, after, live, end }) {
    if (after) return applicationWords('get', after, end)
    const there = live['application-assignment'].get(at)
    if (there && isOrphan(there)) return orphanEffect(there.spec.principal_type)
    return before && `${applicationWords('lose', before, live)}${opensFor(before.application, end)}`
  },
  excluded: ({ address: at, before, after }) => {
    const spec = before ?? after
    return {
      about: spec ? `${address('application', spec.application)}#${assignedKey}` : at,
      treatment: 'without',
    }
  },
  opensPortal: ({ verb }) => verb === 'create',

  async apply({ address: at, after }, context) {
    if (!after) {
      await remove(context.entry(at) as Entry<'application-assignment'> | undefined, context)
      return undefined
    }
    const principal = context.ref(principalAddress({ type: after.principal_type, name: after.principal }))
    await create(after, principal, context)
    return principal
  },
}

function lists({ applications = {} }: Manifest): boolean {
  return Object.values(applications).some(listsPrincipals)
}

interface Granted {
  readonly list: 'users' | 'groups'
  readonly index: number
  readonly principal: Principal
}

function granted({ users = [], groups = [] }: Application, loaded: LoadedManifest): readonly Granted[] {
  const named = (list: Granted['list'], type: Principal['type'], names: readonly string[]) =>
    names.map((name, index) => ({ list, index, principal: { type, name } }))
  const people = named('users', 'user', users).filter(({ principal }) => !revokedSince(principal.name, loaded))
  return [...people, ...named('groups', 'group', groups)]
}

function desiredEntry(
  loaded: LoadedManifest,
  application: string,
  principal: Principal,
  path: readonly (string | number)[],
): [Address, Entry<'application-assignment'>] {
  const spec = { application, principal_type: principal.type, principal: principal.name }
  return [applicationAssignmentAddress(application, principal), withPosition(loaded, path, { spec })]
}

function deleteReason(
  _at: Address,
  { spec }: Entry<'application-assignment'>,
  { manifest, leaving, live }: DeleteContext,
): DeleteReason | undefined {
  const { principal_type, principal, application } = spec
  // Where several have one name, the address has the ARN, and a rule of ignore may have the name.
  if (isIgnored(manifest.manifest, 'applications', applicationName(application, live))) return undefined
  const since = principal_type === 'user' ? revokedSince(principal, manifest) : undefined
  if (since) return { reason: `access of ${principal} revoked at ${since}`, named: true, urgent: true }
  if (leaving.has(address(principal_type, principal))) return { reason: `${principal_type} ${principal} is removed` }
  const row = manifest.manifest.applications?.[application]
  return listsPrincipals(row) ? { reason: `not in ${manifest.file}` } : undefined
}
