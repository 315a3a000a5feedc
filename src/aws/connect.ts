import type { AccessAnalyzerClient } from '@aws-sdk/client-accessanalyzer'
import type { IAMClient } from '@aws-sdk/client-iam'
import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import type { NoOpLogger } from '@smithy/core/client'
import { getEndpointFromInstructions } from '@smithy/core/endpoints'
import { once, oncePer } from '../model/once.ts'
import { bounded } from './bounded.ts'
import { heard } from './clock.ts'
import { EarlyAgent } from './early.ts'
import { translate } from './errors.ts'
import { type Definition, type Input, type OperationName, type Output, operations, type Service } from './operations.ts'
import { type Line, newLine } from './pace/line.ts'
import { paced } from './pace/paced.ts'
import {
  brief,
  connectionTimeout,
  goodToHave,
  patient,
  requestTimeout,
  type Tries,
  unlessUnknown,
  usual,
  whileAtIt,
} from './patience.ts'
import type { Asking } from './port.ts'
import type { Route } from './route.ts'
import { signedInTime } from './skew.ts'
import { inTurn, isNextPage } from './turns.ts'

/** Sends one request and gives AWS's answer, or throws a Refusal. */
export type Transport = <N extends OperationName>(name: N, input: Input<N>, how?: Asking) => Promise<Output<N>>

type Credentials = NonNullable<Route['sandbox']> | ReturnType<typeof fromNodeProviderChain>

type Client = SSOAdminClient | IdentitystoreClient | OrganizationsClient | STSClient | IAMClient | AccessAnalyzerClient

interface Sender {
  send(command: object): Promise<unknown>
}

// What the SDK tells goes past every filter: that a named profile goes before keys, and where a developer finds an answer that is none.
// It asks whether there is somebody to inform before it makes a copy of each answer to tell.
const unheard = { debug: () => undefined, warn: () => undefined, error: () => undefined } as unknown as NoOpLogger

/** Opens nothing by itself: the first request does. Every request waits for its turn here, so that nobody can forget it. */
export function connect(route: Route): Transport {
  // One provider for all clients: credentials are looked up, and a session refreshed, once.
  const credentials =
    route.sandbox ?? fromNodeProviderChain({ ...named(route), logger: unheard, clientConfig: providerSettings(route) })
  const line = route.line ?? newLine(route.clock)
  const agent = agentOf(line)
  const clientsOf = (tries: Tries) => clientsFor(route, credentials, tries, { line, agent })
  const clients = {
    usual: clientsOf(usual),
    unlessUnknown: clientsOf(unlessUnknown),
    goodToHave: clientsOf(goodToHave),
  }
  if (!route.sandbox) void agent.openEarly(() => firstAddresses(clients.usual))
  const turn = inTurn()
  const count = route.meter?.count ?? ((request) => request())
  return async <N extends OperationName>(name: N, input: Input<N>, how: Asking = {}) => {
    const { service, access, optional, ...definition }: Definition = operations[name]
    const tries = how.goodToHave ? 'goodToHave' : optional ? 'unlessUnknown' : 'usual'
    try {
      const command = 'load' in definition ? await definition.load() : definition.command
      const Command = command as unknown as new (input: unknown) => object
      const client = await clients[tries][service]()
      return (await count(() =>
        turn(access, () => client.send(new Command(input)), isNextPage(input as object)),
      )) as Output<N>
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

/** Each is made when it is asked for the first time. */
type Clients = Readonly<Record<Service, () => Sender | Promise<Sender>>>

/** What all clients of a connection share. */
interface Shared {
  readonly line: Line
  readonly agent: EarlyAgent
}

/** Whoever waits in one line shares connections: a run opens them once, however often it connects. */
const agentOf = oncePer((_line: Line) => new EarlyAgent())

/** What every look asks before anything else, each of another host. */
const asked = ['ListInstances', 'DescribeOrganization', 'GetCallerIdentity', 'ListUsers'] as const

// An address that cannot be told is told of by the request that needs it.
async function firstAddresses(clients: Clients): Promise<readonly URL[]> {
  const found = await Promise.allSettled(
    asked.map(async (name) => {
      const { service, command } = operations[name]
      const { config } = (await clients[service]()) as SSOAdminClient
      return (await getEndpointFromInstructions({}, command, config)).url
    }),
  )
  return found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

function clientsFor(route: Route, credentials: Credentials, tries: Tries, { line, agent }: Shared): Clients {
  const common = {
    region: route.region,
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
    ...named(route),
    logger: unheard,
    credentials,
    // The chain of steps is the same for each request of a kind: to put it together takes as long as to sign.
    cacheMiddleware: true,
  }
  const usually = {
    ...common,
    ...patient(route.retry, tries),
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true, httpsAgent: agent },
  }
  const briefly = {
    ...common,
    ...patient(route.retry.mode ? { mode: route.retry.mode } : {}, brief),
    requestHandler: { ...whileAtIt, httpsAgent: agent },
  }
  // Whoever says in the environment how to retry has the SDK wait in its own way.
  const inLine = <C extends Client>(service: Service, client: C): C =>
    route.retry.mode ? client : paced(client, line, service)
  const ready = <C extends Client>(service: Service, client: C, longest = requestTimeout): C =>
    signedInTime(heard(bounded(inLine(service, client), longest), route.clock))
  const rare = <C extends Client>(service: Service, client: C): C => ready(service, client, whileAtIt.requestTimeout)
  return {
    'sso-admin': once(() => ready('sso-admin', new SSOAdminClient(usually))),
    identitystore: once(() => ready('identitystore', new IdentitystoreClient(usually))),
    organizations: once(() => ready('organizations', new OrganizationsClient(usually))),
    sts: once(() => ready('sts', new STSClient(usually))),
    iam: once(async () => rare('iam', new (await import('./iam.ts')).IAMClient(briefly))),
    'access-analyzer': once(async () =>
      rare('access-analyzer', new (await import('./access-analyzer.ts')).AccessAnalyzerClient(briefly)),
    ),
    'account-access': once(async () =>
      rare('account-access', new (await import('./account-access.ts')).AccountAccessClient(briefly)),
    ),
  }
}
