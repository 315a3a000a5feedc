import { type Partition, partitionOf } from './partition.ts'

/** What the addresses of an access portal are made of. */
export interface PortalParts {
  /** ARN or id of the instance; the id is `ssoins-` and 16 digits. */
  readonly instance: string
  /** Id of the identity store: `d-` and 10 digits, or a UUID. */
  readonly store: string
  /** Home Region of Identity Center. */
  readonly region: string
  /** Every Region the instance is enabled in, where that is known. */
  readonly regions?: readonly string[]
}

/** Forms of a start URL; `{id}` is the instance, `{store}` the identity store, `{region}` a Region the instance is enabled in. */
interface Forms {
  /** By the identity store; absent where AWS documents none. */
  readonly default?: string
  /** The token issuer, which the AWS CLI takes for a start URL; it is no page for people. */
  readonly issuer: string
  readonly others: readonly string[]
}

/**
 * Sources: user guide, "Using the AWS access portal" and "Workforce access through an additional Region"; GovCloud guide, "IAM
 * Identity Center"; the addresses that the AWS CLI (awscli.customizations.sso, 2.36.4) and the AWS SDK for .NET take for AWS's own.
 * China's directory form is in the AWS Toolkits and many configurations. For the European Sovereign Cloud only forms with the
 * instance are known. The issuer of GovCloud was the one of the standard partition before.
 */
const forms: Readonly<Record<Partition, Forms>> = {
  aws: {
    default: 'https://{store}.awsapps.com/start',
    issuer: 'https://identitycenter.amazonaws.com/{id}',
    others: ['https://{id}.portal.{region}.app.aws', 'https://{id}.{region}.portal.amazonaws.com'],
  },
  'aws-cn': {
    default: 'https://start.home.awsapps.cn/directory/{store}',
    issuer: 'https://identitycenter.amazonaws.com.cn/{id}',
    others: [
      'https://start.{region}.home.awsapps.cn/directory/{store}',
      'https://{id}.portal.{region}.app.amazonwebservices.com.cn',
      'https://{id}.{region}.portal.amazonaws.com.cn',
    ],
  },
  'aws-us-gov': {
    default: 'https://start.us-gov-home.awsapps.com/directory/{store}',
    issuer: 'https://identitycenter.us-gov.amazonaws.com/{id}',
    others: [
      'https://start.{region}.us-gov-home.awsapps.com/directory/{store}',
      'https://{id}.portal.{region}.app.aws',
      'https://{id}.{region}.portal.amazonaws.com',
      'https://identitycenter.amazonaws.com/{id}',
    ],
  },
  'aws-eusc': {
    issuer: 'https://identitycenter.amazonaws.eu/{id}',
    others: ['https://{id}.portal.{region}.api.amazonwebservices.eu', 'https://{id}.{region}.portal.amazonaws.eu'],
  },
}

/**
 * The start URL to write for an instance. No API tells it: the default one follows from a directory id of the form d-…, and where
 * there is none the issuer, which the AWS CLI accepts in its place, follows from the instance. A customised URL cannot be known.
 */
export function defaultStartUrl(parts: PortalParts): string {
  const { default: usual, issuer } = forms[partitionOf(parts.region)]
  return filled(usual !== undefined && parts.store.startsWith('d-') ? usual : issuer, parts, parts.region)
}

/** Every start URL that leads to an instance, but for a customised one, as `plainUrl` gives them. */
export function startUrls(parts: PortalParts): readonly string[] {
  const { default: usual, issuer, others } = forms[partitionOf(parts.region)]
  const regions = [...new Set([parts.region, ...(parts.regions ?? [])])]
  const all = [...(usual ? [usual] : []), issuer, ...others]
  return [...new Set(all.flatMap((form) => regions.map((region) => plainUrl(filled(form, parts, region)))))]
}

/** What a start URL looks like in the partition of a Region, for a message; nobody is to copy it as it is. */
export function exampleStartUrl(region: string): string {
  return defaultStartUrl({ instance: 'ssoins-…', store: 'd-…', region })
}

/** A start URL without what makes no difference: `…/start#/` and `…/start` are one portal, and so are hosts in upper case. */
export function plainUrl(url: string): string {
  const bare = url.replace(/(?<!\/)\/*(?:#.*)?$/s, '')
  return bare.replace(/^https?:\/\/[^/]+/i, (host) => host.toLowerCase())
}

/**
 * The id in a start URL that AWS assigned: that of a directory, `d-…`, or of an instance, `ssoins-…`. Two ids of one form are two portals. Undefined for a
 * customised URL, of which nothing can be told.
 */
export function assignedId(url: string): string | undefined {
  return /(?:\/\/|\/)((?:d|ssoins)-[0-9a-f]{10,})(?=[./]|$)/.exec(plainUrl(url))?.[1]
}

/** True for a start URL that is a page; the token issuer, which the AWS CLI takes for one, is none for people. */
export function isPortalPage(startUrl: string): boolean {
  return !/^https:\/\/identitycenter\./i.test(startUrl)
}

const regional = [
  /^https:\/\/[^./]+\.portal\.([a-z0-9-]+)\.(?:app\.aws|app\.amazonwebservices\.com\.cn|api\.amazonwebservices\.eu)(?:\/|$)/,
  /^https:\/\/[^./]+\.([a-z0-9-]+)\.portal\.amazonaws\.(?:com|com\.cn|eu)(?:\/|$)/,
  /^https:\/\/start\.([a-z0-9-]+)\.(?:us-gov-)?home\.awsapps\.(?:com|cn)\//,
]

/**
 * The Region to sign in through: the one that the start URL names, since an instance has a portal in each of its Regions, else the
 * home Region. Source: user guide, "Workforce access through an additional Region"; the AWS CLI reads the same hosts alike.
 */
export function signInRegion(startUrl: string | undefined, home: string): string {
  const url = plainUrl(startUrl ?? '')
  return regional.map((form) => form.exec(url)?.[1]).find((region) => region !== undefined) ?? home
}

function filled(form: string, { instance, store }: PortalParts, region: string): string {
  const id = instance.slice(instance.lastIndexOf('/') + 1)
  return form.replace('{id}', id).replace('{store}', store).replace('{region}', region)
}
