import type { AwsCli } from '../local/identity/aws-cli.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { SsoSession } from './sso-profile.ts'

/** How a person wants to log in. */
export interface LoginWishes {
  /** A code to type on another machine instead of a browser on this one. */
  readonly deviceCode: boolean
  /** Print the address instead of opening a browser. */
  readonly noBrowser: boolean
}

const page = 'https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'

/** Why this AWS CLI cannot log in to that session; undefined when it can. */
export function unfit(cli: AwsCli, { legacy }: SsoSession): Diagnostic | undefined {
  if (cli === 'missing')
    return error('cli-missing', 'the AWS CLI is needed to log in, and there is none on PATH', {
      hint: `install version 2: ${page} (macOS: brew install awscli), then run this again`,
    })
  if (cli === 'broken')
    return error('cli-broken', 'the "aws" on PATH does not say its version', { hint: `install version 2: ${page}` })
  const [major, minor] = cli
  if (major < 2)
    return error('cli-version-1', `AWS CLI ${cli.join('.')} can use SSO profiles but has no "sso login"`, {
      hint: `install version 2 (both can be installed; the first on PATH counts): ${page}`,
    })
  if (major === 2 && minor < 9 && !legacy)
    return error('cli-old', `AWS CLI ${cli.join('.')} does not know [sso-session] sections; 2.9 or newer does`, {
      hint: `update it: ${page}`,
    })
  return undefined
}

/** Arguments of the AWS CLI that log in. Before 2.22 a code is the only way and there is no flag for it. */
export function loginWords(
  profile: string,
  { key, legacy }: SsoSession,
  cli: AwsCli,
  { deviceCode, noBrowser }: LoginWishes,
): readonly string[] {
  const [major, minor] = typeof cli === 'string' ? [2, 0] : cli
  const knowsFlag = major > 2 || minor >= 22
  return [
    'sso',
    'login',
    ...(legacy ? ['--profile', profile] : ['--sso-session', key]),
    ...(deviceCode && knowsFlag ? ['--use-device-code'] : []),
    ...(noBrowser ? ['--no-browser'] : []),
  ]
}
