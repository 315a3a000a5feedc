import { reservedRole } from '../access/caller.ts'
import { type Change, cutsCaller, leavesNoAdministrator, type Watch } from '../access/lockout.ts'
import { kindNamed } from '../kinds/index.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Operation } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { takesAway } from './order.ts'
import { step } from './step.ts'

/** Why operations, run one after the other, would lock people out. Pure. */
export function lockouts(live: State, operations: readonly Operation[], watch: Watch): Diagnostic[] {
  const found: Diagnostic[] = []
  let state = live
  for (const operation of operations) {
    const problem = lockout(state, operation, watch)
    if (problem) found.push({ ...problem, ...(operation.at ? { at: operation.at } : {}) })
    state = step(state, operation).state
  }
  return found
}

/**
 * Why an operation, run in this state, would lock people out; undefined when it would not. Asked again before each operation of
 * an apply, with the state as it then is.
 */
export function lockout(state: State, operation: Operation, watch: Watch): Diagnostic | undefined {
  if (endsCallersSession(operation, watch.facts))
    return error(
      'lockout-caller',
      `${operation.verb} ${operation.address} would end the session that runs this, before it is done`,
      {
        hint: 'run this with other credentials, for example "aws login --profile bootstrap", or add --allow-lockout',
      },
    )
  // Nobody's access lives in the files of this machine.
  if (kindNamed(operation.kind).side === 'local' || !mayTakeAway(operation)) return undefined
  const change = changeOf(state, operation)
  if (leavesNoAdministrator(change, watch))
    return error(
      'lockout-administrator',
      `${operation.verb} ${operation.address} would leave nobody with administrator access to the management account${doubts(state)}`,
      {
        hint: withUnread(
          state,
          'keep one administrator, or add --allow-lockout when you hold other access (root user, IAM role)',
        ),
      },
    )
  const role = reservedRole(watch.facts.caller)
  if (!role || !cutsCaller(change, watch)) return undefined
  return error(
    'lockout-caller',
    `${operation.verb} ${operation.address} takes away the access that runs this (${role.set} as ${role.user})${doubts(state)}`,
    {
      hint: withUnread(state, 'log in through another permission set first and run this again, or add --allow-lockout'),
    },
  )
}

// An update that brings an older version up to date may take away what that version gave.
function mayTakeAway(operation: Operation): boolean {
  return takesAway(operation) || operation.urgent === true || replacesOlderVersion(operation)
}

function replacesOlderVersion({ fields }: Operation): boolean {
  return fields.some(({ path }) => path === 'outdated_in')
}

function changeOf(state: State, operation: Operation): Change {
  const weakens = operation.verb === 'update' && (takesAway(operation) || replacesOlderVersion(operation))
  return {
    before: state,
    after: step(state, operation).state,
    ...(weakens ? { weakened: operation.address } : {}),
  }
}

// What could not be read might have shown that somebody remains.
function doubts({ covers: { refused } }: State): string {
  return refused.size > 0 ? ', as far as could be read' : ''
}

function withUnread({ covers: { refused } }: State, hint: string): string {
  const [first] = refused.values()
  return first ? `${first.message.split(' (')[0]}, so that not everything is known: ${first.hint}; or ${hint}` : hint
}

function endsCallersSession(operation: Operation, { caller }: Facts): boolean {
  const role = reservedRole(caller)
  if (!role || operation.address !== `permission-set/${role.set}`) return false
  return operation.fields.some(({ path, after }) => path === `revoked.${role.user}` && after !== undefined)
}
