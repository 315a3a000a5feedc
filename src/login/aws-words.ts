import { type AwsCli, isVersion } from '../local/identity/aws-cli.ts'
import { awsFlag } from '../text/quote.ts'
import type { SsoSession } from './sso-profile.ts'

/** How a person wants to log in. */
export interface LoginWishes {
  /** A code to type on another machine instead of a browser on this one. */
  readonly deviceCode: boolean
  /** Print the address instead of opening a browser. */
  readonly noBrowser: boolean
}

/** What an AWS CLI would have to log in to. */
export interface LoginTarget extends Pick<SsoSession, 'legacy'> {
  /** Another address than AWS's own has to be asked: that of the sandbox, or what AWS_ENDPOINT_URL names. */
  readonly endpoint: boolean
}

/** Why an AWS CLI is of no use for a login: a stable word, and a sentence part. */
export interface Unfit {
  readonly code: string
  readonly why: string
}

/** Why this AWS CLI cannot log in there; undefined when it can. Sources: the changelog of the AWS CLI, 2.9.0 and 2.13.0. */
export function unfit(cli: AwsCli, { legacy, endpoint }: LoginTarget): Unfit | undefined {
  if (cli === 'missing') return { code: 'cli-missing', why: 'there is no AWS CLI on PATH' }
  if (!isVersion(cli)) return { code: 'cli-broken', why: `the "aws" on PATH does not start (${cli.words})` }
  const [major, minor] = cli
  const name = `AWS CLI ${cli.join('.')}`
  if (major < 2) return { code: 'cli-version-1', why: `${name} has no "sso login"; version 2 does` }
  if (major === 2 && minor < 9 && !legacy)
    return { code: 'cli-old', why: `${name} does not know [sso-session] sections; 2.9 or newer does` }
  if (major === 2 && minor < 13 && endpoint)
    return { code: 'cli-old', why: `${name} does not know AWS_ENDPOINT_URL; 2.13 or newer does` }
  return undefined
}

/** True for an AWS CLI whose login comes back through a browser where it is not told otherwise. */
export function opensBrowser(cli: AwsCli): boolean {
  const [major, minor] = isVersion(cli) ? cli : [0, 0]
  return major > 2 || (major === 2 && minor >= 22)
}

/** Arguments of the AWS CLI that log in. Before 2.22 a code is the only way and there is no flag for it. */
export function loginWords(
  profile: string,
  { key, legacy }: SsoSession,
  cli: AwsCli,
  { deviceCode, noBrowser }: LoginWishes,
): readonly string[] {
  return [
    'sso',
    'login',
    ...(legacy ? awsFlag('--profile', profile) : awsFlag('--sso-session', key)),
    ...(deviceCode && opensBrowser(cli) ? ['--use-device-code'] : []),
    ...(noBrowser ? ['--no-browser'] : []),
  ]
}
