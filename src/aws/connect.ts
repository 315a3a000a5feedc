import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { AdaptiveRetryStrategy, DefaultRateLimiter } from '@smithy/core/retry'
import { heard } from './clock.ts'
import { translate } from './errors.ts'
import { type Definition, type Input, type OperationName, type Output, operations, type Service } from './operations.ts'
import type { Route } from './route.ts'
/** Sends one request and gives AWS's answer, or throws a Refusal. */
export type Transport = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>

type Credentials = NonNullable<Route['sandbox']> | ReturnType<typeof fromNodeProviderChain>

interface Sender {
  send(command: object): Promise<unknown>
}

/** Opens nothing by itself: the first request does. */
export function connect(route: Route): Transport {
  // One provider for all clients: credentials are looked up, and a session refreshed, once.
  const credentials = route.sandbox ?? fromNodeProviderChain(route.profile ? { profile: route.profile } : {})
  const patient = clientsFor(route, credentials)
  let impatient: ReturnType<typeof clientsFor> | undefined
  return async <N extends OperationName>(name: N, input: Input<N>) => {
    const { service, optional, command }: Definition = operations[name]
    const Command = command as unknown as new (input: unknown) => object
    if (optional) impatient ??= clientsFor({ ...route, retry: { attempts: '2' } }, credentials)
    const client = ((optional && impatient) || patient)[service]
    try {
      return (await client.send(new Command(input))) as Output<N>
    } catch (thrown) {
      throw translate(thrown, name, route)
    }
  }
}

function clientsFor(route: Route, credentials: Credentials): Record<Service, Sender> {
  const settings = () => ({
    region: route.region,
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
    ...(route.profile ? { profile: route.profile } : {}),
    ...retrying(route),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  })
  return {
    'sso-admin': heard(new SSOAdminClient({ ...settings(), credentials }), route.clock),
    identitystore: heard(new IdentitystoreClient({ ...settings(), credentials }), route.clock),
    organizations: heard(new OrganizationsClient({ ...settings(), credentials }), route.clock),
    sts: heard(new STSClient({ ...settings(), credentials }), route.clock),
  }
}

/** Calls a second that each service is still asked when it throttles; AWS allows 20 (UG/limits). */
const slowest = 8

// Adaptive retry paces itself to what the service allows. Left alone it slows down to one call in two seconds, and stays there
// for minutes after a single burst of throttling.
function retrying({ retry }: Route) {
  if (retry.mode) return retry.attempts ? {} : { maxAttempts: 10 }
  const rateLimiter = new DefaultRateLimiter({ minFillRate: slowest, minCapacity: slowest })
  return { retryStrategy: new AdaptiveRetryStrategy(Number(retry.attempts) || 10, { rateLimiter }) }
}
