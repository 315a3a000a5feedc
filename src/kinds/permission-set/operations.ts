import type { Manifest } from '../../manifest/types.ts'
import type { Operations } from '../kind.ts'
import { revokes, writesSets } from '../shared/declares.ts'

// A revocation is written into the sets that the user holds.
const writes = (manifest: Manifest) => writesSets(manifest) || revokes(manifest)

/** What reading and writing permission sets sends. */
export const operations: Operations = {
  ListUsers: 'always',
  ListGroups: 'always',
  ListPermissionSets: 'always',
  DescribePermissionSet: 'always',
  ListTagsForResource: 'always',
  ListManagedPoliciesInPermissionSet: 'always',
  ListCustomerManagedPolicyReferencesInPermissionSet: 'always',
  GetInlinePolicyForPermissionSet: 'always',
  GetPermissionsBoundaryForPermissionSet: 'always',
  ListAccountsForProvisionedPermissionSet: 'always',
  ListAccountAssignments: 'always',
  CreatePermissionSet: writes,
  UpdatePermissionSet: writes,
  DeletePermissionSet: writes,
  AttachManagedPolicyToPermissionSet: writes,
  DetachManagedPolicyFromPermissionSet: writes,
  AttachCustomerManagedPolicyReferenceToPermissionSet: writes,
  DetachCustomerManagedPolicyReferenceFromPermissionSet: writes,
  PutInlinePolicyToPermissionSet: writes,
  DeleteInlinePolicyFromPermissionSet: writes,
  PutPermissionsBoundaryToPermissionSet: writes,
  DeletePermissionsBoundaryFromPermissionSet: writes,
  TagResource: writes,
  UntagResource: writes,
  ProvisionPermissionSet: writes,
}
