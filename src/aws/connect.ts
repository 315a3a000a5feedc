import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { bounded } from './bounded.ts'
import { heard } from './clock.ts'
import { translate } from './errors.ts'
import { type Definition, type Input, type OperationName, type Output, operations, type Service } from './operations.ts'
import { connectionTimeout, patient, requestTimeout } from './patience.ts'
import type { Route } from './route.ts'
import { signedInTime } from './skew.ts'
import { inTurn } from './turns.ts'

/** Sends one request and gives AWS's answer, or throws a Refusal. */
export type Transport = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>

type Credentials = NonNullable<Route['sandbox']> | ReturnType<typeof fromNodeProviderChain>

type Client = SSOAdminClient | IdentitystoreClient | OrganizationsClient | STSClient

interface Sender {
  send(command: object): Promise<unknown>
}

// What the SDK tells goes past every filter: that a named profile goes before keys, and where a developer finds an answer that is none.
const unheard = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/** Opens nothing by itself: the first request does. Every request waits for its turn here, so that nobody can forget it. */
export function connect(route: Route): Transport {
  // One provider for all clients: credentials are looked up, and a session refreshed, once.
  const credentials =
    route.sandbox ?? fromNodeProviderChain({ ...named(route), logger: unheard, clientConfig: providerSettings(route) })
  const usual = clientsFor(route, credentials)
  const turn = inTurn()
  const count = route.meter?.count ?? ((request) => request())
  let impatient: ReturnType<typeof clientsFor> | undefined
  return async <N extends OperationName>(name: N, input: Input<N>) => {
    const { service, access, optional, command }: Definition = operations[name]
    const Command = command as unknown as new (input: unknown) => object
    if (optional) impatient ??= clientsFor({ ...route, retry: { attempts: '2' } }, credentials)
    const client = ((optional && impatient) || usual)[service]
    try {
      return (await count(() => turn(access, () => client.send(new Command(input))))) as Output<N>
    } catch (thrown) {
      throw translate(thrown, name, route)
    }
  }
}

// What asks for credentials has clients of its own, which would wait for an answer without end. Their answers tell the time too.
function providerSettings(route: Route) {
  const requestHandler = { connectionTimeout, requestTimeout, throwOnRequestTimeout: true }
  const { config } = heard(
    bounded(new STSClient({ region: route.region, requestHandler }), requestTimeout),
    route.clock,
  )
  return { requestHandler: config.requestHandler }
}

function named({ profile }: Route): Pick<Route, 'profile'> {
  return profile ? { profile } : {}
}

function clientsFor(route: Route, credentials: Credentials): Record<Service, Sender> {
  const settings = () => ({
    region: route.region,
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
    ...named(route),
    ...patient(route.retry),
    logger: unheard,
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
  })
  const ready = <C extends Client>(client: C): C => signedInTime(heard(bounded(client, requestTimeout), route.clock))
  return {
    'sso-admin': ready(new SSOAdminClient({ ...settings(), credentials })),
    identitystore: ready(new IdentitystoreClient({ ...settings(), credentials })),
    organizations: ready(new OrganizationsClient({ ...settings(), credentials })),
    sts: ready(new STSClient({ ...settings(), credentials })),
  }
}
