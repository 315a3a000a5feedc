import { revokedUsers } from '../kinds/shared/revocation.ts'
import { shownAddress } from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { PlanInput } from '../plan/diff.ts'
import { listed } from '../text/list.ts'
import { about } from '../text/quote.ts'
import { withRevoked } from './about.ts'
import { takenAway, takenGrants, takenOf } from './taken.ts'

/** What a plan takes from revoked users that neither the manifest declares nor a revocation has recorded: nobody could give it back. Pure. */
export function unrecorded(operations: readonly Operation[], input: PlanInput): Diagnostic[] {
  const { manifest } = input
  return [...revokedUsers(manifest)].flatMap((user) => {
    const written = takenOf(manifest.manifest.revoked?.[user])
    const taken = takenGrants(written, input)
    const recorded = new Set<string>([...written, ...Object.values(taken).flatMap((entries) => [...entries.keys()])])
    const theirs = operations.filter((operation) => isOf(operation, user))
    const lost = takenAway(theirs, input, withRevoked(manifest, user)).filter((at) => !recorded.has(at))
    if (lost.length === 0) return []
    const at = manifest.position(['revoked', user], 'key')
    return warning(
      'revoked-unrecorded',
      `revoking ${user} removes ${listed(lost.map(shownAddress))}, which ${manifest.file} neither declares nor records`,
      {
        hint: `run ${about('revoke', [user])} instead: it records what --undo restores`,
        ...(at ? { at } : {}),
      },
    )
  })
}

// What goes for another reason is nobody's to give back.
function isOf({ kind, before, urgent }: Operation, user: string): boolean {
  if (!urgent) return false
  if (kind === 'membership') return before?.user === user
  return (
    (kind === 'assignment' || kind === 'application-assignment') &&
    before?.principal_type === 'user' &&
    before.principal === user
  )
}
