import type { ServiceName } from '../api/table.ts'
import { accessControlOperations } from './access-control.ts'
import { accountOperations } from './account.ts'
import { applicationOperations } from './application.ts'
import { applicationAssignmentOperations } from './application-assignment.ts'
import { assignmentOperations } from './assignment.ts'
import type { Operation } from './context.ts'
import { groupOperations } from './group.ts'
import { instanceOperations } from './instance.ts'
import { membershipOperations } from './membership.ts'
import { organizationOperations } from './organization.ts'
import { permissionSetOperations } from './permission-set.ts'
import { policyOperations } from './policies.ts'
import { provisionOperations } from './provision.ts'
import { tagOperations } from './tags.ts'
import { trustedTokenIssuerOperations } from './trusted-token-issuer.ts'
import { unitOperations } from './unit.ts'
import { userOperations } from './user.ts'

/** Every operation of the AWS JSON services, by service and name. A new one is added here; `npm run request-tables` follows. */
export const operations: Readonly<Record<ServiceName, Readonly<Record<string, Operation>>>> = {
  'sso-admin': {
    ...instanceOperations,
    ...permissionSetOperations,
    ...policyOperations,
    ...assignmentOperations,
    ...provisionOperations,
    ...tagOperations,
    ...applicationOperations,
    ...applicationAssignmentOperations,
    ...accessControlOperations,
    ...trustedTokenIssuerOperations,
  },
  identitystore: { ...userOperations, ...groupOperations, ...membershipOperations },
  organizations: { ...organizationOperations, ...accountOperations, ...unitOperations },
}
