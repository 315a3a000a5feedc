import { IdentitystoreClient } from '@aws-sdk/client-identitystore'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { SSOAdminClient } from '@aws-sdk/client-sso-admin'
import { STSClient } from '@aws-sdk/client-sts'
import { fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { translate } from './errors.ts'
import { type Input, type OperationName, type Output, operations, type Service } from './operations.ts'

/** How AWS is reached. Whatever is left out comes from the SDK's own chain: environment, profiles, SSO, `aws login`, CloudShell. */
export interface Route {
  /** Home region of Identity Center. */
  readonly region: string
  readonly profile?: string
  /** Base URL and credentials of the embedded Identity Center. */
  readonly sandbox?: { readonly url: string; readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Named by the environment (AWS_RETRY_MODE, AWS_MAX_ATTEMPTS), in which case the SDK reads it itself. */
  readonly retryFromEnvironment: { readonly mode: boolean; readonly attempts: boolean }
}

/** Sends one request and gives AWS's answer, or throws a Refusal. */
export type Transport = <N extends OperationName>(name: N, input: Input<N>) => Promise<Output<N>>

interface Sender {
  send(command: object): Promise<unknown>
}

/** Opens nothing by itself: the first request does. */
export function connect(route: Route): Transport {
  const clients = clientsFor(route)
  return async <N extends OperationName>(name: N, input: Input<N>) => {
    const { service, command: Command } = operations[name] as {
      service: Service
      command: new (input: unknown) => object
    }
    try {
      return (await clients[service].send(new Command(input))) as Output<N>
    } catch (thrown) {
      throw translate(thrown, name, route)
    }
  }
}

function clientsFor(route: Route): Record<Service, Sender> {
  const settings = {
    region: route.region,
    credentials: route.sandbox ?? fromNodeProviderChain(route.profile ? { profile: route.profile } : {}),
    ...(route.sandbox ? { endpoint: route.sandbox.url } : {}),
    ...(route.profile ? { profile: route.profile } : {}),
    // Adaptive retry paces itself to the 20 calls a second that Identity Center allows an account.
    ...(route.retryFromEnvironment.mode ? {} : { retryMode: 'adaptive' }),
    ...(route.retryFromEnvironment.attempts ? {} : { maxAttempts: 10 }),
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000 },
  }
  return {
    'sso-admin': new SSOAdminClient(settings) as Sender,
    identitystore: new IdentitystoreClient(settings) as Sender,
    organizations: new OrganizationsClient(settings) as Sender,
    sts: new STSClient(settings) as Sender,
  }
}
