import { revocationLines } from '../../manifest/edit/revocation.ts'
import type { Revocation } from '../../manifest/types.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import { reportDiagnostics } from '../../session/diagnostics.ts'
import type { Session } from '../../session/runtime.ts'

/** A revocation that the manifest does not hold, although it is carried out. */
export interface Unrecorded {
  readonly user: string
  readonly entry: Revocation
  /** Why it could not be written. */
  readonly why: readonly Diagnostic[]
}

/** The lines to add by hand. */
export function linesOf({ user, entry }: Unrecorded): string {
  return revocationLines(user, entry)
}

/** What an apply would do as long as the lines are missing. */
export function consequenceOf({ entry }: Unrecorded): string {
  return typeof entry === 'object' && entry.sessions !== undefined
    ? 'the next apply would let earlier sessions continue'
    : 'the next apply would restore the access'
}

/** What to do about it; the lines come after it. */
export function howToAdd(file: string): string {
  return `add these lines to ${file} by hand before anything is applied again (under the existing revoked: if there is one):`
}

/** Says that a revocation is not recorded, why, what that leads to, and what to add. */
export function tellUnrecorded(unrecorded: Unrecorded, { runtime, sources, manifest }: Session): void {
  const { user, why } = unrecorded
  const { file } = manifest
  const message = `${user} cannot be recorded as revoked in ${file}; it is still carried out in AWS, and ${consequenceOf(unrecorded)}`
  const missing = error('revoke-not-recorded', message, { hint: howToAdd(file) })
  reportDiagnostics(runtime, [...why, missing], sources)
  runtime.err(`\n${linesOf(unrecorded)}\n\n`)
}
