import { error, Refusal } from '../../model/diagnostic.ts'
import { doctorJson } from '../../report/doctor/json.ts'
import { doctorText, explanationText } from '../../report/doctor/text.ts'
import { placeFlags, reachFlags, repeatedFlags, suggesting } from '../../session/flags.ts'
import type { Runtime } from '../../session/runtime.ts'
import { selectedKinds } from '../../session/selected-kinds.ts'
import { version } from '../../session/version.ts'
import { jsonText } from '../../text/json.ts'
import { repeating } from '../../text/repeat.ts'
import { type Examination, examineAll } from '../checks.ts'
import { explain } from '../newcomer-errors.ts'
import { gather } from './evidence.ts'
import type { DoctorOptions } from './options.ts'

/** Prerequisites and health, each with its fix. Changes nothing; exit 1 when something does not work. */
export async function doctor(runtime: Runtime, options: DoctorOptions, sources: Map<string, string>): Promise<number> {
  const selected = selectedKinds(options.only)
  if (options.explain !== undefined) return explained(options.explain, runtime, options)
  const evidence = await gather(runtime, { ...options, selected }, sources)
  const examination = await runtime.busy(() => examineAll(evidence, repeatedFlags(options), placeFlags(options)))
  await runtime.busy(() => runtime.out(doctorReport(examination, runtime, options)))
  return examination.count.problem > 0 ? 1 : 0
}

function doctorReport(
  examination: Examination,
  { terminal: { color, width } }: Runtime,
  { format, file, verbose, quiet }: DoctorOptions,
): string {
  if (format === 'json') return `${jsonText(doctorJson(examination, file, version), 2)}\n`
  return doctorText(examination, { color: color.out, width: width.out, verbose, quiet })
}

function explained(message: string, runtime: Runtime, options: DoctorOptions): number {
  const { format } = options
  const known = explain(message)
  // Advice about a message names no profile, so that the one of this run is meant.
  const flags = reachFlags(options)
  if (!known) {
    const refusal = new Refusal(
      error('not-recognised', 'that message is not a known one', {
        hint: 'run "sso-reconcile doctor", which checks for the most common causes',
      }),
    )
    throw suggesting(refusal, options, flags)
  }
  const found = { ...known, next: repeating(known.next, flags) }
  runtime.out(
    format === 'json'
      ? `${jsonText({ format_version: 1, tool_version: version, ...found }, 2)}\n`
      : explanationText(found, runtime.terminal.width.out),
  )
  return 0
}
