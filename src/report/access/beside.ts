import type { ApplicationAccess } from '../../access/application-rows.ts'
import type { TokenIssuers } from '../../access/token-issuers.ts'
import type { RolesTold } from './roles.ts'

/** What a report about access tells beside grants: the roles behind them where somebody asked, applications, and whose tokens these may accept. */
export interface Beside {
  readonly roles?: RolesTold | undefined
  readonly applications?: ApplicationAccess | undefined
  readonly issuers?: TokenIssuers | undefined
}
