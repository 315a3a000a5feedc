import { reservedRole } from '../access/caller.ts'
import type { Claim } from '../access/claims.ts'
import { cutsCaller, doubtful, leavesNoAdministrator, type StateChange, type Watch } from '../access/lockout.ts'
import { policiesIn } from '../access/policies.ts'
import { refusedQuestions } from '../access/questions.ts'
import { kindNamed } from '../kinds/index.ts'
import { type Address, nameOf, shownAddress } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { givesEverything } from '../policies/everything.ts'
import { dependencies, takesAway } from './order.ts'
import { step } from './step.ts'
import { turns } from './steps.ts'
import { withUnread } from './unread.ts'

/**
 * Why operations, run phase after phase, would lock people out, although those of a phase that would do so wait for the others of it.
 * Pure.
 */
export function lockouts(live: State, operations: readonly Operation[], watch: Watch): Diagnostic[] {
  const waits = dependencies(operations)
  const found: Diagnostic[] = []
  let state = live
  for (const turn of turns(operations)) {
    const { left, after } = startable(turn.operations, state, watch, waits)
    state = after
    for (const operation of left) {
      const problem = lockout(state, operation, watch)
      if (problem) found.push({ ...problem, ...(operation.at ? { at: operation.at } : {}) })
      state = step(state, operation).state
    }
  }
  return found
}

type Waits = ReadonlyMap<Address, readonly Address[]>

/** Runs what locks nobody out, in several rounds; gives the state after it, and what is left with all that depends on it. */
function startable(operations: readonly Operation[], live: State, watch: Watch, waits: Waits) {
  let [left, after] = [operations, live]
  for (let count = -1; left.length !== count; ) {
    count = left.length
    const open = new Set(left.map(({ address: at }) => at))
    left = left.filter((operation) => {
      const { address: at, urgent } = operation
      if (!urgent && waits.get(at)?.some((other) => other !== at && open.has(other))) return true
      if (lockout(after, operation, watch)) return true
      after = step(after, operation).state
      open.delete(at)
      return false
    })
  }
  return { left, after }
}

/**
 * Why an operation, run in this state, would lock people out; undefined when it would not. Asked again before each operation of
 * an apply, with the state as it then is.
 */
export function lockout(state: State, operation: Operation, watch: Watch): Diagnostic | undefined {
  const kind = kindNamed(operation.kind)
  if (kind.endsSession?.(operation, watch.facts))
    return error(
      'lockout-caller',
      `${operation.verb} ${shownAddress(operation.address)} would end the session running this before it is done`,
      {
        hint: 'run this with other credentials, for example "aws login --profile bootstrap", or add --allow-lockout',
      },
    )
  // Nobody's access lives in the files of this machine.
  const obscured = kind.obscures?.(operation, state)
  const takes = mayTakeAway(state, operation)
  if (kind.side === 'local' || (!obscured && !takes)) return undefined
  const change = changeOf(state, operation)
  if (leavesNoAdministrator(obscured ? { weakened: obscured, ...change } : change, watch))
    return noAdministrator(state, operation, doubtful(change.after, watch))
  const role = reservedRole(watch.facts.caller)
  if (!role || !takes || !cutsCaller(change, watch)) return undefined
  return error(
    'lockout-caller',
    `${operation.verb} ${shownAddress(operation.address)} removes the access that this run is using (${role.set} as ${role.user})${doubts(state)}`,
    {
      hint: withUnread(
        unread(state),
        'log in through another permission set first and run this again, or add --allow-lockout',
      ),
    },
  )
}

function noAdministrator(state: State, { verb, address: at }: Operation, left: readonly Claim[]): Diagnostic {
  // In one order, whatever was read first.
  const sets = [...new Set(left.flatMap(({ set }) => set ?? []))].sort()
  const people = [...new Set(left.map(({ who }) => who))].sort()
  const others = people.length > 1 ? ` and ${people.length - 1} more` : ''
  // Where something could not be read, that is the reason; else whoever is left is limited by what a plan cannot judge.
  const limited =
    sets.length > 0 && refusedQuestions(state).length === 0
      ? `; ${people[0]}${others} may still have it through ${sets.join(', ')}, but a boundary, a condition, a Deny, a policy of unknown text or an older version may limit that`
      : ''
  const message = `${verb} ${shownAddress(at)} would leave nobody with administrator access to the management account${limited}${doubts(state)}`
  const keep = limited ? 'keep one administrator without such limits' : 'keep one administrator'
  const hint = `${keep}, or add --allow-lockout if you have other access (root user, IAM role)`
  return error('lockout-administrator', message, { hint: withUnread(unread(state), hint) })
}

function mayTakeAway(state: State, operation: Operation): boolean {
  return (
    takesAway(operation) ||
    operation.urgent === true ||
    kindNamed(operation.kind).weakens?.(operation, state) !== undefined
  )
}

function changeOf(state: State, operation: Operation): StateChange {
  const after = step(state, operation).state
  const weakened = kindNamed(operation.kind).weakens?.(operation, state)
  // Whatever an older version gave, nobody loses anything to a set that gives everything.
  return {
    before: state,
    after,
    ...(weakened && !givesEverything(policiesIn(after, nameOf(weakened.set))) ? { weakened } : {}),
  }
}

// What could not be read might have shown that somebody remains.
function doubts(state: State): string {
  return refusedQuestions(state).length > 0 ? ', as far as could be read' : ''
}

function unread(state: State): Diagnostic | undefined {
  const [first] = refusedQuestions(state)
  return first
}
