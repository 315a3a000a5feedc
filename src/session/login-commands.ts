import { awsFlag, ofProfile, trailing } from '../text/quote.ts'
import { placeFlags } from './flags.ts'
import type { CommonOptions } from './runtime.ts'

/**
 * The command that logs in to a profile, and the one that then says who one is. Our own login works with the AWS CLI and without it. The CLI
 * knows nothing of a sandbox's private home, so that a login there runs it.
 */
export function loginCommands(profile: string, options: CommonOptions): readonly [string, string] {
  const login = `sso-reconcile login ${ofProfile(profile)}`
  if (options.sandbox === undefined)
    return [login, `aws sts get-caller-identity${trailing(awsFlag('--profile', profile))}`]
  const there = `${login}${placeFlags(options)}`
  return [there, `${there} -- aws sts get-caller-identity`]
}
