import { address } from '../../model/address.ts'
import { plainUrl } from '../../model/portal.ts'
import type { SectionSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { Found, Verdict } from '../adoption.ts'
import { nameProblem, type Portal } from '../shared/portal-session.ts'

/** What a profile is judged by. */
export interface Surroundings {
  readonly found: Found
  readonly signIn: Portal
  /** Permission sets that the manifest can name. */
  readonly sets: ReadonlySet<string>
  readonly verdict: Verdict | undefined
}

/** Why a manifest cannot declare a profile as it is, in words for a comment; undefined where it can. Pure. */
export function whyLeftOut(name: string, { spec, mark }: Entry<'profile'>, around: Surroundings): string | undefined {
  const { found, verdict } = around
  if (mark !== undefined && mark !== found.facts.owner) return `it is managed by another manifest (${mark})`
  if (!spec.sso_session) return withoutSession(name, spec, around)
  return (
    sessionProblem(spec.sso_session, around) ??
    nameProblem(name) ??
    accountProblem(spec, around) ??
    roleProblem(spec, around) ??
    tornProblem(spec, around) ??
    verdict?.why
  )
}

function withoutSession(name: string, spec: SectionSpec, { found: { facts }, signIn }: Surroundings): string {
  const { sso_start_url: url, sso_account_id: account, sso_role_name: role } = spec
  if (!url)
    return account || role
      ? 'it has no sso_session and no sso_start_url'
      : 'it does not sign in through IAM Identity Center'
  // A customised URL is known by an account of this organization only.
  const isHere = signIn.isOurs(url) || (facts.instance && facts.accounts.some(({ id }) => id === account))
  if (!isHere)
    return `it signs in at ${plainUrl(url)}, not at the portal of this file${signIn.startUrl ? ` (${signIn.startUrl})` : ''}`
  const unfit = nameProblem(name)
  if (unfit) return `it has the old form, without an sso-session, and ${unfit}`
  if (!account || !role) return 'it has the old form, without an sso-session, and no account or role'
  const needed = signIn.session ? '' : ', with an sso_session'
  return (
    `it has the old form, without an sso-session. Declare it under local.profiles${needed} (account "${account}", ` +
    `permission_set ${role}) and apply moves it to the session: it adds sso_session, and leaves sso_start_url and ` +
    'sso_region only where they equal those of the session; then log in once more'
  )
}

function sessionProblem(session: string, { found: { live, machine }, signIn }: Surroundings): string | undefined {
  if (session === signIn.session?.name) return undefined
  const at = address('sso-session', session)
  const isThere = live['sso-session'].has(at) || machine?.odd.has(at)
  return isThere ? `its sso-session ${session} was left out` : `there is no [sso-session ${session}] in the file`
}

function accountProblem({ sso_account_id: id = '' }: SectionSpec, { found }: Surroundings): string | undefined {
  if (id === '') return 'it has no account (sso_account_id)'
  if (!/^\d{12}$/.test(id)) return notAnAccount(id)
  if (!found.facts.instance || found.facts.accounts.some((one) => one.id === id)) return undefined
  return `account ${id} is not in this organization`
}

function notAnAccount(id: string): string {
  if (!/^\d+$/.test(id)) return `its sso_account_id ${id} is not a 12-digit account id`
  const lost = id.length === 11 ? '; a leading zero may be missing' : ''
  return `its sso_account_id ${id} has ${id.length} digits; account ids have 12${lost}`
}

function roleProblem({ sso_role_name: role = '' }: SectionSpec, { found, sets }: Surroundings): string | undefined {
  if (role === '') return 'it has no role (sso_role_name)'
  const set = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1]
  if (set) return `its sso_role_name ${role} is the IAM role; write the name of the permission set, ${set}`
  if (!/^[\w+=,.@-]{1,32}$/.test(role)) return `its sso_role_name ${role} cannot be the name of a permission set`
  return !found.facts.instance || sets.has(role) ? undefined : `there is no permission set ${role}`
}

function tornProblem(spec: SectionSpec, { signIn }: Surroundings): string | undefined {
  const session = signIn.session?.spec ?? {}
  const torn = (['sso_start_url', 'sso_region'] as const).find((key) => spec[key] && spec[key] !== session[key])
  return (
    torn &&
    `its ${torn} differs from its session, which the AWS CLI rejects; declare the profile under local.profiles and apply removes it`
  )
}
