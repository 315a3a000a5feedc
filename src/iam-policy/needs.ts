import type { OperationName } from '../aws/operations.ts'
import type { Manifest } from '../manifest/types.ts'

/** What a manifest can lead to, as far as it decides which operations are ever sent. */
export type Need =
  | 'write users'
  | 'delete users'
  | 'write groups'
  | 'delete groups'
  | 'join groups'
  | 'leave groups'
  | 'write sets'
  | 'write assignments'
  | 'select by unit'
  | 'select by tag'

/**
 * Operations that only some manifests need. Whatever is not listed belongs to every policy: a new operation is granted too often
 * until somebody says when it is needed, and never missing.
 */
const onlyFor: { readonly [N in OperationName]?: Need } = {
  ListRoots: 'select by unit',
  ListOrganizationalUnitsForParent: 'select by unit',
  ListAccountsForParent: 'select by unit',
  ListAccountTags: 'select by tag',
  CreateUser: 'write users',
  // Read before a user is changed.
  DescribeUser: 'write users',
  UpdateUser: 'write users',
  DeleteUser: 'delete users',
  CreateGroup: 'write groups',
  UpdateGroup: 'write groups',
  DeleteGroup: 'delete groups',
  CreateGroupMembership: 'join groups',
  DeleteGroupMembership: 'leave groups',
  CreatePermissionSet: 'write sets',
  UpdatePermissionSet: 'write sets',
  DeletePermissionSet: 'write sets',
  AttachManagedPolicyToPermissionSet: 'write sets',
  DetachManagedPolicyFromPermissionSet: 'write sets',
  AttachCustomerManagedPolicyReferenceToPermissionSet: 'write sets',
  DetachCustomerManagedPolicyReferenceFromPermissionSet: 'write sets',
  PutInlinePolicyToPermissionSet: 'write sets',
  DeleteInlinePolicyFromPermissionSet: 'write sets',
  PutPermissionsBoundaryToPermissionSet: 'write sets',
  DeletePermissionsBoundaryFromPermissionSet: 'write sets',
  TagResource: 'write sets',
  UntagResource: 'write sets',
  ProvisionPermissionSet: 'write sets',
  CreateAccountAssignment: 'write assignments',
  DeleteAccountAssignment: 'write assignments',
}

/** True when a manifest with these needs can lead to the operation. */
export function canNeed(operation: OperationName, needs: ReadonlySet<Need>): boolean {
  const need = onlyFor[operation]
  return need === undefined || needs.has(need)
}

/** What a manifest can lead to. Pure. */
export function needsOf(manifest: Manifest): ReadonlySet<Need> {
  const { users = {}, groups = {}, permission_sets, assignments, absent = {}, revoked = {} } = manifest
  const selectors = (assignments ?? []).flatMap((rule) => [...rule.accounts, ...(rule.except ?? [])])
  const chosenBy = (key: 'ou' | 'tag') => selectors.some((one) => typeof one !== 'string' && one[key] !== undefined)
  const own = (things: object) => Object.values(things).some((thing: { external?: boolean }) => !thing.external)
  const members = Object.values(groups).filter((group) => group.members !== undefined)
  const revoking = Object.keys(revoked).length > 0
  const somebodyLeaves = some(absent.users) || some(absent.groups) || revoking
  // An empty section prunes, so that it can lead to deletes.
  const sets = permission_sets !== undefined && (own(permission_sets) || Object.keys(permission_sets).length === 0)
  const all: readonly (readonly [Need, boolean])[] = [
    ['write users', own(users)],
    ['delete users', some(absent.users)],
    ['write groups', own(groups)],
    ['delete groups', some(absent.groups)],
    ['join groups', members.some((group) => some(group.members))],
    ['leave groups', members.length > 0 || somebodyLeaves],
    ['write sets', sets || some(absent.permission_sets) || revoking],
    ['write assignments', assignments !== undefined || sets || some(absent.permission_sets) || somebodyLeaves],
    ['select by unit', chosenBy('ou')],
    ['select by tag', chosenBy('tag')],
  ]
  return new Set(all.flatMap(([need, holds]) => (holds ? [need] : [])))
}

function some(list: readonly unknown[] | undefined): boolean {
  return list !== undefined && list.length > 0
}
