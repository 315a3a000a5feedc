import type { Diagnostic } from '../model/diagnostic.ts'

/** A hint for where something is not known because AWS refused a read: what that was and what permits it comes first. */
export function withUnread(refused: Diagnostic | undefined, hint: string): string {
  if (!refused) return hint
  return `${refused.message.split(' (')[0]}, so some access is unknown: ${refused.hint}; or ${hint}`
}
