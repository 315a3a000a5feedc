import { type Question, questionKey } from '../access/questions.ts'
import { type Address, kindOf } from '../model/address.ts'
import { type Coverage, together } from '../model/coverage.ts'
import { type Diagnostic, refusedWith } from '../model/diagnostic.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import { assignmentsFrom, groundOf, rowsInAccount, rowsOfPrincipal, rowsOfSet } from './assignment-read.ts'
import { directory } from './directory.ts'
import type { Look } from './kind.ts'
import { membershipOf, membersOf } from './membership-read.ts'
import { outdatedAccounts, readRights } from './permission-set-content.ts'

/** What reading one thing more adds to a state. */
interface Answer {
  readonly entries: ReadonlyMap<Address, Entry>
  readonly covers: Partial<Coverage>
}

/**
 * The state with questions answered by further reads of the same look, all side by side. What AWS does not let the caller read stays
 * unread, and the state says why. Throws a Refusal for any other failure.
 */
export async function answer(look: Look, state: State, questions: readonly Question[]): Promise<State> {
  const answers = await Promise.all(
    questions.map((question) => answerOne(look, state, question).catch(refusedFor(question))),
  )
  const covers = together([state.covers, ...answers.map((one) => one.covers)])
  return answers.reduce<State>((so, { entries }) => withEntries(so, entries), { ...state, covers })
}

function refusedFor(question: Question) {
  return (thrown: unknown): Answer => {
    if (!refusedWith(thrown, 'aws-access-denied')) throw thrown
    const [why] = thrown.diagnostics
    const refused = new Map<string, Diagnostic>(why ? [[questionKey(question), why]] : [])
    return { entries: new Map(), covers: { refused } }
  }
}

function answerOne(look: Look, state: State, question: Question): Promise<Answer> {
  if (question.about === 'members') return members(look, state, question.group)
  if (question.about === 'principal') return principal(look, state, question.principal)
  return question.about === 'account' ? account(look, question.account) : rights(look, state, question.set)
}

async function members(look: Look, state: State, group: Address): Promise<Answer> {
  const { users, groups } = await directory(look)
  const rows = await membersOf(look, refOf(state, group))
  return {
    entries: new Map(rows.map((row) => membershipOf(row, users, groups))),
    covers: { members: new Set([group]) },
  }
}

// A delegated administrator may not ask by principal, and has to look at every set to know what one principal holds.
async function principal(look: Look, state: State, at: Address): Promise<Answer> {
  const ground = await groundOf(look)
  if (look.facts.caller?.delegated) {
    const rows = await Promise.all(ground.sets.map(({ arn }) => rowsOfSet(look, arn)))
    return { entries: assignmentsFrom(rows.flat(), ground), covers: { sets: 'all' } }
  }
  const type = kindOf(at) === 'group' ? 'GROUP' : 'USER'
  const rows = await rowsOfPrincipal(look, { type, id: refOf(state, at) })
  return { entries: assignmentsFrom(rows, ground), covers: { principals: new Set([at]) } }
}

async function account(look: Look, id: string): Promise<Answer> {
  const [ground, rows] = await Promise.all([groundOf(look), rowsInAccount(look, id)])
  return { entries: assignmentsFrom(rows, ground), covers: { accounts: new Set([id]) } }
}

async function rights(look: Look, state: State, at: Address): Promise<Answer> {
  const arn = refOf(state, at)
  const [{ content, deniedSince }, outdated] = await Promise.all([readRights(look, arn), outdatedAccounts(look, arn)])
  const entry = state['permission-set'].get(at)
  if (!entry) return { entries: new Map(), covers: {} }
  const spec = { ...entry.spec, ...content, ...(outdated.length > 0 ? { outdated_in: outdated } : {}) }
  return { entries: new Map([[at, { ...entry, spec, deniedSince, partial: 'rights' }]]), covers: {} }
}

function refOf(state: State, at: Address): string {
  const entries: Entries = state[kindOf(at)]
  const ref = entries.get(at)?.ref
  if (!ref) throw new Error(`no id is known for ${at}`)
  return ref
}

// What a state has read in full is not made poorer by a second reading.
function withEntries(state: State, entries: ReadonlyMap<Address, Entry>): State {
  const [first] = entries.keys()
  if (first === undefined) return state
  const kind = kindOf(first)
  const known: Entries = state[kind]
  const fuller = [...entries].filter(([at]) => !known.has(at) || known.get(at)?.partial === 'header')
  return { ...state, [kind]: new Map([...known, ...fuller]) }
}
