import { limitsOf } from '../../access/delegate.ts'
import { policiesIn } from '../../access/policies.ts'
import { effectWords } from '../../access/words.ts'
import { calledOf } from '../../manifest/called.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Address, address, principalAddress } from '../../model/address.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import { nothingAllowed } from '../../policies/effective.ts'
import type { DeleteContext, DeleteReason } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { isAdopted } from '../permission-set/adopted.ts'
import { closedAccounts } from '../shared/account.ts'
import { takesFromSomebody, writesSets } from '../shared/declares.ts'
import { beyondDelegate } from '../shared/delegate.ts'
import { isOrphan, orphanEffect } from '../shared/orphans.ts'
import { revokedSince } from '../shared/revocation.ts'
import { ofRevoked } from '../shared/revoked-words.ts'
import { adoptAssignments, excludedAssignment } from './adopt.ts'
import { mustBeWithinReach } from './extent.ts'
import { ignoreAssignments } from './ignore.ts'
import { assignmentEntry } from './ignore-entry.ts'
import { grantedLater } from './later.ts'
import { policyUse } from './policy-use.ts'
import { heldBack, loses, weakens } from './reached.ts'
import { observeAssignments } from './read.ts'
import { create, remove, request } from './requests.ts'
import { expand, isAskedFor, isInForce, outOfTime, untimely } from './rule.ts'
import { takeAssignments } from './take.ts'

/** Who may use which permission set on which account. The file is the whole truth for the sets it declares. */
export const assignment: CloudKind<'assignment'> = {
  name: 'assignment',
  title: 'Assignments',
  sections: ['assignments', 'revoked', 'absent.users', 'absent.groups', 'absent.permission_sets'],
  summary: 'who may use which permission set in which account',
  side: 'cloud',
  after: ['user', 'group', 'permission-set'],
  addressSays: 'everything',
  complete: true,
  ignore: { ...ignoreAssignments, entry: assignmentEntry },
  adopt: adoptAssignments,
  takesLive: takeAssignments,
  operations: {
    ListUsers: 'always',
    ListGroups: 'always',
    ListPermissionSets: 'always',
    DescribePermissionSet: 'always',
    ListTagsForResource: 'always',
    ListAccountsForProvisionedPermissionSet: 'always',
    ListAccountAssignments: 'always',
    ListAccountAssignmentsForPrincipal: 'always',
    ListPermissionSetsProvisionedToAccount: 'always',
    ListGroupMembershipsForMember: 'always',
    CreateAccountAssignment: assigns,
    DeleteAccountAssignment: assigns,
  },

  desired(loaded, facts) {
    mustBeWithinReach(loaded, facts)
    const rules = loaded.manifest.assignments ?? []
    const granted = rules.flatMap((rule, row) => (isInForce(rule, facts) ? expand(rule, row, loaded, facts) : []))
    // Of rules that ask for the same the one that protects it decides.
    return new Map([...granted, ...granted.filter(([, { protect }]) => protect)])
  },

  observe: observeAssignments,
  announces: grantedLater,

  deleteReason(at, { spec, inert }, context) {
    const removal = reasonToDelete(at, spec, context)
    // The rest of a revocation is done all the same, and what remains is told of with the user.
    if (removal?.urgent && limitsOf(context.live, context.facts).bars(spec)) return { ...removal, blocked: true }
    if (!removal || !inert) return removal
    return isAskedFor(at, spec, context) ? undefined : { ...removal, blocked: true }
  },

  decided({ address: at, live }, { loaded, facts }) {
    if (!live) return undefined
    const { principal_type, principal } = live.spec
    return (principal_type === 'user' ? ofRevoked([principal], loaded) : undefined) ?? untimely(at, loaded, facts)
  },

  blocked: (things, live) =>
    closedAccounts(
      things.filter(([, { inert }]) => inert),
      live,
    ),

  opensPortal: ({ verb }) => verb === 'create',
  needs: (_at, spec) => [address('permission-set', spec.permission_set), address(spec.principal_type, spec.principal)],

  effect(_verb, at, { before, after, live, end, facts }) {
    if (after) return effectWords('get', after, end, facts)
    const there = live.assignment.get(at)
    if (there && isOrphan(there)) return orphanEffect(there.spec.principal_type)
    return before && effectWords('lose', before, live, facts)
  },

  policies({ before, after }, { live, end }) {
    const gets = after && policiesIn(end, after.permission_set)
    const loses = before && policiesIn(live, before.permission_set)
    return [{ before: loses ?? nothingAllowed, after: gets ?? nothingAllowed }]
  },

  forbidden({ verb, address: at, before, after }, live, facts) {
    const spec = after ?? before
    return spec && limitsOf(live, facts).bars(spec) ? beyondDelegate(verb, at) : undefined
  },
  takesUnasked: ({ verb, named, before }, live, owner) =>
    verb === 'delete' && !named && isAdopted(before?.permission_set ?? '', live, owner),
  weakens,
  loses,
  heldBack,
  excluded: excludedAssignment,
  policyUse,

  async apply({ address: at, before, after }, context) {
    if (after) {
      const principal = context.ref(principalAddress({ type: after.principal_type, name: after.principal }))
      await create(request(after, principal, context), context)
      return principal
    }
    // An orphan's principal can no longer be looked up, but the assignment itself was read with its id.
    if (before) await remove(request(before, context.ref(at), context), context)
    return undefined
  },
}

function assigns(manifest: Manifest): boolean {
  return manifest.assignments !== undefined || writesSets(manifest) || takesFromSomebody(manifest)
}

/** Why a live assignment that the manifest does not ask for should go. */
function reasonToDelete(at: Address, spec: AssignmentSpec, context: DeleteContext): DeleteReason | undefined {
  const { manifest, desired, leaving } = context
  const since = spec.principal_type === 'user' ? revokedSince(spec.principal, manifest) : undefined
  if (since) return { reason: `access of ${spec.principal} revoked at ${since}`, named: true, urgent: true }
  const set = address('permission-set', spec.permission_set)
  if (leaving.has(set)) return { reason: `permission set ${spec.permission_set} is removed` }
  const principal = address(spec.principal_type, spec.principal)
  if (leaving.has(principal)) return { reason: `${spec.principal_type} ${spec.principal} is removed` }
  const untimely = outOfTime(at, context)
  if (untimely?.isOver) return { reason: untimely.reason, named: true }
  const declared = desired['permission-set'].get(set)
  if (!declared || declared.external || !manifest.manifest.assignments) return undefined
  return { reason: untimely?.reason ?? `not in ${calledOf(manifest)}` }
}
