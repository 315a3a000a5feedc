import { type Address, shownAddress } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { PlanResult } from '../../reconcile/planning.ts'
import { manifestDiff } from '../../report/manifest-diff.ts'
import { reportIn } from '../../session/report-in.ts'
import type { Session } from '../../session/runtime.ts'
import { plural } from '../../text/count.ts'
import { trailing } from '../../text/quote.ts'
import { hanging } from '../../text/wrap.ts'
import { chosen } from '../differing.ts'
import { answeredNext } from '../next.ts'
import { repeatingFlags } from './answering.ts'
import type { Answered } from './ask.ts'
import { textsOf, write } from './file.ts'
import type { KeepOptions } from './options.ts'
import { type Proven, proven } from './prove.ts'
import { type Done, toldOf } from './told.ts'

/** Writes what a person answered, all of it in one step, once it is proven and the person has seen the change. */
export async function carriedOut(
  session: Session,
  options: KeepOptions,
  made: PlanResult,
  answers: Answered | undefined,
): Promise<number> {
  const { runtime } = session
  if (answers?.size === 0) return nothing(session, 'Nothing chosen')
  const ready = answers && (await withoutTrouble(session, made, answers))
  if (!ready) return givenUp(session)
  if (ready.answers.size === 0) return nothing(session, 'Nothing is left of what was chosen')
  const { edit, left } = ready.proof
  const file = edit?.file ?? options.file
  const changes = edit ? manifestDiff(file, edit.before, edit.after, runtime.terminal.color.err) : []
  runtime.err(`${changes.join('\n')}\n`)
  const told = toldOf({ ...options, file }, doneBy(ready.answers), left.length)
  if (!options.dryRun && edit) {
    const said = await yesOrNo(session, `Write this to ${file}?`)
    if (said === undefined) return givenUp(session)
    if (said === 'no') throw declined([...ready.answers.keys()])
    await write(session, edit)
  }
  runtime.out(`${hanging(told, runtime.terminal.width.out).join('\n')}\n`)
  return 0
}

/** Answers that are proven together. */
interface Ready {
  readonly answers: Answered
  readonly proof: Proven
}

/** Proves all answers at once; offers to leave out what stands in the way of the others. Undefined when the person gave up. */
async function withoutTrouble(session: Session, made: PlanResult, given: Answered): Promise<Ready | undefined> {
  const texts = textsOf(session)
  for (let answers = given; ; ) {
    const { operations } = made.plan
    const { differing } = chosen([...answers.keys()], operations, made.observed.input)
    try {
      const proof = await proven(session, made, differing, texts, answeredNext(answers))
      return { answers, proof }
    } catch (thrown) {
      const about = thrown instanceof Refusal ? thrown.about : undefined
      if (!(thrown instanceof Refusal) || about === undefined || answers.size < 2 || !answers.has(about)) throw thrown
      reportIn(session, repeatingFlags(thrown, session.options).diagnostics)
      const others = plural(answers.size - 1, 'other answer')
      const said = await yesOrNo(session, `Leave ${shownAddress(about)} and go on with the ${others}?`)
      if (said === undefined) return undefined
      if (said === 'no') throw declined([...answers.keys()])
      answers = new Map([...answers].filter(([at]) => at !== about))
    }
  }
}

function doneBy(answers: Answered): Done {
  const those = (which: 'adopt' | 'ignore') => [...answers].flatMap(([at, does]) => (does === which ? [at] : []))
  return { adopted: those('adopt'), ignored: those('ignore') }
}

async function yesOrNo({ runtime }: Session, question: string): Promise<'yes' | 'no' | undefined> {
  // What could not be shown cannot be agreed to.
  if (!(await runtime.delivered())) return undefined
  const read = (typed: string) =>
    /^y(?:es)?$/i.test(typed.trim()) ? 'yes' : /^no?$/i.test(typed.trim()) ? 'no' : undefined
  const trouble = (typed: string) => (read(typed) ? undefined : 'type y for yes or n for no')
  const typed = await runtime.terminal.ask(`${question} [y,n]`, { trouble })
  return typed === undefined ? undefined : read(typed)
}

function declined(addresses: readonly Address[]): Refusal {
  return new Refusal(
    error('declined', 'not confirmed; nothing was written', {
      hint: `run sso-reconcile adopt again, or name what is meant: sso-reconcile adopt${trailing(addresses.map(shownAddress))}`,
    }),
  )
}

// Where it was Ctrl-C, the program ends as it does then.
function givenUp({ runtime }: Session): number {
  runtime.err('Stopped; nothing was written.\n')
  return 1
}

function nothing({ runtime }: Session, why: string): number {
  runtime.out(`${why}; nothing was written.\n`)
  return 0
}
