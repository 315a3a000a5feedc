import type { Address } from '../../model/address.ts'
import type { PlanResult } from '../../reconcile/planning.ts'
import { inShownOrder, operationText } from '../../report/plan/text.ts'
import { commandFlags } from '../../session/flags.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { plural } from '../../text/count.ts'
import { repeating } from '../../text/repeat.ts'
import { shown } from '../../text/shown.ts'
import { hanging, wrapped } from '../../text/wrap.ts'
import { legend, type Question, questionOf, questionWords, type Reply, replyOf, replyTrouble } from '../question.ts'

/** What a person answered to a difference. */
export type Answered = ReadonlyMap<Address, 'adopt' | 'ignore'>

/** Asks about one difference after the other, in the order of the plan. Undefined when the person gave up; nothing is written. */
export async function askedOneByOne(session: Session, { plan, observed }: PlanResult): Promise<Answered | undefined> {
  const { runtime, manifest } = session
  const all = inShownOrder(plan.operations).map((one) => questionOf(one, observed.input))
  const [open, closed] = [all.filter(isOpen), all.filter((one) => !isOpen(one))]
  for (const one of closed) tellWhy(one, session)
  if (open.length > 0) introduce(open.length, manifest.file, runtime)
  const given = new Map<Address, 'adopt' | 'ignore'>()
  let lasting: Reply | undefined
  for (const [index, question] of open.entries()) {
    const repeated = lasting && isPossible(lasting, question) ? lasting : undefined
    const reply = repeated ?? (await asked(question, index + 1, open.length, runtime))
    if (reply === undefined) return undefined
    if (reply.all) lasting = reply
    if (reply.does === 'stop') break
    if (reply.does === 'adopt' || reply.does === 'ignore') given.set(question.operation.address, reply.does)
  }
  return given
}

function isOpen({ adopt, ignore }: Question): boolean {
  return adopt || ignore
}

function isPossible({ does }: Reply, { adopt, ignore }: Question): boolean {
  return does === 'adopt' ? adopt : does === 'ignore' && ignore
}

function introduce(count: number, file: string, { err, terminal }: Runtime): void {
  const words = `${file} and what is live differ in ${plural(count, 'place')} that you can answer here, one by one.`
  const after = `${file} is written once, after you have seen the change.`
  err(
    `${hanging(shown(words), terminal.width.err).join('\n')}\n${legend}${hanging(shown(after), terminal.width.err).join('\n')}\n\n`,
  )
}

function tellWhy(question: Question, { runtime, options }: Session): void {
  showDifference(question, runtime)
  const { why = '', instead } = question.unkept
  const keep = instead === undefined ? '' : `to keep it, ${instead}; `
  const answer = `Can be neither adopted nor ignored: ${why}; ${keep}sso-reconcile apply makes it what the file says.`
  const words = shown(repeating(answer, commandFlags(options)))
  runtime.err(`${wrapped(words, runtime.terminal.width.err).join('\n')}\n\n`)
}

function showDifference({ operation }: Question, { err, terminal }: Runtime): void {
  err(operationText(operation, { color: terminal.color.err, width: terminal.width.err, verbose: false }))
}

async function asked(question: Question, number: number, of: number, runtime: Runtime): Promise<Reply | undefined> {
  showDifference(question, runtime)
  const words = questionWords(question, number, of)
  const trouble = (typed: string) => replyTrouble(typed, question)
  for (;;) {
    const typed = await runtime.terminal.ask(words, { trouble })
    const reply = typed === undefined ? undefined : replyOf(typed, question)
    if (reply?.does === 'explain') runtime.err(legend)
    else {
      runtime.err('\n')
      return reply
    }
  }
}
