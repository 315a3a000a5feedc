import { kindNamed } from '../kinds/index.ts'
import { address, type KindName, kindNames } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Operation } from '../model/operation.ts'
import type { FieldChange } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { administrators, callerPaths, reservedRole } from './administrators.ts'
import { takesAway } from './order.ts'
import { step } from './step.ts'

/** What a person explicitly allows beyond what is safe. */
export interface Allowances {
  /** Deletes the person has counted. */
  readonly maxDeletes?: number
  readonly allowLockout?: boolean
}

/** Refused above this share of what is there, once that is five things or more. */
const share = 0.3
const floor = 5

/** Why a plan must not be applied as it is. Pure. */
export function guard(
  live: State,
  operations: readonly Operation[],
  facts: Facts,
  scope: ReadonlyMap<KindName, number>,
  allow: Allowances,
): Diagnostic[] {
  return [
    ...beyondDelegate(live, operations, facts),
    ...tooManyDeletes(live, operations, scope, allow),
    ...(allow.allowLockout ? [] : lockouts(live, operations, facts)),
  ]
}

/**
 * Why an operation, run in this state, would lock people out; undefined when it would not. Asked again before each operation of
 * an apply, with the state as it then is.
 */
export function lockout(state: State, operation: Operation, facts: Facts): Diagnostic | undefined {
  if (endsCallersSession(operation, facts))
    return error(
      'lockout-caller',
      `${operation.verb} ${operation.address} would end the session that runs this, before it is done`,
      {
        hint: 'run this with other credentials, for example "aws login --profile bootstrap", or add --allow-lockout',
      },
    )
  // Nobody's access lives in the files of this machine.
  if (!takesAway(operation) || kindNamed(operation.kind).side === 'local') return undefined
  const { state: next } = step(state, operation)
  if (administrators(state, facts).size > 0 && administrators(next, facts).size === 0)
    return error(
      'lockout-administrator',
      `${operation.verb} ${operation.address} would leave nobody with administrator access to the management account`,
      {
        hint: 'keep one administrator, or add --allow-lockout when you hold other access (root user, IAM role)',
      },
    )
  return cutsCaller(state, next, operation, facts)
}

function endsCallersSession(operation: Operation, { caller }: Facts): boolean {
  const role = reservedRole(caller)
  if (!role || operation.address !== `permission-set/${role.set}`) return false
  return operation.fields.some(({ path, after }) => path === `revoked.${role.user}` && after !== undefined)
}

function cutsCaller(state: State, next: State, operation: Operation, { caller }: Facts): Diagnostic | undefined {
  const role = reservedRole(caller)
  const before = callerPaths(state, caller)
  if (!role || before.length === 0) return undefined
  const weakened = operation.verb === 'update' && operation.address === `permission-set/${role.set}`
  if (!weakened && callerPaths(next, caller).length > 0) return undefined
  return error(
    'lockout-caller',
    `${operation.verb} ${operation.address} takes away the access that runs this (${role.set} as ${role.user})`,
    {
      hint: 'log in through another permission set first and run this again, or add --allow-lockout',
    },
  )
}

/** What a delegated administrator must not touch: AWS denies it whatever is in the management account. */
function beyondDelegate(live: State, operations: readonly Operation[], { caller, management }: Facts): Diagnostic[] {
  if (!caller?.delegated) return []
  const home = [...live.assignment.values()].filter(({ spec }) => spec.account === management)
  const sets = new Set(home.map(({ spec }) => address('permission-set', spec.permission_set)))
  const beyond = operations.filter(
    (one) =>
      (one.kind === 'permission-set' && sets.has(one.address)) ||
      (one.kind === 'assignment' &&
        ((one.after ?? one.before)?.account === management || one.needs.some((need) => sets.has(need)))),
  )
  return beyond.map(({ verb, address: at }) =>
    error(
      'delegated-administrator',
      `a delegated administrator cannot ${verb} ${at}: its permission set is used in the management account`,
      {
        hint: 'run this with credentials of the management account',
      },
    ),
  )
}

function lockouts(live: State, operations: readonly Operation[], facts: Facts): Diagnostic[] {
  const found: Diagnostic[] = []
  let state = live
  for (const operation of operations) {
    const problem = lockout(state, operation, facts)
    if (problem) found.push({ ...problem, ...(operation.at ? { at: operation.at } : {}) })
    state = step(state, operation).state
  }
  return found
}

function tooManyDeletes(
  live: State,
  operations: readonly Operation[],
  scope: ReadonlyMap<KindName, number>,
  allow: Allowances,
): Diagnostic[] {
  const removals = operations.filter((operation) => takesFromAdopted(live, operation))
  const counted = new Set([...operations.filter(({ verb }) => verb === 'delete'), ...removals]).size
  if (counted === 0 || (allow.maxDeletes ?? -1) >= counted) return []
  const hint = `read the deletes above; if they are meant, add --max-deletes ${counted}`
  const shares = kindNames.flatMap((kind) => {
    const deletes = operations.filter((one) => one.kind === kind && one.verb === 'delete').length
    const there = scope.get(kind) ?? 0
    if (there < floor || deletes <= there * share) return []
    const percent = Math.round((100 * deletes) / there)
    return [
      error(
        'too-many-deletes',
        `the plan deletes ${deletes} of ${there} (${percent} %) of kind ${kind}; up to ${share * 100} % is done without asking`,
        { hint },
      ),
    ]
  })
  const adopted = removals.map(({ address }) => address)
  const foreign = error(
    'adopted-loses',
    `the plan takes away from permission sets this tool did not create: ${listed(adopted)}`,
    { hint },
  )
  return [...shares, ...(adopted.length > 0 ? [foreign] : [])]
}

// A set somebody else made may grant what nobody wrote into this file yet.
function takesFromAdopted(live: State, operation: Operation): boolean {
  if (operation.kind === 'assignment' && operation.verb === 'delete') {
    const set = live['permission-set'].get(
      `permission-set/${operation.address.slice('assignment/'.length).split(':')[0]}`,
    )
    return set !== undefined && !set.mark
  }
  if (operation.kind !== 'permission-set' || operation.verb !== 'update') return false
  return operation.fields.some(clears) && !live['permission-set'].get(operation.address)?.mark
}

function clears({ path, before, after }: FieldChange): boolean {
  if (!/_polic(y|ies)$|_boundary$/.test(path) || before === undefined) return false
  return (
    after === undefined || (Array.isArray(before) && Array.isArray(after) && before.some((one) => !after.includes(one)))
  )
}

function listed(names: readonly string[]): string {
  return names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')
}
