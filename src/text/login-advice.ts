import { ofProfile, quoted } from './quote.ts'

const advice = /^sso-reconcile login (.+?) -- sso-reconcile .+$/

/** The one advice where a login has ended or was never made: the command that logs in as a profile where needed, and then does what was asked. */
export function loginAdvice(profile: string, command: readonly string[] = ['plan']): string {
  return `sso-reconcile login ${ofProfile(profile)} -- ${['sso-reconcile', ...command].map(quoted).join(' ')}`
}

/** The profile that such an advice logs in to, as a shell takes it; undefined for any other text. */
export function advisedProfile(hint: string): string | undefined {
  return advice.exec(hint)?.[1]
}
