import { quoted } from './quote.ts'

/** The one advice where a login has ended or was never made: the command that logs in as a profile where that is needed, and then plans. */
export function loginAdvice(profile: string): string {
  return `sso-reconcile login ${quoted(profile)} -- sso-reconcile plan`
}

/** True for that advice, which is a command to copy. */
export function isLoginAdvice(hint: string): boolean {
  return /^sso-reconcile login .+ -- sso-reconcile plan$/.test(hint)
}
