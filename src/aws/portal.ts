import {
  GetRoleCredentialsCommand,
  ListAccountsCommand,
  paginateListAccountRoles,
  paginateListAccounts,
  SSOClient,
  UnauthorizedException,
} from '@aws-sdk/client-sso'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { ServiceTrouble } from '../model/sign-in.ts'
import { bounded } from './bounded.ts'
import { type AwsClock, heard } from './clock.ts'
import { whileSomebodyWaits } from './patience.ts'
import { signedInTime } from './skew.ts'
import { troubleOf } from './trouble.ts'

/** Which access portal is asked, with whose token. */
export interface PortalRoute {
  /** Home region of Identity Center, as the sso-session names it. */
  readonly region: string
  /** Base URL of the embedded Identity Center; AWS, or what AWS_ENDPOINT_URL names, when absent. */
  readonly endpoint?: string
  readonly accessToken: string
  /** Hears what time AWS says it is. */
  readonly clock?: AwsClock
}

/** An account and a permission set that a profile points at. */
export interface RoleAt {
  readonly account: string
  readonly role: string
}

/** What the portal says about one place, seen with a person's own login. */
export type Proof =
  | { readonly result: 'proven'; readonly arn: string }
  /** The portal lists the role; nobody has tried it. */
  | { readonly result: 'listed' }
  | { readonly result: 'no-account'; readonly accounts: readonly string[] }
  | { readonly result: 'no-role'; readonly roles: readonly string[] }
  | { readonly result: 'other-identity'; readonly arn: string }
  | { readonly result: 'failed'; readonly operation: string; readonly message: string }

/** Places in which credentials are taken and shown to STS; what is beyond is only looked up, so that many profiles stay quick. */
const fullyProven = 50

/** Asks what this login reaches. Places one after another: the portal throttles, and there is no hurry. */
export async function provePlaces(route: PortalRoute, places: readonly RoleAt[]): Promise<readonly Proof[]> {
  const clients = clientsFor(route)
  const accounts = await attempt('ListAccounts', () => accountIds(clients))
  if ('failure' in accounts) return places.map(() => accounts.failure)
  const roles = new Map<string, Promise<Attempt<readonly string[]>>>()
  const rolesIn = (account: string) => {
    const known = roles.get(account) ?? attempt('ListAccountRoles', () => roleNames(clients, account))
    roles.set(account, known)
    return known
  }
  const known = new Map<string, Proof>()
  const proofs: Proof[] = []
  for (const place of places) {
    const key = `${place.account} ${place.role}`
    const proof = known.get(key) ?? (await prove(place, accounts.value, rolesIn, known.size < fullyProven && clients))
    known.set(key, proof)
    proofs.push(proof)
  }
  return proofs
}

/** Whether the portal takes a token; a trouble when it gave no answer to that, which says nothing about the token. */
export async function takesToken(route: PortalRoute): Promise<boolean | ServiceTrouble> {
  const { portal, accessToken } = clientsFor(route)
  try {
    await portal.send(new ListAccountsCommand({ accessToken, maxResults: 1 }))
    return true
  } catch (thrown) {
    return thrown instanceof UnauthorizedException ? false : troubleOf(thrown, 'ListAccounts')
  }
}

async function prove(
  { account, role }: RoleAt,
  accounts: readonly string[],
  rolesIn: (account: string) => Promise<Attempt<readonly string[]>>,
  clients: Clients | false,
): Promise<Proof> {
  if (!accounts.includes(account)) return { result: 'no-account', accounts }
  const roles = await rolesIn(account)
  if ('failure' in roles) return roles.failure
  if (!roles.value.includes(role)) return { result: 'no-role', roles: roles.value }
  if (!clients) return { result: 'listed' }
  const credentials = await attempt('GetRoleCredentials', () => credentialsFor(clients, { account, role }))
  if ('failure' in credentials) return credentials.failure
  const arn = await attempt('GetCallerIdentity', () => identityOf(clients, credentials.value))
  if ('failure' in arn) return arn.failure
  return { result: isRole(arn.value, account, role) ? 'proven' : 'other-identity', arn: arn.value }
}

