import { addressOf } from '../kinds/assignment/address.ts'
import { kindNamed } from '../kinds/index.ts'
import { renamedTo } from '../kinds/shared/renamed.ts'
import { desiredState } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Revocation } from '../manifest/types.ts'
import {
  type Address,
  address,
  applicationAssignmentAddress,
  applicationAssignmentParts,
  assignmentParts,
  membershipAddress,
  membershipParts,
  nameOf,
  shownAddress,
} from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import { accountLabel, inactiveWords, isActive } from '../model/facts.ts'
import { ownValue } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { ApplicationAssignmentSpec, AssignmentSpec, KindName, MembershipSpec } from '../model/specs.ts'
import type { Entry, State } from '../model/state.ts'
import type { PlanInput } from '../plan/diff.ts'
import type { Grants } from './about.ts'

/**
 * What a revocation takes away that the manifest does not declare: nobody could tell afterwards that it was there. What the manifest names
 * to end it, such as a grant whose time is over, is not to come back. `without` is the manifest without the revocation. Pure.
 */
export function takenAway(
  operations: readonly Operation[],
  { facts, live }: PlanInput,
  without: LoadedManifest,
): Address[] {
  const desired = desiredState(without, facts)
  const leaving = new Set<Address>()
  return operations.flatMap(({ kind, verb, address: at }) => {
    if (verb !== 'delete' || !isGrant(kind)) return []
    const entry: Entry | undefined = live[kind].get(at)
    if (!entry || desired[kind].has(at)) return []
    const removal = kindNamed(kind).deleteReason(at, entry, { manifest: without, facts, desired, live, leaving })
    return removal?.named ? [] : [lasting(at, live)]
  })
}

/** An application can get another's name, so what is recorded of it has its ARN. */
function lasting(at: Address, { application }: State): Address {
  const parts = applicationAssignmentParts(at)
  const arn = parts && application.get(address('application', parts.application))?.ref
  return parts && arn ? applicationAssignmentAddress(arn, parts.principal) : at
}

/** Kinds whose things give somebody something. */
const grantKinds = ['membership', 'assignment', 'application-assignment'] as const satisfies readonly (keyof Grants)[]

function isGrant(kind: KindName): kind is keyof Grants {
  return (grantKinds as readonly KindName[]).includes(kind)
}

/** What a user is to be granted again, and what cannot be. */
export interface GivenBack {
  readonly grants: Grants
  readonly problems: readonly Diagnostic[]
}

/** What the manifest grants a user again without the revocation, and what was taken away besides. Pure. */
export function givenBack(declared: Grants, taken: readonly string[], input: PlanInput): GivenBack {
  const recorded = takenGrants(taken, input)
  const membership = new Map([...recorded.membership, ...declared.membership])
  const assignment = new Map([...recorded.assignment, ...declared.assignment])
  const applications = new Map([...recorded['application-assignment'], ...declared['application-assignment']])
  const obstacles = new Map<Address, string | undefined>([
    ...[...membership].map(([at, { spec }]) => [at, noMembership(spec, input)] as const),
    ...[...assignment].map(([at, { spec }]) => [at, noAssignment(spec, input)] as const),
    ...[...applications].map(([at, { spec }]) => [at, noApplication(at, spec, input)] as const),
  ])
  const can = ([at]: readonly [Address, unknown]) => obstacles.get(at) === undefined
  return {
    grants: {
      membership: new Map([...membership].filter(can)),
      assignment: new Map([...assignment].filter(can)),
      'application-assignment': new Map([...applications].filter(can)),
    },
    problems: [...obstacles].flatMap(([at, why]) => (why === undefined ? [] : [notGivenBack(at, why)])),
  }
}

/** What was taken away, by the addresses that are recorded; what has been renamed since, or is about to be, goes by its new name. */
export function takenGrants(taken: readonly string[], names: Names): Grants {
  return {
    membership: new Map(taken.flatMap((at) => takenMembership(at, names))),
    assignment: new Map(taken.flatMap((at) => takenAssignment(at, names))),
    'application-assignment': new Map(taken.flatMap((at) => takenApplication(at, names))),
  }
}

/** What tells by which name a thing goes by now. */
export interface Names {
  readonly manifest: LoadedManifest
  readonly live: State
}

function nowCalled(kind: 'group' | 'permission-set', name: string, { manifest, live }: Names): string {
  if (live[kind].has(address(kind, name))) return name
  return renamedTo(kind === 'group' ? 'groups' : 'permission_sets', name, manifest) ?? name
}

