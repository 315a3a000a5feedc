import { error, Refusal } from '../model/diagnostic.ts'
import { partitionOf } from '../model/partition.ts'
import { plainUrl } from '../model/portal.ts'
import type { PortalAddress } from '../model/portal-address.ts'
import type { SectionSpec } from '../model/specs.ts'
import { comment } from './comments.ts'
import { word } from './starter.ts'

/** Sessions that this machine has, by name. */
export type Sessions = ReadonlyMap<string, SectionSpec>

/** Where the Region may come from, the surest first. */
export interface RegionClues {
  readonly flag?: string | undefined
  readonly sessions: Sessions
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The Region of a portal, and what told it; undefined where nothing does. Pure. */
export function portalRegion(
  { startUrl, region }: PortalAddress,
  { flag, sessions, env }: RegionClues,
): { readonly region: string; readonly from: string } | undefined {
  const known = sameSession(startUrl, sessions)
  const clues: readonly (readonly [string | undefined, string])[] = [
    [flag, '--region'],
    [region, 'the address'],
    [known?.[1].sso_region, `sso-session ${known?.[0]} of ~/.aws/config`],
    [env.AWS_REGION, 'AWS_REGION'],
    [env.AWS_DEFAULT_REGION, 'AWS_DEFAULT_REGION'],
  ]
  const [found] = clues.flatMap(([value, from]) => (value ? [{ region: value, from }] : []))
  return found
}

/** Throws a Refusal for what is no Region, or one of another partition than the portal's. */
export function checkRegion({ startUrl, partition }: PortalAddress, region: string, from: string): void {
  if (!/^(?:[a-z]+-){2,3}\d$/.test(region))
    throw new Refusal(
      error('region-invalid', `${JSON.stringify(region)} (from ${from}) is not an AWS region`, {
        hint: 'write it as in --region eu-west-1',
      }),
    )
  if (partition === undefined || partitionOf(region) === partition) return
  throw new Refusal(
    error(
      'region-partition',
      `${startUrl} is a portal of partition ${partition}, and ${region} (from ${from}) is not in it`,
      {
        hint: 'add --region with the Region that the portal shows under "Access keys" as SSO Region',
      },
    ),
  )
}

/** What to say when nothing tells the Region. */
export const noPortalRegion = error(
  'region-unknown',
  'the portal address does not say which Region Identity Center is in',
  {
    hint: 'add --region REGION; in the portal, "Access keys" beside an account shows it as SSO Region',
  },
)

/** The session that signs in to a portal already. */
function sameSession(startUrl: string, sessions: Sessions): readonly [string, SectionSpec] | undefined {
  return [...sessions].find(([, { sso_start_url }]) => sso_start_url && plainUrl(sso_start_url) === plainUrl(startUrl))
}

/** A name for the session: the one it has, else that of the portal, else `sso`; with a number where another portal has it. Pure. */
export function sessionName({ startUrl, alias = 'sso' }: PortalAddress, sessions: Sessions): string {
  const own = sameSession(startUrl, sessions)?.[0]
  if (own !== undefined && /^(?!-)[A-Za-z0-9_@+.%:/-]+$/.test(own)) return own
  for (let number = 1; ; number++) {
    const name = number === 1 ? alias : `${alias}-${number}`
    if (!sessions.has(name)) return name
  }
}

/** The manifest of somebody who has an access portal and nothing else. */
export function portalManifest(startUrl: string, region: string, session: string): string {
  return `${comment(heading)}version: 1
identity_center:
  region: ${region}
  start_url: ${startUrl}
local:
  sso_session: ${word(session)}
  # region: ${region} # of profiles, when a command names none
  generate:
    from: portal
    name: "{account}-{permission_set}" # also {account_id}; lower_case: true, separator: "-"
  # shell: { aws_profile: NAME, shells: [zsh] } # the profile of new shells, once you know its name
`
}

const heading = [
  'One profile in ~/.aws/config for each account and permission set that the access portal offers you. No administrator',
  'rights and no AWS credentials are needed: "sso-reconcile login" signs in, "sso-reconcile apply" writes the profiles, and',
  'removes those it wrote when the portal no longer offers them.',
]
