import type { ApplicationAccess } from '../../access/application-rows.ts'
import type { RoleEntitlements } from '../../access/role-entitlements.ts'
import type { TokenIssuers } from '../../access/token-issuers.ts'
import type { RolesTold } from './roles.ts'

/**
 * What a report about access tells beside grants: the roles behind them where somebody asked, roles of account access manager,
 * applications, and whose tokens these may accept.
 */
export interface Beside {
  readonly roles?: RolesTold | undefined
  readonly entitlements?: RoleEntitlements | undefined
  readonly applications?: ApplicationAccess | undefined
  readonly issuers?: TokenIssuers | undefined
}
