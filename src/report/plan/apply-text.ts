import type { ApplyEvent } from '../../apply/events.ts'
import { kindNamed } from '../../kinds/index.ts'
import { type Address, shownAddress } from '../../model/address.ts'
import type { Circumstance, Outcome, Verb } from '../../model/operation.ts'
import type { Plan } from '../../model/plan.ts'
import { plural } from '../../text/count.ts'
import { listed } from '../../text/list.ts'
import { shown, shownIn } from '../../text/shown.ts'
import { hanging, labelled, wrapped } from '../../text/wrap.ts'
import { type Style, styleOf } from '../style.ts'

const past: Readonly<Record<Verb, string>> = { create: 'created', update: 'updated', delete: 'deleted' }

const circumstances: Readonly<Record<Circumstance, string>> = {
  'answer lost': 'the response from AWS was lost; a check found it done',
  'another run': 'another run made the same change at the same time',
}

/** One line for one event of an apply. Pure. */
export function eventText(
  happened: Exclude<ApplyEvent, { type: 'started' }>,
  at: { readonly ended: number; readonly total: number; readonly color: boolean },
): string {
  const event = shownIn(happened)
  const style = styleOf(at.color)
  if (event.type === 'file') return `      wrote ${event.path}${event.backup ? ` (backup: ${event.backup})` : ''}`
  const count = `[${at.ended}/${at.total}]`
  if (event.type === 'done')
    return `${count} ${shownAddress(event.address)}  ${style.create(past[event.verb])}${event.seconds > 0 ? `  ${event.seconds}s` : ''}${event.how ? `  (${circumstances[event.how]})` : ''}`
  if (event.type === 'skipped')
    return `${count} ${shownAddress(event.address)}  ${style.update('skipped')}: ${event.message}`
  return `${count} ${shownAddress(event.address)}  ${style.remove('FAILED')}: ${event.message}`
}

/** What is in flight. */
interface InFlight {
  /** When each operation started, in milliseconds. */
  readonly since: ReadonlyMap<Address, number>
  /** Those that AWS has ended, of which is not known how. */
  readonly over: ReadonlySet<Address>
  readonly now: number
  /** How long the others take; empty where that is soon or not known. */
  readonly left: string
}

/** How much is in flight, and what for how long; empty when nothing is. What a narrow terminal cuts off stands last. Pure. */
export function runningText({ since, over, now, left }: InFlight): string {
  const running = [...since].filter(([address]) => !over.has(address)).sort(([, a], [, b]) => a - b)
  const [longest] = running
  const counts = [
    ...(longest ? [`${running.length} still running`] : []),
    ...(over.size > 0 ? [`${over.size} ended, results not read yet`] : []),
  ]
  if (counts.length === 0) return ''
  const named = longest ? ` (${shown(shownAddress(longest[0]))} for ${Math.round((now - longest[1]) / 1000)}s)` : ''
  return `${left === '' ? '' : `about ${left} left; `}${counts.join(', ')}${named}`
}

/** What is not known when an apply is stopped at once, by what was in flight. Pure. */
export function stoppedText(inFlight: readonly Address[]): string {
  const unknown =
    inFlight.length > 0
      ? `whether ${listed(
          inFlight.map((at) => shown(shownAddress(at))),
          15,
        )} ${inFlight.length === 1 ? 'was' : 'were'} changed`
      : 'whether everything matches now, because the verification was cut short'
  return `\nStopped immediately. Not known: ${unknown}. sso-reconcile plan shows what remains; it is safe to run apply again.\n`
}

/** How an apply ended, besides its outcomes. */
export interface Closing {
  readonly seconds: number
  /** False when a new look did not find everything as desired. */
  readonly proven: boolean
  readonly color: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** What to do where not everything was done. */
  readonly next: string
  /** The command that logs in to a profile, and the one that then asks who one is. */
  readonly login: (profile: string) => readonly [string, string]
  /** Profiles in the order in which a person would log in to them: what the shell uses, then as the file has them. */
  readonly preferred?: readonly string[]
  /** By shell, the command that gives one that runs already what new ones have. */
  readonly load?: ReadonlyMap<string, string>
  /** The access portal, for people to open. */
  readonly portal?: string
  /** Commands that come next whatever was changed. */
  readonly comesNext?: string
  /** True where the login of this machine was used a moment ago. */
  readonly isLoggedIn?: boolean
}

