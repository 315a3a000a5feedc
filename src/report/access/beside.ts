import type { ApplicationAccess } from '../../access/application-rows.ts'
import type { RolesTold } from './roles.ts'

/** What a report about access tells beside grants: the roles behind them where somebody asked, and applications. */
export interface Beside {
  readonly roles?: RolesTold | undefined
  readonly applications?: ApplicationAccess | undefined
}
