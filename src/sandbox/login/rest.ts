import { restFailure, stamped } from '../dispatch.ts'
import { elapse } from '../elapse.ts'
import { newId } from '../ids.ts'
import type { ServiceError } from '../service-error.ts'
import type { State } from '../state/state.ts'
import type { Surroundings } from '../surroundings.ts'
import { header, json, type Request, type Response } from '../wire/exchange.ts'
import type { LoginContext, LoginOperation } from './context.ts'
import { oidcOperations } from './oidc.ts'
import { portalOperations } from './portal.ts'

/** An operation of the login side at its method and path. */
export interface RestRoute {
  readonly method: string
  readonly path: string
  readonly service: 'oidc' | 'portal'
  readonly operation: string
  readonly run: LoginOperation
}

/** Operations of OIDC and the portal, as the REST JSON protocol addresses them. */
export const restRoutes: readonly RestRoute[] = [
  route('POST', '/client/register', 'oidc', 'RegisterClient', oidcOperations.RegisterClient),
  route('POST', '/device_authorization', 'oidc', 'StartDeviceAuthorization', oidcOperations.StartDeviceAuthorization),
  route('POST', '/token', 'oidc', 'CreateToken', oidcOperations.CreateToken),
  route('GET', '/assignment/accounts', 'portal', 'ListAccounts', portalOperations.ListAccounts),
  route('GET', '/assignment/roles', 'portal', 'ListAccountRoles', portalOperations.ListAccountRoles),
  route('GET', '/federation/credentials', 'portal', 'GetRoleCredentials', portalOperations.GetRoleCredentials),
  route('POST', '/logout', 'portal', 'Logout', portalOperations.Logout),
]

/** Answers a call of the login side; `ordered` is an error on demand. */
export function callRest(request: Request, { run }: RestRoute, around: Surroundings, ordered?: ServiceError): Response {
  const requestId = newId.uuid(around.random)
  try {
    if (ordered) throw ordered
    return stamped(
      json(
        200,
        withLogin(request, around, (context) => run(context, request)),
      ),
      requestId,
    )
  } catch (cause) {
    return stamped(restFailure(cause), requestId)
  }
}

/** Runs a page or an operation of the login side on the current state. */
export function withLogin<T>(request: Request, around: Surroundings, work: (context: LoginContext) => T): T {
  const { store, random, portal } = around
  const now = around.now()
  elapse(around, now)
  // The Host header has been checked to be a local name, so links lead back to where the person came from.
  const own = `http://${header(request, 'host')}`
  return store.run((state: State) => work({ state, now, random, own, ...(portal ? { portal } : {}) }))
}

function route(
  method: string,
  path: string,
  service: RestRoute['service'],
  operation: string,
  run: LoginOperation,
): RestRoute {
  return { method, path, service, operation, run }
}
