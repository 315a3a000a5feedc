import { accountLabel } from '../kinds/account.ts'
import { address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'

/** What was done to a user's access. */
export interface Ended {
  readonly user: string
  /** Only sessions from before were ended; grants stay. */
  readonly sessionsOnly: boolean
  /** Names of the sets in which old sessions are denied now. */
  readonly denied: readonly string[]
}

/**
 * Exactly what remains of a user's access, and until when: lines for a person. `live` is the state from before the change.
 * Source: UG/authconcept, UG/user-interactive-sessions, UG/prereqs-revoking-user-permissions.
 */
export function whatStays({ user, sessionsOnly, denied }: Ended, live: State, facts: Facts): string[] {
  const held = heldBy(user, live)
  const running = held.filter(({ permission_set }) => !denied.includes(permission_set))
  return [
    sessionsOnly
      ? `${user} keeps every grant and can start new sessions at once.`
      : `${user} is granted nothing and can start no new session.`,
    ...(denied.length > 0 ? [`Role sessions from before now are denied everything in ${denied.join(', ')}.`] : []),
    ...(denied.length > 0 && sessionsOnly
      ? ['  (AWS documents the denial by user and the denial by time, but not the two together as used here.)']
      : []),
    ...running.map(
      (spec) =>
        `Still valid: sessions of ${spec.permission_set} on ${accountLabel(spec.account, facts)}, ${until(spec, live, facts)}.`,
    ),
    ...(running.length > 0
      ? ['  (These sets are not managed by this manifest, so nothing could be denied in them.)']
      : []),
    `The sign-in to the access portal lasts until it ends by itself (8 hours by default, at most 90 days)${sessionsOnly ? '' : ', but reaches no account any more'}.`,
    `To end it too, which no API can: IAM Identity Center > Users > ${user} > Active sessions > End sessions (https://${facts.region}.console.aws.amazon.com/singlesignon).`,
  ]
}

function heldBy(user: string, live: State): AssignmentSpec[] {
  const groups = new Set(
    [...live.membership.values()].filter(({ spec }) => spec.user === user).map(({ spec }) => spec.group),
  )
  return [...live.assignment.values()]
    .map(({ spec }) => spec)
    .filter((spec) => (spec.principal_type === 'user' ? spec.principal === user : groups.has(spec.principal)))
}

function until({ permission_set }: AssignmentSpec, live: State, { now }: Facts): string {
  const duration = live['permission-set'].get(address('permission-set', permission_set))?.spec.session_duration ?? '12h'
  const hours = Number(/(\d+)h/.exec(duration)?.[1] ?? 0)
  const minutes = Number(/(\d+)m/.exec(duration)?.[1] ?? 0)
  const end = new Date(now.getTime() + (hours * 60 + minutes) * 60_000)
  return `at most until ${end.toISOString().slice(0, 16)}Z (${duration})`
}
