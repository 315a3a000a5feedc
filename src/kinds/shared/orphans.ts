import type { Diagnostic } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'

/** A remark where assignments were read by principal, which does not show those whose principal is gone. */
export function orphansUnread({
  covers: { principals, sets, accounts },
}: Pick<State, 'covers'>): readonly Diagnostic[] {
  if (principals !== 'all' || sets === 'all' || accounts === 'all') return []
  return [
    {
      severity: 'warning',
      code: 'orphans-unread',
      message: 'assignments whose user or group is gone were not looked for: in a large organization that takes long',
      hint: 'add --thorough to look for them too',
    },
  ]
}
