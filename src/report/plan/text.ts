import { kindNamed, kindNames } from '../../kinds/index.ts'
import { type Address, shownAddress } from '../../model/address.ts'
import type { Position } from '../../model/diagnostic.ts'
import type { Operation } from '../../model/operation.ts'
import { type ManualStep, type Plan, selectedWords } from '../../model/plan.ts'
import type { FileChange } from '../../plan/file-changes.ts'
import { shown, shownIn } from '../../text/shown.ts'
import { textWidth } from '../../text/width.ts'
import { hanging, padded, wrapped } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'
import { fieldLines } from './fields-text.ts'
import { fileDiff } from './file-diff.ts'
import { type FlagsOf, keepWords } from './keep.ts'
import { requiredLines } from './required.ts'
import { listAge, rightsLines } from './rights-text.ts'
import { shownPlan } from './shown-plan.ts'
import {
  accessWords,
  applyCommand,
  countsOf,
  leftAloneWords,
  noChanges,
  notChecked,
  symbols,
  verdictWords,
} from './words.ts'

/** How a plan is to be shown. */
export interface TextOptions {
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
  readonly verbose: boolean
  /** Files whose change is to be shown line by line. */
  readonly files?: readonly FileChange[]
  /** Start-up files of shells by the operations that change them. */
  readonly places?: ReadonlyMap<Address, string>
  /** Flags to repeat so that the command suggested at the end means the same plan; without, none is suggested. */
  readonly flags?: string
  /** Flags of the commands that keep what is live in the same place; without, none is suggested. */
  readonly keep?: FlagsOf
}

/** A plan as a person reads it. Pure. */
export function planText(made: Plan, raw: TextOptions): string {
  const plan = shownPlan(made)
  const { files = [], ...told } = raw
  const options = { ...shownIn(told), files }
  const style = styleOf(options.color)
  const parts = [
    ...sections(plan, options, style),
    ...chores(plan.byHand, options.width, style),
    ...requiredLines(plan, options, style),
    ...leftAlone(plan, options, style),
    ...fileLines(options.files ?? [], style),
    ...listAge(plan, options.width, style),
    ...unseen(plan, options, style),
    '',
    ...(plan.operations.length === 0 ? hanging(noChanges(plan), options.width) : summary(plan, options, style)),
  ]
  return `${parts.join('\n').replace(/^\n+/, '')}\n`
}

/** One operation as a plan shows it, under the heading of its kind. Pure. */
export function operationText(operation: Operation, raw: TextOptions): string {
  const { fields, ...rest } = operation
  const style = styleOf(raw.color)
  const told = { ...shownIn(rest), fields } as Operation
  const lines = operationLines(told, { ...shownIn({ ...raw, files: [] }), files: [] }, style)
  return `${[style.strong(kindNamed(operation.kind).title), ...lines].join('\n')}\n`
}

/** Operations in the order in which a plan shows them. Pure. */
export function inShownOrder(operations: readonly Operation[]): readonly Operation[] {
  return byTitle(operations).flatMap(({ mine }) => mine)
}

function byTitle(operations: readonly Operation[]) {
  const titles = [...new Set(kindNames.map((name) => kindNamed(name).title))]
  return titles.map((title) => ({ title, mine: operations.filter(({ kind }) => kindNamed(kind).title === title) }))
}

function sections(plan: Plan, options: TextOptions, style: Style): string[] {
  return byTitle(plan.operations).flatMap(({ title, mine }) => {
    return mine.length === 0
      ? []
      : [style.strong(title), ...mine.flatMap((operation) => operationLines(operation, options, style))]
  })
}

function operationLines(operation: Operation, { width, places }: TextOptions, style: Style): string[] {
  const { verb, address, reason, effect, at } = operation
  const paint = { create: style.create, update: style.update, delete: style.remove }[verb]
  const word = paint(padded(verb === 'delete' ? 'DELETE' : verb, 6))
  const file = places?.get(address)
  const why = style.faint(`${file === undefined ? '' : `${file}  `}${verb === 'delete' ? reason : place(at)}`)
  const consequence = effect ? wrapped(effect, width) : []
  const plain = verb === 'delete' || kindNamed(operation.kind).addressSays === 'everything'
  return [
    ...headLines(paint(symbols[verb]), shownAddress(address), `${word}  ${why}`, width),
    ...(plain ? [] : [...fieldLines(operation, width, style), ...rightsLines(operation, width, style)]),
    ...consequence,
  ]
}

