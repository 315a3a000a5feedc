import type { OpenApplications } from '../../access/applications.ts'
import { clicks } from '../../model/console.ts'
import type { Aftermath } from '../../revoke/aftermath.ts'
import type { HeldRole, Owner, RemainingApplication, RemainingPath, RemainingRole } from '../../revoke/remaining.ts'
import type { RunningSessions } from '../../revoke/running.ts'
import { listed } from '../../text/list.ts'
import { shownIn } from '../../text/shown.ts'
import { hanging } from '../../text/wrap.ts'
import { type NotChecked, notCheckedWords } from '../access/words.ts'

/** What of a path is told. */
export type PathWords = Pick<RemainingPath, 'permission_set' | 'account_label' | 'group'>

/** How it is told, and what was not looked at. */
interface Telling {
  readonly width: number
  readonly console: string
  readonly notChecked: NotChecked
  readonly openTo: OpenApplications
}

/** What remains of a user's access, line by line, and what ends it. Pure. */
export function aftermathText(raw: Aftermath, options: Telling): string {
  const aftermath = shownIn(raw)
  const { sessionsOnly } = aftermath
  const lines = [
    ...(sessionsOnly ? kept(aftermath) : access(aftermath, options.notChecked)),
    ...denied(aftermath),
    ...(sessionsOnly && aftermath.sessions.length > 0 ? ['Some earlier sessions could not be ended:'] : []),
    ...aftermath.sessions.map(valid),
    ...aftermath.held.map(heldText),
    ...(sessionsOnly ? [] : openWords(aftermath.user, shownIn(options.openTo))),
    ...portal(aftermath, options),
    notCheckedWords(options.notChecked),
  ]
  return lines
    .flatMap((line) => hanging(line.trimStart(), options.width, line.length - line.trimStart().length))
    .join('\n')
}

function kept({ user }: Aftermath): string[] {
  return [`${user} keeps every grant and can start new sessions at once.`]
}

function access({ user, paths, applications, roles, unread }: Aftermath, notChecked: NotChecked): string[] {
  const unknown = unread === undefined ? [] : [`Whether that is all could not be checked${because(unread)}.`]
  const open = [
    ...byOwner(paths, (path) => `${pathText(path)}${path.denied ? ' (denied everything)' : ''}`),
    ...byOwner(applications, applicationText),
    ...byOwner(roles, roleText),
  ]
  if (open.length > 0) return [`${user} still has access:`, ...open, ...unknown]
  if (unread !== undefined) return [`No access was found for ${user}.`, ...unknown]
  return [nothingFound(user, notChecked)]
}

// No more than what was read says: each way in that was not goes along.
function nothingFound(user: string, { applications, entitlements }: NotChecked): string {
  if (applications === 0 && entitlements === 0) return `${user} has no grants and cannot start new sessions.`
  const where = applications === 0 ? '' : ' in accounts'
  const sessions = entitlements === 0 ? 'new role sessions' : 'new sessions with permission sets'
  const unread = [...(applications === 0 ? [] : ['applications']), ...(entitlements === 0 ? [] : [accountAccess])]
  return `${user} has no grants${where} and cannot start ${sessions}; ${unread.join(' and ')} could not be read.`
}

const accountAccess = 'account access manager'

function openWords(user: string, { open, unread }: OpenApplications): string[] {
  return [
    ...(open.length > 0
      ? [
          `${user} can still open ${listed(open)}, as every user can: what ends that is assignment_required: true for the application under applications in the manifest, or deleting or disabling the user.`,
        ]
      : []),
    ...(unread.length > 0 ? [`Whether every user can open ${listed(unread)} could not be read.`] : []),
  ]
}

function because(unread: NonNullable<Aftermath['unread']>): string {
  return unread === 'unknown' ? '' : `: ${unread.message}${unread.hint ? ` (${unread.hint})` : ''}`
}

// What one step ends is listed together.
function byOwner<T extends Owner>(things: readonly T[], words: (thing: T) => string): string[] {
  const advice = ({ because, next }: Owner) => `    ${because}: ${next}`
  const owners = [...new Set(things.map(advice))]
  return owners.flatMap((owner) => [
    ...things.filter((one) => advice(one) === owner).map((one) => `  ${words(one)}`),
    owner,
  ])
}

/** One application in words: "application Grafana, through group devs". */
function applicationText({ name, group }: Pick<RemainingApplication, 'name' | 'group'>): string {
  return `application ${name}${group === undefined ? '' : `, through group ${group}`}`
}

// Source: IAM User Guide, "Getting started with account access manager": active sessions continue until they expire.
function heldText({ role_arn, account_label }: HeldRole): string {
  return `Still valid until they expire: sessions of IAM role ${role_arn} on ${account_label}, because account access manager gave it and nothing here ends them.`
}

/** One role in words: "IAM role arn:aws:iam::111122223333:role/Deploy on dev, through group devs". */
function roleText({ role_arn, account_label, group }: RemainingRole): string {
  return `IAM role ${role_arn} on ${account_label}${group === undefined ? '' : `, through group ${group}`}`
}

/** One path in words: "PowerUser on dev, through group devs". */
export function pathText({ permission_set, account_label, group }: PathWords): string {
  return `${permission_set} on ${account_label}${group === undefined ? '' : `, through group ${group}`}`
}

function denied({ denying, sessions, sessionsOnly }: Aftermath): string[] {
  if (denying.length === 0) return []
  const partly = sessions.some(({ permission_set }) => denying.includes(permission_set))
  return [
    `Role sessions started before now are denied everything in ${denying.join(', ')}${partly ? ', except where they are listed below' : ''}.`,
    ...(sessionsOnly
      ? ['  (AWS documents denying by user and denying by time, but not the combination used here.)']
      : []),
  ]
}

function valid({ permission_set, account_label, until, session_duration, because }: RunningSessions): string {
  const which = `sessions of ${permission_set} on ${account_label}`
  if (!until)
    return `Still valid if started before the grant was removed: ${which} (${session_duration}), because ${because}.`
  const end = until.toISOString().slice(0, 16)
  return `Still valid: ${which}, at most until ${end}Z (${session_duration}), because ${because}.`
}

// Source: UG/end-active-sessions, UG/user-interactive-sessions, UG/user-background-sessions.
function portal({ user, sessionsOnly, paths, roles, unread }: Aftermath, { console, notChecked }: Telling): string[] {
  const isNone = paths.length + roles.length === 0 && unread === undefined && notChecked.entitlements === 0
  const closed = !sessionsOnly && isNone
  return [
    `The access portal session lasts until it expires (8 hours by default, at most 90 days)${closed ? ', but no longer reaches any account' : ''}.`,
    'User background sessions (jobs that continue after signing out) and extended sessions of applications continue too.',
    'No API can end these; in the console:',
    `  ${clicks('Users', user, 'Active sessions', 'End sessions')}`,
    `  ${console}`,
  ]
}
