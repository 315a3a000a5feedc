import { error, Refusal } from '../../model/diagnostic.ts'
import { trim } from '../files/lines.ts'

const MARK = /^# managed by (sso-reconcile(?:\/.+)?)$/

/**
 * The comment line that says a section is ours. `owner` is `sso-reconcile`, or `sso-reconcile/NAME` for a manifest
 * with a name. Throws a Refusal for an owner that could not be read back.
 */
export function markLine(owner: string): string {
  const line = `# managed by ${owner}`
  if (markOwner(line) !== owner || /[\r\n\0]/.test(owner)) {
    throw new Refusal(
      error(
        'config-bad-owner',
        `${JSON.stringify(owner)} cannot mark a section: expected sso-reconcile/NAME on one line`,
      ),
    )
  }
  return line
}

/** The owner a line names when it is an ownership mark. */
export function markOwner(line: string): string | undefined {
  return MARK.exec(trim(line))?.[1]
}