// Where the terminal is too narrow for one line, verb and reason go below, so that nothing is cut.
function headLines(symbol: string, name: string, rest: string, width: number): string[] {
  const column = Math.min(54, width - 26)
  const line = `  ${symbol} ${padded(name, column)} ${rest}`.trimEnd()
  return textWidth(line) <= Math.max(width, 60) ? [line] : [`  ${symbol} ${name}`, ...wrapped(rest.trimEnd(), width)]
}

function chores(list: readonly ManualStep[], width: number, style: Style): string[] {
  if (list.length === 0) return []
  const lines = list.flatMap(({ key, link, steps, at }) => [
    ...headLines(style.manual('!'), key, style.faint(place(at)), width),
    // Never wrapped, so that it can be opened.
    `      ${link}`,
    ...steps.flatMap((text, index) => {
      const [first = '', ...more] = wrapped(text, width, 9)
      return [`      ${index + 1}. ${first.trimStart()}`, ...more]
    }),
  ])
  return [style.strong('By hand'), ...lines]
}

function unseen(plan: Plan, { verbose, width }: TextOptions, style: Style): string[] {
  return notChecked(plan, verbose).flatMap((text) => wrapped(text, width, 0).map(style.faint))
}

function fileLines(files: readonly FileChange[], style: Style): string[] {
  const paint = { '+': style.create, '-': style.remove, '@': style.faint }
  const lines = files.flatMap(fileDiff).map((line) => {
    const first = line.charAt(0)
    return first in paint ? paint[first as keyof typeof paint](line) : line
  })
  return lines.length === 0 ? [] : [style.strong('Files on this machine, line by line'), ...lines]
}

function leftAlone(plan: Plan, { verbose, width }: TextOptions, style: Style): string[] {
  const { unmanaged } = plan
  if (unmanaged.length === 0) return []
  if (verbose) return [style.strong('Left alone'), ...unmanaged.map((at) => `    ${shownAddress(at)}`)]
  return wrapped(`Left alone: ${leftAloneWords(plan)} not in the manifest (--verbose lists them)`, width, 0).map(
    style.faint,
  )
}

function summary(plan: Plan, { flags, keep, width }: TextOptions, style: Style): string[] {
  const { gained, lost, unread = [] } = plan.access
  const access = gained.length + lost.length + unread.length > 0 ? [accessWords(plan)] : []
  const chosen = selectedWords(plan.selection)
  const partial = chosen.length > 0 ? hanging(`This is a partial plan: only ${chosen.join(', ')}.`, width) : []
  const warned = verdictWords(plan).map(style.remove)
  const command = flags === undefined ? undefined : applyCommand(plan, { flags })
  const next = command === undefined ? [] : [`Apply exactly this: ${command}`]
  return [
    ...wrapped(countsOf(plan), width, 0).map(style.strong),
    ...access,
    ...partial,
    ...warned,
    ...next,
    ...keepLines(plan, keep, width),
  ]
}

function keepLines(plan: Plan, flags: FlagsOf | undefined, width: number): string[] {
  const { commands, byHand } = keepWords(plan, flags)
  const [first, ...more] = commands.map((one) => shown(one))
  const file = plan.manifest.included ? 'the file that has it' : plan.manifest.file
  const into = first?.startsWith('sso-reconcile adopt') ? ` (into ${file})` : ''
  const all = first === undefined ? [] : [`Keep what is live: ${[`${first}${into}`, ...more].join(' or ')}`]
  return [...all, ...byHand.map((one) => shown(one))].flatMap((one) => hanging(one, width))
}

function place(at: Position | undefined): string {
  return at ? `${at.file}:${at.line}` : ''
}
