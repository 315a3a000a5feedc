import { limitsOf } from '../../access/delegate.ts'
import { grantWords } from '../../access/words.ts'
import type { Input, Output } from '../../aws/operations.ts'
import type { Writer } from '../../aws/port.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Address, address, principalAddress } from '../../model/address.ts'
import { refusedWith } from '../../model/diagnostic.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { DeleteContext, DeleteReason, WriteContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { isAdopted } from '../permission-set/adopted.ts'
import { closedAccounts } from '../shared/account.ts'
import { appeared } from '../shared/appeared.ts'
import { takesFromSomebody, writesSets } from '../shared/declares.ts'
import { beyondDelegate } from '../shared/delegate.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { revokedSince } from '../shared/revocation.ts'
import { adoptAssignments, excludedAssignment } from './adopt.ts'
import { ignoreAssignments } from './ignore.ts'
import { heldBack, weakens } from './reached.ts'
import { observeAssignments } from './read.ts'
import { expand, expired, isAskedFor, lapsed } from './rule.ts'

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
  ignore: ignoreAssignments,
  adopt: adoptAssignments,
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
    const rules = loaded.manifest.assignments ?? []
    return new Map(rules.flatMap((rule, row) => (expired(rule, facts) ? [] : expand(rule, row, loaded, facts))))
  },

  observe: observeAssignments,

  deleteReason(at, { spec, inert }, context) {
    const removal = reasonToDelete(at, spec, context)
    // The rest of a revocation is done all the same, and what remains is told of with the user.
    if (removal?.urgent && limitsOf(context.live, context.facts).bars(spec)) return { ...removal, blocked: true }
    if (!removal || !inert) return removal
    return isAskedFor(at, spec, context) ? undefined : { ...removal, blocked: true }
  },

  blocked: (things, live) =>
    closedAccounts(
      things.filter(([, { inert }]) => inert),
      live,
    ),

  opensPortal: ({ verb }) => verb === 'create',
  needs: (_at, spec) => [address('permission-set', spec.permission_set), address(spec.principal_type, spec.principal)],

  effect(_verb, _at, { before, after, live, end, facts }) {
    if (after) return grantWords('get', after, end, facts)
    return before && grantWords('lose', before, live, facts)
  },

  forbidden({ verb, address: at, before, after }, live, facts) {
    const spec = after ?? before
    return spec && limitsOf(live, facts).bars(spec) ? beyondDelegate(verb, at) : undefined
  },
  takesUnasked: ({ verb, named, before }, live, owner) =>
    verb === 'delete' && !named && isAdopted(before?.permission_set ?? '', live, owner),
  weakens,
  heldBack,
  excluded: excludedAssignment,

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
  if (since) return { reason: `${spec.principal} is revoked since ${since}`, named: true, urgent: true }
  const set = address('permission-set', spec.permission_set)
  if (leaving.has(set)) return { reason: `permission set ${spec.permission_set} is removed` }
  const principal = address(spec.principal_type, spec.principal)
  if (leaving.has(principal)) return { reason: `${spec.principal_type} ${spec.principal} is removed` }
  const over = lapsed(at, context)
  if (over) return { reason: over, named: true }
  const declared = desired['permission-set'].get(set)
  if (!declared || declared.external || !manifest.manifest.assignments) return undefined
  return { reason: `no longer in ${manifest.file}` }
}

type AssignmentRequest = Input<'CreateAccountAssignment'>

function request(spec: AssignmentSpec, PrincipalId: string, { facts, ref }: WriteContext): AssignmentRequest {
  return {
    InstanceArn: facts.instance.arn,
    PermissionSetArn: ref(address('permission-set', spec.permission_set)),
    PrincipalId,
    PrincipalType: spec.principal_type === 'user' ? 'USER' : 'GROUP',
    TargetId: spec.account,
    TargetType: 'AWS_ACCOUNT',
  }
}

function create(input: AssignmentRequest, context: WriteContext): Promise<void> {
  const { writer } = context
  return writer.follow('assignment creation', input.TargetId, async () => {
    const started = await writer.send('CreateAccountAssignment', input, async (mayBeOurs) => {
      const AccountAssignmentCreationStatus = await creationOf(input, writer)
      if (!AccountAssignmentCreationStatus) return undefined
      return appeared({ what: 'the assignment', mayBeOurs, asAsked: { AccountAssignmentCreationStatus } }, context)
    })
    return started.AccountAssignmentCreationStatus
  })
}

/** The request that is creating an assignment, or that has created it; undefined when there is neither. */
async function creationOf(input: AssignmentRequest, writer: Writer): Promise<Creation | undefined> {
  const { InstanceArn } = input
  const running = await writer.list('ListAccountAssignmentCreationStatus', {
    InstanceArn,
    Filter: { Status: 'IN_PROGRESS' },
  })
  for (const { RequestId: AccountAssignmentCreationRequestId } of running) {
    const asked = { InstanceArn, AccountAssignmentCreationRequestId }
    const { AccountAssignmentCreationStatus: one } = await writer.get('DescribeAccountAssignmentCreationStatus', asked)
    if (one && isOf(one, input)) return one
  }
  return (await isThere(input, writer)) ? { Status: 'SUCCEEDED' } : undefined
}

type Creation = NonNullable<Output<'CreateAccountAssignment'>['AccountAssignmentCreationStatus']>

function isOf(one: Creation, input: AssignmentRequest): boolean {
  const members = ['PermissionSetArn', 'TargetId', 'PrincipalType', 'PrincipalId'] as const
  return members.every((member) => one[member] === input[member])
}

async function remove(input: AssignmentRequest, { writer }: WriteContext): Promise<undefined> {
  try {
    return await ignoreNotFound(() =>
      writer.follow('assignment deletion', input.TargetId, async () => {
        const started = await writer.send('DeleteAccountAssignment', input)
        return started.AccountAssignmentDeletionStatus
      }),
    )
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-request-failed') || (await isThere(input, writer))) throw thrown
    return undefined
  }
}

// What is gone already cannot be removed either; why a request failed is told in free text only.
async function isThere({ InstanceArn, PermissionSetArn, TargetId, PrincipalId }: AssignmentRequest, writer: Writer) {
  const rows = await writer.list('ListAccountAssignments', { InstanceArn, PermissionSetArn, AccountId: TargetId })
  return rows.some((row) => row.PrincipalId === PrincipalId)
}
