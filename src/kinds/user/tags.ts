import { sessionTagsOf, tagsChanged, unreadTags } from '../../access/session-tags.ts'
import { type Address, nameOf } from '../../model/address.ts'
import type { Verb } from '../../model/operation.ts'
import { sameText } from '../../model/same-text.ts'
import type { UserSpec } from '../../model/specs.ts'
import type { State } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import type { Change } from '../contexts.ts'
import { enterpriseKeys } from './enterprise.ts'

/** What a change of a user leads to: other tags of new sessions, or a manager who is on record and gone. Pure. */
export function effectOf(verb: Verb, at: Address, { before, after, end }: Change<'user'>): string | undefined {
  if (verb === 'delete') return stillManager(nameOf(at), end)
  if (!before || !after) return undefined
  if (mayChangeUnread(before, after, end))
    return 'session tags may change: the attributes for access control could not be read'
  const { gained, other, lost } = tagsChanged(before, after, sessionTagsOf(end))
  const parts = [
    ...(other.length > 0 ? [`new sessions carry another value of the session tag ${listed(other)}`] : []),
    ...(gained.length > 0 ? [`new sessions carry the session tag ${listed(gained)}`] : []),
    ...(lost.length > 0 ? [`new sessions no longer carry the session tag ${listed(lost)}`] : []),
  ]
  return parts.length > 0 ? parts.join('; ') : undefined
}

// What policies in accounts make of a tag nobody knows here, so whoever loses a value may lose rights with it.
/** True for an update after which new sessions lack a value that they carried, or may. Pure. */
export function restricts(before: UserSpec, after: UserSpec, live: State): boolean {
  const { other, lost } = tagsChanged(before, after, sessionTagsOf(live))
  return other.length > 0 || lost.length > 0 || mayChangeUnread(before, after, live)
}

function mayChangeUnread(before: UserSpec, after: UserSpec, { covers }: State): boolean {
  return covers.refused.has(unreadTags) && enterpriseKeys.some((key) => !sameText(before[key], after[key]))
}

// Whether AWS forgets a manager who is deleted is documented nowhere.
function stillManager(name: string, { user }: State): string | undefined {
  const reports = [...user].flatMap(([at, { spec }]) => (spec.manager === name ? [nameOf(at)] : []))
  return reports.length > 0 ? `was the manager of ${listed(reports.sort())}, which AWS may keep on record` : undefined
}
