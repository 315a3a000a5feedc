// Loaded by the first request that needs it: only reports about access and revocations ask account access manager anything.
import { AccessAnalyzerClient, type AccessAnalyzerClientConfig } from '@aws-sdk/client-accessanalyzer'
import { makeBuilder } from '@smithy/core/client'
import { getEndpointPlugin } from '@smithy/core/endpoints'
import type { ApplicationDetails, ApplicationSummary, EntitlementSummary } from './account-access-model.ts'

const service = 'account-access'

/**
 * A client of account access manager, for which the AWS SDK for JavaScript has none yet: one of a service that speaks the same protocol,
 * with the names and the address of this one. Source: API model account-access 2018-05-10, its endpoint rules included.
 */
export class AccountAccessClient extends AccessAnalyzerClient {
  constructor(config: AccessAnalyzerClientConfig & { readonly region: string }) {
    const own: AccessAnalyzerClientConfig & { readonly signingName: string } = {
      ...config,
      // By this name, AWS_ENDPOINT_URL_ACCOUNT_ACCESS and `services` of the AWS config tell another address.
      serviceId: 'Account Access',
      endpointProvider: ({ Region = config.region, Endpoint, UseFIPS = false }) => ({
        url: new URL(Endpoint ?? address(Region, UseFIPS)),
      }),
      signingName: service,
      protocolSettings: { defaultNamespace: namespace, errorTypeRegistries: [] },
    }
    super(own)
  }
}

// There is no other kind of address, and the service is in no other partition.
function address(region: string, fips: boolean): string {
  return `https://${service}${fips ? '-fips' : ''}.${region}.api.aws`
}

const namespace = 'com.amazonaws.accountaccess'
const endpointParameters = {
  UseFIPS: { type: 'builtInParams', name: 'useFipsEndpoint' },
  Endpoint: { type: 'builtInParams', name: 'endpoint' },
  Region: { type: 'builtInParams', name: 'region' },
} as const
const build = makeBuilder(endpointParameters, 'AccountAccess', 'AccountAccessClient', getEndpointPlugin)
type Schema = Parameters<typeof build>[3]

/** What a member is in a schema of the SDK: a text, a number, a part of the path, or whatever JSON there is. */
const kinds = { text: 0, number: 1, label: [0, 1], json: 15 } as const

type Members = Readonly<Record<string, keyof typeof kinds>>

function schema(name: string, [method, path]: readonly [string, string], input: Members, output: Members): Schema {
  const structure = (suffix: string, members: Members) =>
    [
      3,
      namespace,
      `${name}${suffix}`,
      0,
      Object.keys(members),
      Object.values(members).map((kind) => kinds[kind]),
    ] as const
  const http = { http: [method, path, 200] }
  return [9, namespace, name, http, structure('Request', input), structure('Response', output)] as unknown as Schema
}

interface Page {
  readonly maxResults?: number
  readonly nextToken?: string | undefined
}

const page = { maxResults: 'number', nextToken: 'text' } as const

function command<I extends object, O extends object>(
  name: string,
  http: readonly [string, string],
  input: Members,
  output: Members,
) {
  return build<I, O & { readonly $metadata: object }>({}, () => [], name, schema(name, http, input, output))
}

/** Lists the applications of account access manager in the caller's account and Region: one, where it is enabled. */
export const ListApplicationsCommand = command<
  Page,
  { readonly applications?: readonly ApplicationSummary[]; readonly nextToken?: string }
>('ListApplications', ['POST', '/applications-list'], page, { applications: 'json', nextToken: 'text' })

/** Tells which instance of Identity Center an application belongs to. */
export const GetApplicationCommand = command<{ readonly applicationArn: string }, ApplicationDetails>(
  'GetApplication',
  ['GET', '/applications/{applicationArn}'],
  { applicationArn: 'label' },
  { identitySource: 'json' },
)

/** Lists which users and groups may take which IAM role, in all accounts where the filter is empty. */
export const ListEntitlementsCommand = command<
  Page & { readonly applicationArn: string; readonly filter: object },
  { readonly entitlements?: readonly EntitlementSummary[]; readonly nextToken?: string }
>(
  'ListEntitlements',
  ['POST', '/entitlements-list'],
  { applicationArn: 'text', filter: 'json', ...page },
  { entitlements: 'json', nextToken: 'text' },
)
