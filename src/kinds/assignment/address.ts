import type { Address } from '../../model/address.ts'
import { assignmentAddress } from '../../model/address.ts'
import type { AssignmentSpec } from '../../model/specs.ts'

/** Address of an assignment by its spec. */
export function addressOf(spec: AssignmentSpec): Address {
  return assignmentAddress({
    set: spec.permission_set,
    principal: { type: spec.principal_type, name: spec.principal },
    account: spec.account,
  })
}
