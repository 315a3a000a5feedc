import wrapAnsi from 'wrap-ansi'
import type { CheckResult, Examination } from '../../doctor/checks.ts'
import type { Finding, Fix, Level } from '../../doctor/finding.ts'
import type { Explanation } from '../../doctor/newcomer-errors.ts'
import { plural } from '../../text/count.ts'
import { shownIn } from '../../text/shown.ts'
import { hanging } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'

/** How an examination is to be shown. */
export interface DoctorTextOptions {
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** Also the long tail of what is well. */
  readonly verbose: boolean
  /** Only what needs doing. */
  readonly quiet: boolean
}

/** As many lines of a part that are well are shown one by one. */
const shownWell = 10

const indent = 11

/** An examination as a person reads it. Pure. */
export function doctorText(examination: Examination, options: DoctorTextOptions): string {
  const { sections, count, first } = shownIn(examination)
  const style = styleOf(options.color)
  const parts = sections.flatMap((section) => sectionLines(section, options, style))
  const line = `${count.ok} ok, ${plural(count.warning, 'warning')}, ${plural(count.problem, 'problem')}.`
  const next = count.warning + count.problem > 1 && first ? startLines(first, options.width, style) : []
  return `${[...parts, ...(parts.length > 0 ? [''] : []), style.strong(line), ...next].join('\n')}\n`
}

/** Of several things to do, the one to begin with. */
function startLines({ message, fix }: Finding, width: number, style: Style): string[] {
  const [command] = fix?.commands ?? []
  const lines = hanging(`Start with: ${command ? message : (fix?.text ?? message)}`, Math.min(width, 120))
  return command ? [...lines, `  ${style.strong(command)}`] : lines
}

/** The meaning of a message and what to do next. Pure. */
export function explanationText(explanation: Explanation, width: number): string {
  const { meaning, next } = shownIn(explanation)
  return `${hanging(meaning, Math.min(width, 120)).join('\n')}\nnext: ${wrapped(next, width, 6).join('\n').trimStart()}\n`
}

function sectionLines({ title, findings }: CheckResult, options: DoctorTextOptions, style: Style): string[] {
  const bad = findings.filter(({ level }) => level !== 'ok')
  const well = findings.filter(({ level }) => level === 'ok')
  const kept = options.quiet ? [] : options.verbose || well.length <= shownWell ? well : well.slice(0, shownWell)
  const rest = options.quiet ? 0 : well.length - kept.length
  if (kept.length + bad.length === 0) return []
  return [
    style.strong(title),
    ...[...kept, ...bad].flatMap((one) => findingLines(one, options.width, style)),
    ...(rest > 0 ? [style.faint(`${' '.repeat(indent)}and ${rest} more that are ok (--verbose lists them)`)] : []),
  ]
}

function findingLines({ level, message, fix }: Finding, width: number, style: Style): string[] {
  const paint: Readonly<Record<Level, (text: string) => string>> = {
    ok: style.create,
    warning: style.update,
    problem: style.remove,
  }
  const [first = '', ...more] = wrapped(message, width, indent)
  return [
    `  ${paint[level](level.padEnd(indent - 3))} ${first.trimStart()}`,
    ...more,
    ...(fix ? fixLines(fix, width, style) : []),
  ]
}

// Commands stand on lines of their own and are never wrapped, so that they can be copied.
function fixLines({ text, commands = [] }: Fix, width: number, style: Style): string[] {
  const label = 'fix: '
  const [first = '', ...more] = wrapped(`${text}${commands.length > 0 ? ':' : ''}`, width, indent + label.length)
  const pad = ' '.repeat(indent)
  return [
    `${pad}${style.manual(label)}${first.trimStart()}`,
    ...more,
    ...commands.map((command) => `${pad}${' '.repeat(label.length)}${style.strong(command)}`),
  ]
}

function wrapped(text: string, width: number, column: number): string[] {
  const lines = wrapAnsi(text, Math.max(30, Math.min(width, 120) - column)).split('\n')
  return lines.map((line) => ' '.repeat(column) + line)
}
