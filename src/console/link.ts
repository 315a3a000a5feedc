import { consoleHost, type Partition, partitionOf } from '../model/partition.ts'
import { plainUrl, signInRegion } from '../model/portal.ts'

/** An account and a permission set that one signs in to. */
export interface Place {
  readonly account: string
  readonly role: string
}

/**
 * The access portal's link to the console of an account with a permission set. Without a destination the set's relay state decides, else
 * the console's home page. Source: UG/createshortcutlink.
 */
export function portalLink(startUrl: string, { account, role }: Place, destination?: string): string {
  const values = { account_id: account, role_name: role, ...(destination ? { destination } : {}) }
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${plainUrl(startUrl)}/#/console?${query.join('&')}`
}

/**
 * Hosts of the page that switches roles, by partition: those of its sign-in pages. Of the European Sovereign Cloud none is documented.
 * Source: IAM user guide, "Switching to a role (console)".
 */
const switching: Readonly<Partial<Record<string, string>>> = {
  aws: 'signin.aws.amazon.com',
  'aws-us-gov': 'signin.amazonaws-us-gov.com',
  'aws-cn': 'signin.amazonaws.cn',
}

/** A role by its ARN: its partition, its account, and its name with its path. */
export function roleOf(arn: string): { readonly partition: string; readonly account: string; readonly role: string } {
  const [, partition = '', , , account = '', resource = ''] = arn.split(':')
  return { partition, account, role: resource.replace(/^role\//, '') }
}

/** The console's page that switches to a role, filled in; undefined in a partition whose page is not known. */
export function switchLink(arn: string, displayName: string): string | undefined {
  const { partition, account, role } = roleOf(arn)
  const host = switching[partition]
  if (host === undefined) return undefined
  const values = { account, roleName: role, displayName }
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `https://${host}/switchrole?${query.join('&')}`
}

/** What is wrong with a page of the console that a link is to lead to, in a sentence part; undefined for one of the same partition. */
export function destinationTrouble(destination: string, startUrl: string, region: string): string | undefined {
  const partition: Partition = partitionOf(signInRegion(startUrl, region))
  const host = consoleHost(partition)
  const url = URL.canParse(destination) ? new URL(destination) : undefined
  const isThere = url?.protocol === 'https:' && (url.hostname === host || url.hostname.endsWith(`.${host}`))
  return isThere ? undefined : `is not a console page; those are at https://${host}`
}
