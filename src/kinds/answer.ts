import { type Question, questionKey } from '../access/questions.ts'
import { type Address, kindOf } from '../model/address.ts'
import { type Coverage, together } from '../model/coverage.ts'
import { type Diagnostic, refusedWith } from '../model/diagnostic.ts'
import type { Entries, Entry, State } from '../model/state.ts'
import { assignmentsFrom, directoriesOf } from './assignment/read.ts'
import { rowsInAccount, rowsOfPrincipal, rowsOfSet } from './assignment/rows.ts'
import type { ReadContext } from './contexts.ts'
import { groupsOf, membershipOf, membersOf } from './membership/read.ts'
import { outdatedAccounts, readRights } from './permission-set/content.ts'
import { directory } from './shared/directory.ts'

/** What reading one thing more adds to a state. */
interface Added {
  readonly entries: ReadonlyMap<Address, Entry>
  readonly covers: Partial<Coverage>
}

/**
 * The state with questions answered by further reads of the same look, all side by side. What AWS does not let the caller read stays
 * unread, and the state says why. Throws a Refusal for any other failure.
 */
export async function answer(context: ReadContext, state: State, questions: readonly Question[]): Promise<State> {
  const answers = await Promise.all(
    questions.map((question) => answerOne(context, state, question).catch(refusedFor(question))),
  )
  const covers = together([state.covers, ...answers.map((one) => one.covers)])
  return answers.reduce<State>((so, { entries }) => withEntries(so, entries), { ...state, covers })
}

function refusedFor(question: Question) {
  return (thrown: unknown): Added => {
    if (!refusedWith(thrown, 'aws-access-denied')) throw thrown
    const [why] = thrown.diagnostics
    const refused = new Map<string, Diagnostic>(why ? [[questionKey(question), why]] : [])
    return { entries: new Map(), covers: { refused } }
  }
}

function answerOne(context: ReadContext, state: State, question: Question): Promise<Added> {
  if (question.about === 'members') return members(context, state, question.group)
  if (question.about === 'memberships') return memberships(context, state, question.user)
  if (question.about === 'principal') return principal(context, state, question.principal)
  return question.about === 'account' ? account(context, question.account) : rights(context, state, question.set)
}

async function members(context: ReadContext, state: State, group: Address): Promise<Added> {
  const { users, groups } = await directory(context)
  const rows = await membersOf(context, refOf(state, group))
  return {
    entries: new Map(rows.map((row) => membershipOf(row, users, groups))),
    covers: { members: new Set([group]) },
  }
}

async function memberships(context: ReadContext, state: State, user: Address): Promise<Added> {
  const { users, groups } = await directory(context)
  const rows = await groupsOf(context, refOf(state, user))
  return {
    entries: new Map(rows.map((row) => membershipOf(row, users, groups))),
    covers: { memberships: new Set([user]) },
  }
}

// A delegated administrator may not ask by principal, and has to look at every set to know what one principal holds.
async function principal(context: ReadContext, state: State, at: Address): Promise<Added> {
  const ground = await directoriesOf(context)
  if (context.facts.caller?.delegated) {
    const rows = await Promise.all(ground.sets.map(({ arn }) => rowsOfSet(context, arn)))
    return { entries: assignmentsFrom(rows.flat(), ground), covers: { sets: 'all' } }
  }
  const type = kindOf(at) === 'group' ? 'GROUP' : 'USER'
  const rows = await rowsOfPrincipal(context, { type, id: refOf(state, at) })
  return { entries: assignmentsFrom(rows, ground), covers: { principals: new Set([at]) } }
}

async function account(context: ReadContext, id: string): Promise<Added> {
  const [ground, rows] = await Promise.all([directoriesOf(context), rowsInAccount(context, id)])
  return { entries: assignmentsFrom(rows, ground), covers: { accounts: new Set([id]) } }
}

async function rights(context: ReadContext, state: State, at: Address): Promise<Added> {
  const arn = refOf(state, at)
  const [{ content, deniedSince }, outdated] = await Promise.all([
    readRights(context, arn),
    outdatedAccounts(context, arn),
  ])
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
