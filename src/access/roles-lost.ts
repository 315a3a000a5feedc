import { type Address, address, nameOf } from '../model/address.ts'
import { covers } from '../model/coverage.ts'
import type { Operation } from '../model/operation.ts'
import type { AssignmentSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'

/** Roles of one permission set that go in the course of a plan, because nothing is left assigned where they are. */
export interface LostRoles {
  readonly set: string
  /** Ids of the accounts. */
  readonly accounts: readonly string[]
  /** False where an assignment that was not looked for, of a user or group that is gone, may keep them. */
  readonly sure: boolean
  /** The set goes too. */
  readonly whole: boolean
  /** Name of the set that takes its place. */
  readonly successor?: string
  /** The same plan assigns the set there again, after the role has gone. */
  readonly again: boolean
  /** What takes the last assignments away. */
  readonly because: readonly Operation[]
}

/**
 * Roles that operations, in their order, take away: AWS deletes the role of a set in an account with its last assignment there, and one
 * that is made later has another suffix (UG/referencingpermissionsets). Where others may be assigned that were not read, nothing is said. Pure.
 */
export function rolesLost(operations: readonly Operation[], live: State): readonly LostRoles[] {
  const places = emptied(operations, live)
  const sets = [...new Set(places.map(({ set }) => set))]
  const lost = (at: string, again: boolean) => {
    const those = places.filter((one) => one.set === at && one.again === again)
    return those.length === 0 ? [] : [together(at, those, operations, live)]
  }
  return sets.flatMap((set) => [...lost(set, false), ...lost(set, true)])
}

/** A place where the role goes. */
interface Emptied {
  readonly set: string
  readonly account: string
  readonly again: boolean
  readonly because: Operation
}

function emptied(operations: readonly Operation[], live: State): readonly Emptied[] {
  const changes = operations.flatMap((one) => assignmentChange(one) ?? [])
  const touched = new Set(changes.flatMap(({ verb, spec }) => (verb === 'delete' ? [placeOf(spec)] : [])))
  if (touched.size === 0) return []
  const gone = new Set(operations.flatMap((one) => deletedSet(one) ?? []))
  const held = heldAt(touched, live)
  const last = new Map<string, Emptied>()
  for (const { verb, spec, operation } of changes.filter((one) => touched.has(placeOf(one.spec)))) {
    const place = placeOf(spec)
    const those = held.get(place) ?? new Set()
    held.set(place, those)
    if (verb === 'create') those.add(operation.address)
    else if (those.delete(operation.address) && those.size === 0)
      last.set(place, { set: spec.permission_set, account: spec.account, again: false, because: operation })
  }
  return [...last].flatMap(([place, one]) => {
    const known = gone.has(one.set) || knowledge(live, one) !== 'none'
    return known ? [{ ...one, again: (held.get(place)?.size ?? 0) > 0 }] : []
  })
}

interface AssignmentChange {
  readonly verb: 'create' | 'delete'
  readonly spec: AssignmentSpec
  readonly operation: Operation
}

function assignmentChange(operation: Operation): AssignmentChange | undefined {
  if (operation.kind !== 'assignment') return undefined
  const { verb, before, after } = operation
  if (verb === 'delete' && before) return { verb, spec: before, operation }
  return verb === 'create' && after ? { verb, spec: after, operation } : undefined
}

function deletedSet({ kind, verb, address: at }: Operation): string | undefined {
  return kind === 'permission-set' && verb === 'delete' ? nameOf(at) : undefined
}

function placeOf({ permission_set, account }: AssignmentSpec): string {
  return `${permission_set} ${account}`
}

function heldAt(places: ReadonlySet<string>, { assignment }: State): Map<string, Set<Address>> {
  const held = new Map<string, Set<Address>>()
  for (const [at, { spec }] of assignment) {
    const place = placeOf(spec)
    if (!places.has(place)) continue
    held.set(place, (held.get(place) ?? new Set()).add(at))
  }
  return held
}

/** What is known of everything that is assigned of a set in an account. */
function knowledge({ covers: { sets, accounts, principals } }: State, { set, account }: Emptied) {
  if (covers(sets, address('permission-set', set)) || covers(accounts, account)) return 'all'
  return principals === 'all' ? 'all but orphans' : 'none'
}

function together(set: string, places: readonly Emptied[], operations: readonly Operation[], live: State): LostRoles {
  const at = address('permission-set', set)
  const whole = operations.some((one) => deletedSet(one) === set)
  const next = operations.find((one) => one.kind === 'permission-set' && one.verb === 'create' && one.replaces === at)
  return {
    set,
    accounts: places.map(({ account }) => account),
    sure: whole || places.every((one) => knowledge(live, one) === 'all'),
    whole,
    ...(next ? { successor: nameOf(next.address) } : {}),
    again: places.some(({ again }) => again),
    because: places.map(({ because }) => because),
  }
}
