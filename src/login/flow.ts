import type { Environment } from '../local/aws-config/paths.ts'
import type { Place, Remote } from '../local/identity/place.ts'
import type { LoginWishes } from './aws-words.ts'
import type { SsoSession } from './sso-profile.ts'

/** How to sign in without the AWS CLI. */
export interface Flow {
  /** `browser` comes back to this machine; `code` works on any device. */
  readonly by: 'browser' | 'code'
  /** Whether a browser is opened, besides that the address is printed. */
  readonly opens: boolean
  /** Why a code, where nobody asked for one; a sentence part. */
  readonly because?: string
}

/** How a person wants to sign in, without the AWS CLI. */
export interface OwnWishes extends LoginWishes {
  /** A browser that comes back to this machine, also where it looks as if none could. */
  readonly useBrowser: boolean
}

const told: Readonly<Record<Remote, string>> = {
  ssh: 'this is an SSH session',
  container: 'this is a container',
  wsl: 'this is WSL, where a Windows browser may not be able to return to this machine',
  cloudshell: 'this is CloudShell',
}

/**
 * How to sign in here. AWS lets a browser come back to the machine that asked, and to no other; a code works everywhere. A login of
 * the older form knows the code alone. Pure.
 */
export function flowFor(
  wishes: OwnWishes,
  { legacy }: Pick<SsoSession, 'legacy'>,
  place: Place,
  env: Environment,
): Flow {
  const shown = env.BROWSER || place.remote === 'wsl' || (place.remote === undefined && place.display)
  const opens = Boolean(shown) && !wishes.noBrowser
  if (legacy || wishes.deviceCode) return { by: 'code', opens }
  if (wishes.useBrowser) return { by: 'browser', opens: !wishes.noBrowser }
  if (place.remote) return { by: 'code', opens, because: told[place.remote] }
  if (place.display || env.BROWSER) return { by: 'browser', opens }
  return { by: 'code', opens, because: 'no display was found' }
}
