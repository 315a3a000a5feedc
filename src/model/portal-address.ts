import { error, Refusal } from './diagnostic.ts'
import { type Partition, partitionOf } from './partition.ts'
import { plainUrl } from './portal.ts'

/** An access portal as its address tells it. */
export interface PortalAddress {
  readonly startUrl: string
  /** The Region that the address names; most name none. */
  readonly region?: string
  /** Where only Regions of one partition can be meant. */
  readonly partition?: Partition
  /** The name that the organization chose for its portal; absent where the address holds an id. */
  readonly alias?: string
}

interface Form {
  readonly partition?: Partition
  /** Groups, here and in `path`: `name` is the part that an organization may choose, `instance` an instance, `region` a Region. */
  readonly host: RegExp
  /** What stands behind the host; `added` is added where it is missing. */
  readonly path: RegExp
  readonly added?: string
}

const start = { path: /^\/start$/, added: '/start' } as const
const directory = { path: /^\/directory\/(?<name>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)$/i } as const
const issuer = { path: /^\/(?<instance>(?:sso)?ins-[a-z0-9.-]+)$/i } as const
const none = { path: /^$/ } as const

/** Sources: those of the forms in model/portal.ts. */
const forms: readonly Form[] = [
  { partition: 'aws', host: /^(?<name>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.awsapps\.com$/, ...start },
  { partition: 'aws-us-gov', host: /^start(?:\.(?<region>[a-z0-9-]+))?\.us-gov-home\.awsapps\.com$/, ...directory },
  { partition: 'aws-cn', host: /^start(?:\.(?<region>[a-z0-9-]+))?\.home\.awsapps\.cn$/, ...directory },
  { host: /^(?<instance>[^.]+)\.portal\.(?<region>[a-z0-9-]+)\.app\.aws$/, ...none },
  { host: /^(?<instance>[^.]+)\.(?<region>[a-z0-9-]+)\.portal\.amazonaws\.com$/, ...none },
  {
    partition: 'aws-cn',
    host: /^(?<instance>[^.]+)\.portal\.(?<region>[a-z0-9-]+)\.app\.amazonwebservices\.com\.cn$/,
    ...none,
  },
  { partition: 'aws-cn', host: /^(?<instance>[^.]+)\.(?<region>[a-z0-9-]+)\.portal\.amazonaws\.com\.cn$/, ...none },
  {
    partition: 'aws-eusc',
    host: /^(?<instance>[^.]+)\.portal\.(?<region>[a-z0-9-]+)\.api\.amazonwebservices\.eu$/,
    ...none,
  },
  { partition: 'aws-eusc', host: /^(?<instance>[^.]+)\.(?<region>[a-z0-9-]+)\.portal\.amazonaws\.eu$/, ...none },
  { partition: 'aws-us-gov', host: /^identitycenter\.us-gov\.amazonaws\.com$/, ...issuer },
  { partition: 'aws-cn', host: /^identitycenter\.amazonaws\.com\.cn$/, ...issuer },
  { partition: 'aws-eusc', host: /^identitycenter\.amazonaws\.eu$/, ...issuer },
  // Also the one of GovCloud before it had its own.
  { host: /^identitycenter\.amazonaws\.com$/, ...issuer },
]

/** The page where everybody signs in with a Builder ID, which belongs to no organization. */
const builderIdHost = 'view.awsapps.com'

/** What the address of an access portal says about whose it is. Ids are in lower case: no two of them differ in case alone. */
export interface PortalNames {
  readonly partition?: Partition
  /** The instance, where the address has a place for one and for nothing else. */
  readonly instance?: string
  /** The id of a directory or of an instance, or a name that an organization chose. */
  readonly name?: string
}

/** What a start URL says about whose portal it is; undefined for what is no address of AWS. Pure. */
export function portalNames(startUrl: string): PortalNames | undefined {
  if (!URL.canParse(startUrl)) return undefined
  const { hostname: host, pathname } = new URL(startUrl)
  const form = forms.find((one) => one.host.test(host))
  if (!form) return undefined
  const { region, instance, name } = { ...form.host.exec(host)?.groups, ...form.path.exec(bare(pathname))?.groups }
  const partition = form.partition ?? (region === undefined ? undefined : partitionOf(region))
  return {
    ...(partition ? { partition } : {}),
    ...(instance ? { instance: instance.toLowerCase() } : {}),
    ...(name ? { name: name.toLowerCase() } : {}),
  }
}

/** Reads the address of an access portal as people copy it: without a scheme, with a page of the portal, with a slash too many. Throws a Refusal. */
export function portalAddress(written: string): PortalAddress {
  const url = urlOf(written)
  const [host, path] = [url?.hostname ?? '', bare(url?.pathname ?? '')]
  if (host === builderIdHost) throw new Refusal(builderId)
  const form = forms.find((one) => one.host.test(host))
  const completed = form && completedPath(form, path)
  if (!form || completed === undefined) throw new Refusal(noPortal(written, host))
  const { region, name } = form.host.exec(host)?.groups ?? {}
  const partition = form.partition ?? (region === undefined ? undefined : partitionOf(region))
  return {
    startUrl: plainUrl(`https://${host}${completed}`),
    ...(region ? { region } : {}),
    ...(partition ? { partition } : {}),
    ...(name && !/^(?:d-[0-9a-f]{10}|(?:sso)?ins-[0-9a-f]{16})$/.test(name) ? { alias: name } : {}),
  }
}

/**
 * What keeps a start URL from being the address of an AWS access portal, as the end of a sentence about it; undefined for one that is. A
 * login sends people there, and what it is told goes to whoever answers. Pure.
 */
export function startUrlProblem(written: string): string | undefined {
  // Programs read anything else in different ways.
  if (!/^[!-~]+$/.test(written) || written.includes('\\')) return 'has characters that are not allowed there'
  if (!/^https:\/\//i.test(written) || !URL.canParse(written)) return 'is not a single https:// address'
  const { username, password, port, hostname: host, pathname, search, hash } = new URL(written)
  if (host === builderIdHost) return 'signs in with an AWS Builder ID, which has no AWS accounts'
  // The address as it is written, where a reader of it could see another host than a program.
  const named = written.slice('https://'.length).split(/[/?#]/)[0]?.toLowerCase()
  if (username !== '' || password !== '' || port !== '' || named !== host) return 'has more than the host of a portal'
  const form = forms.find((one) => one.host.test(host))
  if (!form) return `is on ${host}, which is not an AWS access portal host`
  const path = bare(pathname)
  if (form.added === undefined ? !form.path.test(path) : path !== '' && path !== form.added)
    return 'is not an AWS access portal page'
  return search === '' && /^(?:#\/?)?$/.test(hash) ? undefined : 'has more than the portal address'
}

/** What the addresses of AWS access portals look like. */
export const portalForms =
  'https://d-1234567890.awsapps.com/start, https://NAME.awsapps.com/start or https://ssoins-….portal.REGION.app.aws'

function bare(path: string): string {
  return path.replace(/(?<!\/)\/+$/, '')
}

function urlOf(written: string): URL | undefined {
  const bare = written.trim().replace(/^<(.*)>$/, '$1')
  const whole = /^[a-z]+:\/\//i.test(bare) ? bare : `https://${bare}`
  const url = URL.canParse(whole) ? new URL(whole) : undefined
  return url && /^https?:$/.test(url.protocol) && url.port === '' && url.username === '' ? url : undefined
}

// Whoever copies a page of the portal means the portal.
function completedPath({ path, added }: Form, found: string): string | undefined {
  if (added !== undefined) return found === '' || found === added || found.startsWith(`${added}/`) ? added : undefined
  return path.test(found) ? found : undefined
}

const builderId = error(
  'portal-builder-id',
  'https://view.awsapps.com/start signs in with an AWS Builder ID, which has no AWS accounts',
  {
    hint: 'use the address of your organization’s access portal; it is in your invitation e-mail',
  },
)

function noPortal(written: string, host: string) {
  const what = /(^|\.)signin\.(aws|amazonaws)\./.test(host)
    ? 'is a sign-in page of AWS'
    : 'is not an access portal address'
  return error('portal-url', `${JSON.stringify(written)} ${what}`, {
    hint: `copy it from the browser after signing in to the portal; it looks like ${portalForms}`,
  })
}
