import type { Draft, Found } from '../kinds/adoption.ts'
import { olderProfiles } from '../kinds/shared/older-form.ts'
import { yamlQuoted } from '../text/yaml.ts'
import { comment } from './comments.ts'

/**
 * Sections to begin with, as comments: nothing happens until somebody takes the marks away. Sections that the draft already
 * has are left out, and all but `only` when that is given. Without its marks the text is valid YAML below the draft.
 */
export function starterSections({ value }: Draft, found: Found, only?: readonly string[]): string {
  const desired = (name: string) => value[name] === undefined && (only?.includes(name) ?? true)
  const local = olderForm(found)
  const all = { ...examples(found.facts.region), ...(local ? { local } : {}) }
  const sections = Object.entries(all).filter(([name]) => desired(name))
  const lines = sections.flatMap(([, text]) => ['', ...text.trim().split('\n')])
  return comment(['Uncomment what you need and fill in your own names, then run: sso-reconcile plan', ...lines])
}

/** First word of the block, for tests that take the marks away. */
export const starterMark = 'Uncomment what you need'

/** Profiles that name the portal themselves as a session would have them; undefined where there are none. */
function olderForm(found: Found): string | undefined {
  const { startUrl, profiles } = olderProfiles(found)
  if (profiles.length === 0) return undefined
  const [subdomain = ''] = new URL(startUrl).hostname.split('.')
  const session = /^(?!d-|start$|ssoins-)[a-z][a-z0-9-]*$/.test(subdomain) ? subdomain : 'personal'
  const rows = profiles.map(
    ({ name, account, permissionSet }) =>
      `    ${word(name)}: { account: "${account}", permission_set: ${word(permissionSet)} }`,
  )
  return `
local: # your profiles in the old format: apply moves them to one session; then log in again
  sso_session: ${session}
  profiles:
${rows.join('\n')}
`
}

/** In quotes, unless it is plainly a word to every YAML reader. */
export function word(text: string): string {
  return /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z][\w./-]*$/i.test(text) ? text : yamlQuoted(text)
}

function examples(region: string): Readonly<Record<string, string>> {
  return {
    accounts: `
accounts: # nicknames for account ids; always in quotes, or YAML tools drop leading zeros
  management: "111122223333" # the account that owns the organization
`,
    users: `
users:
  taro: # the name to sign in with; cannot be changed later
    given_name: Taro
    family_name: Yamada
    email: taro@example.com # the first password is sent there; \${SSO_EMAIL} would read a variable whose name begins with SSO_
`,
    permission_sets: `
permission_sets: # what someone may do; becomes a role in each account it is assigned in
  AdministratorAccess:
    description: Full access
    session_duration: 8h # 1h to 12h
    managed_policies: [AdministratorAccess] # policies that AWS maintains, by name
`,
    assignments: `
assignments: # who gets what where
  - users: [taro]
    permission_sets: [AdministratorAccess]
    accounts: [management]
`,
    local: `
local: # this machine: sections of ~/.aws/config; other sections stay as they are
  sso_session: personal
  region: ${region}
  profiles:
    personal: { account: management, permission_set: AdministratorAccess }
`,
    checklist: `
checklist: # steps that AWS has no API for: todo, or the date they were done
  mfa_policy: todo
  send_email_otp: todo
  activated: { taro: todo } # AWS sends no mail to a user created by API
`,
  }
}
