import { paginateListAccountRoles, paginateListAccounts, SSOClient } from '@aws-sdk/client-sso'
import type { PortalPlace } from '../model/facts.ts'
import type { ServiceTrouble } from '../model/sign-in.ts'
import { turnstile } from '../model/turnstile.ts'
import { bounded } from './bounded.ts'
import { heard } from './clock.ts'
import { newLine } from './pace/line.ts'
import { paced } from './pace/paced.ts'
import { patient, whileSomebodyWaits } from './patience.ts'
import { allOf, type PortalRoute } from './portal.ts'
import type { Route } from './route.ts'
import { troubleOf } from './trouble.ts'

/** What a login sees: read in full but for `unread` accounts; refused, where the portal no longer takes the token; or not to be had. */
export type OwnAccess =
  | { readonly result: 'read'; readonly places: readonly PortalPlace[]; readonly unread: readonly string[] }
  | { readonly result: 'refused' }
  | { readonly result: 'failed'; readonly trouble: ServiceTrouble }

/** Questions open at once: the portal throttles, and people with hundreds of accounts have met it. */
const openQuestions = 5

/** Most results of a page. Source: `ListAccounts` and `ListAccountRoles` of `sso`, maxResults. */
const pageSize = 100

/** Reads every account and role that a login sees. Never throws; whatever could not be read makes less of it, never nothing of it. */
export async function readOwnAccess(route: PortalRoute & Pick<Route, 'retry' | 'clock'>): Promise<OwnAccess> {
  const { accessToken } = route
  const client = clientOf(route)
  try {
    const pages = await allOf(paginateListAccounts({ client, pageSize }, { accessToken }))
    // An answer without a list is none of the portal's, and no word that there is nothing.
    if (pages.some(({ accountList }) => accountList === undefined)) throw new SyntaxError('no list of accounts')
    const accounts = new Map(
      pages.flatMap(({ accountList = [] }) =>
        accountList.flatMap(({ accountId, accountName }) =>
          accountId ? [[accountId, inOneLine(accountName) || accountId]] : [],
        ),
      ) as [string, string][],
    )
    const turn = turnstile(openQuestions)
    const read = await Promise.all(
      [...accounts].map(([id, name]) => turn(() => rolesIn(client, accessToken, id, name))),
    )
    return {
      result: 'read',
      places: read.flatMap((one) => (typeof one === 'string' ? [] : one)),
      unread: read.filter((one) => typeof one === 'string'),
    }
  } catch (thrown) {
    const trouble = troubleOf(thrown, 'ListAccounts')
    return trouble.code === 'UnauthorizedException' ? { result: 'refused' } : { result: 'failed', trouble }
  } finally {
    client.destroy()
  }
}

// Others chose the name, and it ends up on terminals.
function inOneLine(name = ''): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()
}

/** Roles of one account by name; the account's id where the portal lists it and does not let anybody look into it. */
async function rolesIn(
  client: SSOClient,
  accessToken: string,
  account: string,
  name: string,
): Promise<readonly PortalPlace[] | string> {
  try {
    const pages = await allOf(paginateListAccountRoles({ client, pageSize }, { accessToken, accountId: account }))
    if (pages.some(({ roleList }) => roleList === undefined)) return account
    const roles = new Set(pages.flatMap(({ roleList = [] }) => roleList.flatMap(({ roleName }) => roleName || [])))
    return [...roles].map((permissionSet) => ({ account, name, permissionSet }))
  } catch (thrown) {
    // One account that is closed, or was taken away a moment ago, says nothing about the others.
    // The portal's own "No access" is not in its service model.
    if (/^(Forbidden|AccessDenied|ResourceNotFound)Exception$/.test((thrown as Error).name)) return account
    throw troubleOf(thrown, 'ListAccountRoles')
  }
}

function clientOf({ region, endpoint, retry, clock }: PortalRoute & Pick<Route, 'retry' | 'clock'>): SSOClient {
  const settings = {
    region,
    ...(endpoint ? { endpoint } : {}),
    ...patient(retry, tries),
    requestHandler: whileSomebodyWaits,
  }
  const client = heard(bounded(new SSOClient(settings), whileSomebodyWaits.requestTimeout), clock)
  return retry.mode ? client : paced(client, newLine(clock), 'portal')
}

/** Waits long where the portal asks for it, and not where it is out of order. */
const tries = {
  most: 15,
  of: ({ errorType }: { readonly errorType: string }) => (errorType === 'THROTTLING' ? Number.POSITIVE_INFINITY : 4),
} as const
