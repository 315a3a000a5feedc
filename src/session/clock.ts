import { warningsAt } from '../manifest/checks/passed.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type AwsTime, isOff } from '../model/aws-time.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import { clockFix, clockUnknownFix, clockWords } from '../text/time.ts'

/** What a person has to know about the clocks; `isTimed` where something depends on them. Pure. */
export function clockNotes(time: AwsTime | undefined, isTimed: boolean): readonly Diagnostic[] {
  if (time === undefined) return []
  if (isOff(time))
    return [
      warning('clock-off', `${clockWords(time.ahead)}; time-dependent changes are decided by AWS's time`, {
        hint: clockFix,
      }),
    ]
  if ('ahead' in time || !isTimed) return []
  return [
    warning(
      'clock-unknown',
      `AWS's time is not known: ${time.unknown}; time-dependent changes are decided by this machine's clock`,
      {
        hint: clockUnknownFix,
      },
    ),
  ]
}

/** Warnings of the manifest, and what is to be said of clocks. Whether a rule's time has come or passed is AWS's to say where it was asked. Pure. */
export function timelyWarnings(
  manifest: LoadedManifest,
  { now, time }: Pick<Facts, 'now' | 'time'>,
): readonly Diagnostic[] {
  const told = time && isOff(time) ? warningsAt(manifest, now) : manifest.warnings
  return [...told, ...clockNotes(time, isTimed(manifest))]
}

/** True for a manifest of which something depends on the time. */
function isTimed({ manifest: { assignments = [], revoked } }: LoadedManifest): boolean {
  return revoked !== undefined || assignments.some(({ from, until }) => from !== undefined || until !== undefined)
}
