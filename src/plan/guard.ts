import { limitsOf } from '../access/delegate.ts'
import type { Watch } from '../access/lockout.ts'
import { address, type KindName, kindNames, nameOf } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Operation } from '../model/operation.ts'
import type { FieldChange } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { listed } from '../text/list.ts'
import { lockouts } from './lockout.ts'

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
  watch: Watch,
  scope: ReadonlyMap<KindName, number>,
  allow: Allowances,
): Diagnostic[] {
  return [
    ...beyondDelegate(live, operations, watch.facts),
    ...tooManyDeletes(live, operations, { scope, allow, owner: watch.facts.owner }),
    ...(allow.allowLockout ? [] : lockouts(live, operations, watch)),
  ]
}

/** What a delegated administrator must not touch: AWS denies it whatever is in the management account. */
function beyondDelegate(live: State, operations: readonly Operation[], facts: Facts): Diagnostic[] {
  const { sets, bars } = limitsOf(live, facts)
  const beyond = operations.filter((one) => {
    const spec = one.kind === 'assignment' ? (one.after ?? one.before) : undefined
    return sets.has(one.address) || (spec !== undefined && bars(spec))
  })
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

/** What deletes are counted against. */
interface Counting {
  readonly scope: ReadonlyMap<KindName, number>
  readonly allow: Allowances
  /** Mark of this manifest. */
  readonly owner: string
}

function tooManyDeletes(
  live: State,
  operations: readonly Operation[],
  { scope, allow, owner }: Counting,
): Diagnostic[] {
  const removals = operations.filter((operation) => takesFromAdopted(live, operation, owner))
  const counted = new Set([...operations.filter(({ verb }) => verb === 'delete'), ...removals]).size
  if (counted === 0 || (allow.maxDeletes ?? -1) >= counted) return []
  const hint = `read the deletes above; if they are intended, add --max-deletes ${counted}`
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
    `the plan removes access from permission sets that this manifest did not create: ${listed(adopted)}`,
    { hint },
  )
  return [...shares, ...(adopted.length > 0 ? [foreign] : [])]
}

// A set somebody else made, or keeps by now, may grant what nobody wrote into this file yet.
function takesFromAdopted(live: State, operation: Operation, owner: string): boolean {
  const adopted = (name: string) => {
    const set = live['permission-set'].get(address('permission-set', name))
    return set !== undefined && set.mark !== owner
  }
  if (operation.kind === 'assignment')
    return operation.verb === 'delete' && !operation.named && adopted(operation.before?.permission_set ?? '')
  const cleared = operation.kind === 'permission-set' && operation.verb === 'update' && operation.fields.some(clears)
  return cleared && adopted(nameOf(operation.address))
}

function clears({ path, before, after }: FieldChange): boolean {
  if (!/_polic(y|ies)$|_boundary$/.test(path) || before === undefined) return false
  return (
    after === undefined || (Array.isArray(before) && Array.isArray(after) && before.some((one) => !after.includes(one)))
  )
}
