import { nameOf } from '../../model/address.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'
import { otherPortal } from './own-portal.ts'

/**
 * Profiles that carry this manifest's mark and sign in to another portal: manifests without a name share theirs, and one does not take the
 * profile of another because it is called the same. A session that is led elsewhere takes its profiles along. Pure.
 */
export function takenOver(input: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const { manifest, facts, live, desired } = input
  return [...desired.profile].flatMap(([at, { at: place }]) => {
    const there = live.profile.get(at)
    const other = there?.mark === facts.owner ? otherPortal(there.spec, input) : undefined
    if (other?.standing !== 'another' || other.session === manifest.manifest.local?.sso_session) return []
    return [
      error(
        'profile-of-another-portal',
        `profile ${nameOf(at)} signs in at ${other.startUrl}, not at the portal of this manifest; it is managed by ${facts.owner}, so another manifest may declare it`,
        {
          hint: `rename one of the two; to make it sign in here from now on, first delete the line "# managed by ${facts.owner}" above its section`,
          ...(place ? { at: place } : {}),
        },
      ),
    ]
  })
}