/** What a revocation has recorded as taken away. */
export function takenOf(entry: Revocation | undefined): readonly string[] {
  return entry === undefined || typeof entry === 'string' ? [] : (entry.taken ?? [])
}

const byRevoke = 'removed by revoke'

function takenMembership(at: string, names: Names): [Address, Entry<'membership'>][] {
  const parts = membershipParts(at)
  if (!parts) return []
  const { user } = parts
  const group = nowCalled('group', parts.group, names)
  return [[membershipAddress(group, user), { spec: { group, user }, reason: byRevoke }]]
}

function takenAssignment(at: string, names: Names): [Address, Entry<'assignment'>][] {
  const parts = assignmentParts(at)
  if (!parts) return []
  const { set, principal, account } = parts
  const permission_set = nowCalled('permission-set', set, names)
  const spec = { permission_set, principal_type: principal.type, principal: principal.name, account }
  return [[addressOf(spec), { spec, reason: byRevoke }]]
}

function takenApplication(at: string, { live }: Names): [Address, Entry<'application-assignment'>][] {
  const parts = applicationAssignmentParts(at)
  if (!parts) return []
  const { principal } = parts
  const found = [...live.application].find(([, { ref }]) => ref === parts.application)
  const application = found ? nameOf(found[0]) : parts.application
  const spec = { application, principal_type: principal.type, principal: principal.name }
  return [[applicationAssignmentAddress(application, principal), { spec, reason: byRevoke }]]
}

/** Why a membership cannot be created; undefined when it can, or is there. */
function noMembership({ group, user }: MembershipSpec, { live }: PlanInput): string | undefined {
  if (live.membership.has(membershipAddress(group, user))) return undefined
  if (!live.user.has(address('user', user))) return `there is no user ${user}`
  const found = live.group.get(address('group', group))
  if (!found) return `there is no group ${group}`
  return found.provisioned ? `group ${group} belongs to an identity provider` : undefined
}

/** Why an assignment cannot be created; undefined when it can, or is there. */
function noAssignment(spec: AssignmentSpec, { live, facts }: PlanInput): string | undefined {
  if (live.assignment.has(addressOf(spec))) return undefined
  const { permission_set, account, principal } = spec
  if (!live.user.has(address('user', principal))) return `there is no user ${principal}`
  if (!live['permission-set'].has(address('permission-set', permission_set)))
    return `there is no permission set ${permission_set}`
  return isActive(account, facts)
    ? undefined
    : `account ${accountLabel(account, facts)} ${inactiveWords(account, facts)}`
}

/** Why a user cannot be assigned to an application; undefined when that can be, or is so. */
function noApplication(at: Address, spec: ApplicationAssignmentSpec, { live }: PlanInput): string | undefined {
  if (live['application-assignment'].has(at)) return undefined
  if (!live.user.has(address('user', spec.principal))) return `there is no user ${spec.principal}`
  const isThere = live.application.has(address('application', spec.application))
  return isThere ? undefined : `there is no application ${spec.application}`
}

function notGivenBack(at: Address, why: string): Diagnostic {
  return warning('not-given-back', `${shownAddress(at)} is not restored: ${why}`, {
    hint: 'grant it again once that has changed; after --undo it is no longer recorded anywhere',
  })
}

/** Sets that go on denying the user, because the manifest does not write them. `sides` is narrowed to the user. Pure. */
export function lastingDenials(user: string, { desired, live, manifest }: PlanInput): Diagnostic[] {
  return denyingSets(live, user).flatMap((name) => {
    const at = address('permission-set', name)
    if (!desired['permission-set'].get(at)?.external) return []
    const successor = renamedTo('permission_sets', name, manifest)
    const declared = manifest.manifest.permission_sets?.[name]
    const why = successor ? `renames it to ${successor}` : declared ? 'does not write it' : 'does not declare it'
    const hint = successor
      ? 'apply the rename first, then run this again'
      : 'declare it in full and run this again, or delete the statement SsoReconcileRevoked… from its inline policy'
    const message = `permission set ${name} still denies ${user} everything, because ${manifest.file} ${why}`
    return warning('denial-stays', message, { hint })
  })
}

/** Names of the sets that deny the user, sorted. */
export function denyingSets({ 'permission-set': sets }: State, user: string): string[] {
  const denying = [...sets].filter(([, { spec }]) => ownValue(spec.revoked, user) !== undefined)
  return denying.map(([at]) => nameOf(at)).sort()
}
