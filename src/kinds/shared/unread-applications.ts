import { applicationsOf } from '../../access/applications.ts'
import { address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { Principal } from '../../model/specs.ts'
import { listed } from '../../text/list.ts'
import type { LiveContext } from '../contexts.ts'
import { revokedUsers } from './revocation.ts'

/**
 * Users or groups that the manifest removes, of whose assignments to applications nobody knows: these stay behind when their holder
 * goes, and who had them can no longer be told. Pure.
 */
export function applicationsLeftBehind(
  type: Principal['type'],
  { manifest, live }: LiveContext,
): readonly Diagnostic[] {
  const names = manifest.manifest.absent?.[type === 'user' ? 'users' : 'groups'] ?? []
  const [which, whose] = type === 'user' ? ['users', 'a user'] : ['groups', 'a group']
  return unreadOf(type, names, live, (who) => {
    return `it is unknown which applications these ${which} are assigned to, so access lost is at least what is shown, and AWS keeps such assignments when ${whose} is deleted: ${who}`
  })
}

/** Revoked users of whose assignments to applications nobody knows, so that the plan does not take them away. Pure. */
export function applicationsNotRevoked({ manifest, live }: LiveContext): readonly Diagnostic[] {
  const gone = new Set(manifest.manifest.absent?.users ?? [])
  const names = [...revokedUsers(manifest)].filter((name) => !gone.has(name))
  return unreadOf('user', names, live, (who) => {
    return `it is unknown which applications these revoked users are assigned to, so that stays as it is: ${who}`
  })
}

function unreadOf(
  type: Principal['type'],
  names: readonly string[],
  live: LiveContext['live'],
  words: (who: string) => string,
): readonly Diagnostic[] {
  const why = live.covers.applicationsRefused
  const unread = names.filter(
    (name) => live[type].has(address(type, name)) && !applicationsOf(live, { type, name }).complete,
  )
  if (!why || unread.length === 0) return []
  const message = `${words(listed([...unread].sort(), 5))} (${why.message})`
  return [warning('application-assignments-unread', message, why.hint === undefined ? {} : { hint: why.hint })]
}
