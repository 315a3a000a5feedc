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
      message: 'orphaned assignments (deleted user or group) were not checked: that is slow in a large organization',
      hint: 'add --thorough to check them too',
    },
  ]
}
