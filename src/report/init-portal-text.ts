import { ofProfile } from '../text/quote.ts'
import { shownIn } from '../text/shown.ts'

/** What `init --portal` did. */
export interface InitPortalResult {
  readonly file: string
  readonly startUrl: string
  readonly region: string
  readonly session: string
  /** Flags that the next command needs, with a space in front of each. */
  readonly flags: string
  /** True where the login of the session works already. */
  readonly isLoggedIn: boolean
  /** True where `~/.aws/config` has the session already. */
  readonly isWritten: boolean
  readonly backup?: string
}

/** The closing lines of `init --portal`, ending with the commands that lead to profiles. Pure. */
export function initPortalText(told: InitPortalResult): string {
  const result = shownIn(told)
  const { file, startUrl, region, backup } = result
  const kept = backup ? [`The previous file is kept as ${backup}.`] : []
  const steps = stepsOf(result).map((step, index) => (index === 0 ? `Next: ${step}` : `      ${step}`))
  return `${[`Wrote ${file} for ${startUrl} in ${region}.`, ...kept, ...steps].join('\n')}\n`
}

function stepsOf({ session, flags, isLoggedIn, isWritten }: InitPortalResult): readonly string[] {
  const apply = `sso-reconcile apply${flags}`
  if (isLoggedIn) return [`${apply}   (writes a profile for each account and permission set you have)`]
  return [
    ...(isWritten ? [] : [`${apply}   (writes sso-session ${session})`]),
    `sso-reconcile login ${ofProfile(session)}${flags}   (opens the portal)`,
    `${apply}   (writes a profile for each account and permission set you have)`,
  ]
}
