import type { OpenApplications } from '../../access/applications.ts'
import type { JsonObject } from '../../model/json.ts'
import type { Aftermath } from '../../revoke/aftermath.ts'

/** The last event of `revoke --json`: what is left of a user's access. Times are RFC 3339. Pure. */
export function aftermathJson(
  { user, sessionsOnly, paths, applications, roles, held, unread, denying, sessions }: Aftermath,
  complete: boolean,
  { open, unread: unreadApplications }: OpenApplications,
): JsonObject {
  return {
    type: 'revoked',
    user,
    sessions_only: sessionsOnly,
    complete,
    access: paths.map(({ user: _user, account_label: _label, because, next, ...path }) => ({
      ...path,
      // Grants that are kept on purpose have nothing that would have to end them.
      ...(sessionsOnly ? {} : { because, next }),
    })),
    applications: applications.map(({ because, next, ...one }) => ({
      ...one,
      ...(sessionsOnly ? {} : { because, next }),
    })),
    account_access_manager: roles.map(({ account_label: _label, because, next, ...one }) => ({
      ...one,
      ...(sessionsOnly ? {} : { because, next }),
    })),
    applications_open_to_every_user: [...open],
    ...(unreadApplications.length > 0 ? { applications_unread: [...unreadApplications] } : {}),
    ...(unread === undefined ? {} : { unread: unread === 'unknown' ? 'unknown' : unread.message }),
    denied: [...denying],
    account_access_manager_sessions: held.map((one) => ({ ...one })),
    sessions: sessions.map(({ account_label: _label, until, ...one }) => ({
      ...one,
      ...(until ? { until: until.toISOString() } : {}),
    })),
  }
}
