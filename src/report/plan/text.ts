import { kindNamed, kindNames } from '../../kinds/index.ts'
import { type Address, shownAddress } from '../../model/address.ts'
import type { Position } from '../../model/diagnostic.ts'
import type { Operation, Verb } from '../../model/operation.ts'
import { type ManualStep, type Plan, selectedWords } from '../../model/plan.ts'
import type { FileChange } from '../../plan/file-changes.ts'
import { plural } from '../../text/count.ts'
import { listed } from '../../text/list.ts'
import { shownIn } from '../../text/shown.ts'
import { textWidth } from '../../text/width.ts'
import { hanging, padded, wrapped } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'
import { fieldLines } from './fields-text.ts'
import { fileDiff } from './file-diff.ts'
import { keepLine } from './keep.ts'
import { requiredLines } from './required.ts'
import { listAge, rightsLines } from './rights-text.ts'
import { shownPlan } from './shown-plan.ts'

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
  /** Flags of a command that keeps what is live in the same place; without, none is suggested. */
  readonly keep?: string
}

const symbols: Readonly<Record<Verb, string>> = { create: '+', update: '~', delete: '-' }

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

function sections(plan: Plan, options: TextOptions, style: Style): string[] {
  const titles = [...new Set(kindNames.map((name) => kindNamed(name).title))]
  return titles.flatMap((title) => {
    const mine = plan.operations.filter(({ kind }) => kindNamed(kind).title === title)
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

function unseen({ thorough, operations }: Plan, { verbose, width }: TextOptions, style: Style): string[] {
  if (thorough || (operations.length === 0 && !verbose)) return []
  return wrapped('Not checked: orphaned assignments (use --thorough)', width, 0).map(style.faint)
}

function fileLines(files: readonly FileChange[], style: Style): string[] {
  const paint = { '+': style.create, '-': style.remove, '@': style.faint }
  const lines = files.flatMap(fileDiff).map((line) => {
    const first = line.charAt(0)
    return first in paint ? paint[first as keyof typeof paint](line) : line
  })
  return lines.length === 0 ? [] : [style.strong('Files on this machine, line by line'), ...lines]
}

function leftAlone({ unmanaged }: Plan, { verbose, width }: TextOptions, style: Style): string[] {
  if (unmanaged.length === 0) return []
  if (verbose) return [style.strong('Left alone'), ...unmanaged.map((at) => `    ${shownAddress(at)}`)]
  const counts = kindNames.flatMap((kind) => {
    const count = unmanaged.filter((at) => at.startsWith(`${kind}/`)).length
    return count === 0 ? [] : [plural(count, kind.replace('-', ' '))]
  })
  return wrapped(`Left alone: ${counts.join(', ')} not in the manifest (--verbose lists them)`, width, 0).map(
    style.faint,
  )
}

/** The one line of a plan with nothing to do; its names are not `shown` yet. */
export function noChanges(plan: Plan): string {
  const { manifest, unchanged, byHand, instance, complete, selection } = plan
  if (!complete) return `No plan could be made for ${manifest.file}; the errors say why.`
  // Whether somebody's access is as the manifest says is told apart from what could be changed about it.
  if (selection.user !== undefined) return `No changes to the access of ${selection.user}.`
  const unmet = unmetOf(plan)
  if (unmet.length > 0)
    return `No changes to make, but these differ from ${manifest.file}: ${listed(unmet.map(shownAddress), 5)} (the messages say why).`
  const chosen = selectedWords(selection).join(', ')
  if (unchanged === 0 && byHand.length === 0 && !chosen) return `No changes. ${manifest.file} declares nothing.`
  const whole = instance ? 'IAM Identity Center and this machine match' : 'This machine matches'
  // Of what was not selected nothing is known.
  const scope = chosen && instance ? `The selection (${chosen}) matches` : whole
  const left = byHand.length > 0 ? ` ${plural(byHand.length, 'step')} left by hand.` : ''
  return `No changes. ${scope} ${manifest.file} (${unchanged} checked).${left}`
}

/** Desired things that are not what the manifest says although nothing can be changed about them. */
function unmetOf({ diagnostics, refusals }: Plan): readonly string[] {
  return [...new Set([...diagnostics, ...refusals].flatMap(({ unmet }) => unmet ?? []))]
}

function summary(plan: Plan, { flags, keep, width }: TextOptions, style: Style): string[] {
  const { gained, lost } = plan.access
  const access =
    gained.length + lost.length > 0
      ? [`Access: ${plural(gained.length, 'grant')} added, ${plural(lost.length, 'grant')} removed.`]
      : []
  const chosen = selectedWords(plan.selection)
  const partial = chosen.length > 0 ? hanging(`This is a partial plan: only ${chosen.join(', ')}.`, width) : []
  const verdict = plan.complete
    ? 'This plan is refused; the errors say why.'
    : 'This plan is incomplete; the errors say why.'
  const warned = plan.refusals.length > 0 || !plan.complete ? [style.remove(verdict)] : []
  const refused = plan.refusals.length > 0 || !plan.complete || flags === undefined
  const next = refused ? [] : [`Apply exactly this: sso-reconcile apply --expect ${plan.digest.slice(0, 16)}${flags}`]
  return [
    ...wrapped(countsOf(plan), width, 0).map(style.strong),
    ...access,
    ...partial,
    ...warned,
    ...next,
    ...keepLine(plan, keep, width),
  ]
}

/** The line of counts of a plan with something to do. */
export function countsOf({ operations, byHand, unchanged }: Plan): string {
  const count = (verb: Verb) => operations.filter((operation) => operation.verb === verb).length
  const hand = byHand.length > 0 ? `, ${byHand.length} by hand` : ''
  return `Plan: ${count('create')} to create, ${count('update')} to update, ${count('delete')} to delete${hand}; ${unchanged} unchanged.`
}

function place(at: Position | undefined): string {
  return at ? `${at.file}:${at.line}` : ''
}
