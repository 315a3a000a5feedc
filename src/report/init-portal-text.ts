import { quoted } from '../text/quote.ts'

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
  readonly backup?: string
}

/** The closing lines of `init --portal`, ending with the commands that lead to profiles. Pure. */
export function initPortalText({
  file,
  startUrl,
  region,
  session,
  flags,
  isLoggedIn,
  backup,
}: InitPortalResult): string {
  const apply = `sso-reconcile apply${flags}`
  const login = `sso-reconcile login ${quoted(session)}${flags}`
  const steps = isLoggedIn
    ? [`Next: ${apply}   (a profile for each account and permission set that your login sees)`]
    : [
        `Next: ${apply}   (writes sso-session ${session})`,
        `      ${login}   (opens the portal)`,
        `      ${apply}   (a profile for each account and permission set that you have there)`,
      ]
  const kept = backup ? [`The file it replaces is kept as ${backup}.`] : []
  return `${[`Wrote ${file} for ${startUrl} in ${region}.`, ...kept, ...steps].join('\n')}\n`
}
