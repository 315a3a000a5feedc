import { examineAll } from '../doctor/checks.ts'
import type { Evidence } from '../doctor/evidence.ts'
import { explain } from '../doctor/newcomer-errors.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import { doctorJson } from '../report/doctor-json.ts'
import { doctorText, explanationText } from '../report/doctor-text.ts'
import type { CommonOptions, Shell } from './context.ts'
import { gather } from './doctor-evidence.ts'
import { flagsOf } from './reach.ts'
import { version } from './version.ts'

/** Options of `doctor`. */
export interface DoctorOptions extends CommonOptions {
  /** Look for Identity Center in every region that is enabled by default. */
  readonly scan: boolean
  /** Explain this message instead of looking at anything. */
  readonly explain?: string
}

/** Prerequisites and health, each with its fix. Changes nothing; exit 1 when something does not work. */
export async function doctor(shell: Shell, options: DoctorOptions, sources: Map<string, string>): Promise<number> {
  if (options.explain !== undefined) return explained(options.explain, shell, options)
  const evidence: Evidence = await gather(shell, options, sources)
  const examination = examineAll(evidence, flagsOf(options))
  const { color, width } = shell.terminal
  shell.out(
    options.format === 'json'
      ? `${JSON.stringify(doctorJson(examination, options.file, version), null, 2)}\n`
      : doctorText(examination, { color: color.out, width, verbose: options.verbose, quiet: options.quiet }),
  )
  return examination.count.problem > 0 ? 1 : 0
}

function explained(message: string, shell: Shell, { format }: DoctorOptions): number {
  const found = explain(message)
  if (!found)
    throw new Refusal(
      error('not-recognised', 'that message is not one of those newcomers meet', {
        hint: 'run "sso-reconcile doctor", which looks for what causes most of them',
      }),
    )
  shell.out(
    format === 'json'
      ? `${JSON.stringify({ format_version: 1, tool_version: version, ...found }, null, 2)}\n`
      : explanationText(found, shell.terminal.width),
  )
  return 0
}
