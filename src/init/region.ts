import { homeRegionOf } from '../aws/instance.ts'
import type { Reader } from '../aws/port.ts'
import { replicaSentence } from '../aws/replica.ts'
import { homesIn, scanRegions as scanOf } from '../aws/scan.ts'
import { type Diagnostic, error, Refusal, warning } from '../model/diagnostic.ts'

/** Where the home region of Identity Center can be read from, the surest first; undefined where there is nothing. */
export interface RegionSources {
  readonly flag?: string | undefined
  /** Of a manifest that is replaced. */
  readonly manifest?: string | undefined
  /** Of the session that the profile, or for want of one most profiles, sign in through. */
  readonly session?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  /** Region of the profile that is used. */
  readonly profile?: string | undefined
}

const pattern = /^(?:[a-z]+-){2,3}\d$/

/**
 * The region to look in. A session knows where Identity Center lives, so when only this machine is asked it comes before the
 * environment. Throws a Refusal for what is no region.
 */
export function chooseRegion(sources: RegionSources, onlyLocal: boolean): string | undefined {
  const { flag, manifest, session, env, profile } = sources
  const environment = env.AWS_REGION || env.AWS_DEFAULT_REGION
  const order = onlyLocal
    ? [flag, manifest, session, environment, profile]
    : [flag, manifest, environment, session, profile]
  const region = order.find((one) => one)
  if (region === undefined || pattern.test(region)) return region
  throw new Refusal(
    error('region-invalid', `${JSON.stringify(region)} is not an AWS region`, {
      hint: 'write it as in --region eu-west-1',
    }),
  )
}

/** Stands in a starter until its reader knows the region. */
export const placeholder = 'us-east-1'

/** What to say when the placeholder was written. */
export function placeholderRegion(file: string): Diagnostic {
  return warning(
    'region-placeholder',
    `the home region of Identity Center is not known, so ${file} says ${placeholder}`,
    {
      hint: 'change it to the region where Identity Center is, or will be, enabled; or start over with --region REGION, or --scan to look for it',
    },
  )
}

/** What to say when a look at an additional Region was taken in the home of what it showed. */
export function movedHome(asked: string, home: string): Diagnostic {
  return warning('region-replica', `${replicaSentence(asked, home)}, which was read instead`, {
    hint: `nothing needs to be done; to read from there directly, add --region ${home}`,
  })
}

/** What to say when nothing tells the region. */
export function noRegion(): Refusal {
  return new Refusal(
    error('region-unknown', 'the home region of Identity Center is not known', {
      hint: 'add --region REGION (the region Identity Center was enabled in), set AWS_REGION, or add --scan to look for it in all default regions',
    }),
  )
}

/**
 * The home region of the Identity Center that a caller can see, found by one question for each region of the partition that `near` is
 * in. Undefined when no region has one. Throws a Refusal when a region does not answer and none has it, or when several have one of
 * their own.
 */
export async function scanRegions(readerOf: (region: string) => Reader, near: string): Promise<string | undefined> {
  const scan = await scanOf(readerOf, near)
  const homes = homesIn(scan)
  const [failed] = scan.failed
  if (homes.length === 0 && failed) throw new Refusal(failed.refusal)
  if (homes.length < 2) return homes[0]
  throw new Refusal(
    error('region-ambiguous', `instances of Identity Center are visible in ${homes.join(' and ')}`, {
      hint: 'add --region with the one you mean',
    }),
  )
}

/** The region to read in: where a look meets additional Regions of instances only, their home. Asks what every look asks. */
export async function homeRegion(reader: Reader, region: string): Promise<string> {
  const instances = await reader.list('ListInstances', {})
  const homes = instances.map((one) => homeRegionOf(one) ?? region)
  return homes.includes(region) ? region : (homes[0] ?? region)
}
