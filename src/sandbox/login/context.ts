import type { Random } from '../ids.ts'
import type { OperationOutput } from '../operations/context.ts'
import type { State } from '../state/state.ts'
import type { Request } from '../wire/exchange.ts'

/** What an operation of the login side may use. `own` is the sandbox's address, `now` is in epoch seconds. */
export interface LoginContext {
  readonly state: State
  readonly now: number
  readonly random: Random
  readonly own: string
  /** A start URL that the sandbox stands in for. */
  readonly portal?: string
}

/** One operation of OIDC or the portal: both are REST and neither is signed. */
export type LoginOperation = (context: LoginContext, request: Request) => OperationOutput
