import { placeFlags } from './flags.ts'
import type { CommonOptions } from './runtime.ts'

/**
 * The command that logs in to a profile, and the one that then says who one is; the profile is written as a shell takes it. Our own login
 * works with the AWS CLI and without it. The CLI knows nothing of a sandbox's private home, so that a login there runs it.
 */
export function loginCommands(profile: string, options: CommonOptions): readonly [string, string] {
  if (options.sandbox === undefined)
    return [`sso-reconcile login ${profile}`, `aws sts get-caller-identity --profile ${profile}`]
  const login = `sso-reconcile login ${profile}${placeFlags(options)}`
  return [login, `${login} -- aws sts get-caller-identity`]
}
