import { shownAddress } from '../../model/address.ts'
import type { Plan } from '../../model/plan.ts'
import { trailing } from '../../text/quote.ts'
import { hanging } from '../../text/wrap.ts'

/** How to keep what is live where a plan would change or remove it; nothing where it only creates, or ends somebody's access. Pure. */
export function keepLine(
  { operations, manifest, complete, selection }: Plan,
  flags: string | undefined,
  width: number,
): string[] {
  const drift = operations.filter(({ verb, urgent }) => verb !== 'create' && !urgent)
  const [first] = drift
  // What ended by its time is no drift.
  const isDrift = selection.user === undefined && !selection.due
  if (flags === undefined || !complete || !isDrift || !first) return []
  const at = drift.length === 1 ? trailing([shownAddress(first.address)]) : ' ADDRESS'
  const adopt = `sso-reconcile adopt${at}${flags} (into ${manifest.file})`
  // What the file declares cannot be ignored.
  const isIgnorable = drift.some(({ verb }) => verb === 'delete')
  return hanging(`Keep what is live: ${adopt}${isIgnorable ? ` or sso-reconcile ignore${at}${flags}` : ''}`, width)
}