/** True for the ARN of a session of the role that Identity Center makes of a set: AWSReservedSSO_, name, 16 digits. */
function isRole(arn: string, account: string, role: string): boolean {
  const [, partition, service, , owner, resource = ''] = arn.split(':')
  const [kind, name = ''] = resource.split('/')
  const prefix = `AWSReservedSSO_${role}_`
  const known = partition !== undefined && service === 'sts' && owner === account && kind === 'assumed-role'
  return known && name.startsWith(prefix) && /^[0-9a-f]{16}$/.test(name.slice(prefix.length))
}

/** Clients for one login. */
interface Clients extends PortalRoute {
  readonly portal: SSOClient
  readonly settings: { readonly region: string; readonly endpoint?: string }
}

/** Clients for one login; nothing is opened yet. */
function clientsFor(route: PortalRoute): Clients {
  const settings = {
    region: route.region,
    ...(route.endpoint ? { endpoint: route.endpoint } : {}),
    requestHandler: whileSomebodyWaits,
  }
  return {
    ...route,
    settings,
    portal: heard(bounded(new SSOClient(settings), whileSomebodyWaits.requestTimeout), route.clock),
  }
}

async function accountIds({ portal, accessToken }: Clients): Promise<readonly string[]> {
  const pages = await allOf(paginateListAccounts({ client: portal, pageSize: 100 }, { accessToken }))
  return pages.flatMap(({ accountList = [] }) => accountList.map(({ accountId = '' }) => accountId))
}

async function roleNames({ portal, accessToken }: Clients, accountId: string): Promise<readonly string[]> {
  const input = { accessToken, accountId }
  const pages = await allOf(paginateListAccountRoles({ client: portal, pageSize: 100 }, input))
  return pages.flatMap(({ roleList = [] }) => roleList.map(({ roleName = '' }) => roleName))
}

async function credentialsFor({ portal, accessToken }: Clients, { account, role }: RoleAt) {
  const desired = new GetRoleCredentialsCommand({ accessToken, accountId: account, roleName: role })
  const {
    accessKeyId = '',
    secretAccessKey = '',
    sessionToken = '',
  } = (await portal.send(desired)).roleCredentials ?? {}
  return { accessKeyId, secretAccessKey, sessionToken }
}

async function identityOf(
  { settings }: Clients,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string },
): Promise<string> {
  const client = signedInTime(bounded(new STSClient({ ...settings, credentials }), whileSomebodyWaits.requestTimeout))
  const { Arn = '' } = await client.send(new GetCallerIdentityCommand({}))
  return Arn
}

/** Pages after which a list has no end; the largest organization fills a hundredth of them. */
const mostPages = 5_000

/** All pages of a list. Throws where the list has no end: the SDK's own loop asks for the same page for ever. */
export async function allOf<T extends { readonly nextToken?: string | undefined }>(
  pages: AsyncIterable<T>,
): Promise<readonly T[]> {
  const list: T[] = []
  const seen = new Set<string>()
  for await (const page of pages) {
    list.push(page)
    const { nextToken } = page
    if (nextToken && (seen.has(nextToken) || seen.size >= mostPages))
      throw new SyntaxError('the list of pages does not end')
    if (nextToken) seen.add(nextToken)
  }
  return list
}

type Attempt<T> = { readonly value: T } | { readonly failure: Proof }

async function attempt<T>(operation: string, ask: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return { value: await ask() }
  } catch (thrown) {
    const { name, message, code } = thrown as NodeJS.ErrnoException
    const what = [name === 'Error' && code ? code : name, message].filter(Boolean).join(': ').replace(/\s+/gu, ' ')
    return { failure: { result: 'failed', operation, message: what } }
  }
}