/** What an apply came to: counts, failures once more, and what to do next. Pure. */
export function closingText(plan: Plan, results: ReadonlyMap<Address, Outcome>, told: Closing): string {
  const [outcomes, closing] = [shownIn(results), shownIn(told)]
  const style = styleOf(closing.color)
  const count = (result: Outcome['result']) =>
    [...outcomes.values()].filter((outcome) => outcome.result === result).length
  const incomplete = count('failed') + count('skipped') > 0 || !closing.proven
  const lines = incomplete
    ? stopped(outcomes, count, style, closing)
    : [style.strong(applied(plan, closing.seconds)), ...portalLine(plan, closing), ...nextSteps(plan, closing)]
  return `\n${lines.join('\n')}\n`
}

function applied({ operations, byHand }: Plan, seconds: number): string {
  const count = (verb: Verb) => operations.filter((operation) => operation.verb === verb).length
  const left = byHand.length > 0 ? ` ${plural(byHand.length, 'step')} left by hand.` : ''
  return `Applied: ${count('create')} created, ${count('update')} updated, ${count('delete')} deleted (${seconds}s).${left}`
}

function stopped(
  outcomes: ReadonlyMap<Address, Outcome>,
  count: (result: Outcome['result']) => number,
  style: Style,
  { next, width }: Closing,
): string[] {
  const failures = [...outcomes].flatMap(([address, outcome]) =>
    outcome.result === 'failed'
      ? [
          ...failure(`${shownAddress(address)}: ${outcome.message}`, width),
          ...(outcome.hint ? labelled('  hint:', outcome.hint, width) : []),
        ]
      : [],
  )
  return [
    ...failures,
    style.strong(`Stopped: ${count('done')} done, ${count('failed')} failed, ${count('skipped')} skipped.`),
    ...labelled('Next:', next, width),
  ]
}

// What does not fit into its first line stands further in than any line of a report begins.
function failure(text: string, width: number): string[] {
  const [first = '', ...more] = hanging(text, width, 4)
  return [first.trimStart(), ...more]
}

function portalLine({ operations }: Plan, { portal, width }: Closing): string[] {
  const isNew = operations.some((one) => kindNamed(one.kind).opensPortal?.(one))
  return portal && isNew ? wrapped(`Your access portal: ${portal}`, width, 0) : []
}

// The first login meets a browser question that looks alarming when nobody announced it.
function nextSteps({ operations, byHand }: Plan, closing: Closing): string[] {
  const { width, login, preferred = [], load = new Map(), comesNext, isLoggedIn } = closing
  const opening = loadLines([...load])
  if (comesNext !== undefined) return [...opening, ...labelled('Next:', comesNext, width)]
  const ready = operations.flatMap((one) => kindNamed(one.kind).logsIn?.(one) ?? [])
  const name = preferred.find((one) => ready.includes(one)) ?? ready[0]
  if (name === undefined) return opening
  const first = byHand.length > 0 ? 'after the manual steps, ' : ''
  const [logIn, ask] = login(name).map(shown)
  if (isLoggedIn) return [...opening, ...labelled('Next:', ask ?? '', width)]
  return [
    ...opening,
    ...labelled('Next:', `${first}${logIn} (the browser asks to allow "botocore-client-…": that is this login)`, width),
    ...wrapped(`then ${ask}`, width),
  ]
}

// Commands are not wrapped, so that they can be copied.
function loadLines(load: readonly (readonly [shell: string, command: string])[]): string[] {
  const [only, second] = load
  if (!only) return []
  if (!second) return [`Next: open a new terminal, or: ${only[1]}`]
  return ['Next: open a new terminal, or:', ...load.map(([shell, command]) => `      in ${shell}: ${command}`)]
}
