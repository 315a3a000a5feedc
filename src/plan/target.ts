import { kindNamed, kindNames } from '../kinds/index.ts'
import { type Address, kindOf } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import { type Entries, entryAt, type State } from '../model/state.ts'
import { nothingSuch, type Sides } from './nothing-such.ts'

/**
 * The operations on the targets, with what they need, the deletes that must come first, the other half of renames, and who is let in before
 * a target is closed to others. Pure.
 */
export function restrict(
  operations: readonly Operation[],
  targets: readonly string[],
  desired: State,
): readonly Operation[] {
  const chosen = new Set<string>(targets)
  for (let size = -1; size !== chosen.size; ) {
    size = chosen.size
    for (const operation of operations.filter((one) => comesAlong(one, chosen, { all: operations, desired }))) {
      chosen.add(operation.address)
      for (const address of brings(operation)) chosen.add(address)
    }
  }
  return operations.filter(({ address }) => chosen.has(address))
}

interface Whole {
  readonly all: readonly Operation[]
  readonly desired: State
}

function comesAlong(operation: Operation, chosen: ReadonlySet<string>, { all, desired }: Whole): boolean {
  const { address, verb, needs, replaces } = operation
  if (chosen.has(address) || (replaces !== undefined && chosen.has(replaces))) return true
  const needed = (other: Operation) => chosen.has(other.address) && needs.includes(other.address)
  const closes = (at: Address) => chosen.has(at) && all.some((other) => other.address === at && other.restricts)
  if (verb === 'create' && letsInto(operation, desired).some(closes)) return true
  // A delete comes along when what it needs goes, since it has to come first; and whoever held what is renamed must hold its successor.
  return all.some(
    (other) =>
      needed(other) &&
      (verb === 'delete' ? other.verb === 'delete' : other.verb === 'create' && other.replaces !== undefined),
  )
}

function letsInto({ kind, after }: Operation, desired: State): readonly Address[] {
  return after ? (kindNamed(kind).letsInto?.(after, desired) ?? []) : []
}

function brings({ verb, needs, follows = [], replaces }: Operation): readonly Address[] {
  return [...(verb === 'delete' ? [] : needs), ...follows, ...(replaces ? [replaces] : [])]
}

/** Targets that name nothing that is desired or live. */
export function unknownTargets(
  targets: readonly string[],
  sides: Sides & { readonly selected: ReadonlySet<KindName> },
): Diagnostic[] {
  const { desired, live, selected } = sides
  const known = (target: string) => /^[a-z-]+\/./.test(target) && exists(target as Address, desired, live)
  const outside = targets.filter((target) => known(target) && !selected.has(kindOf(target as Address)))
  const unselected = outside.map((target) =>
    error('target-unselected', `--target ${target} is outside what --only selects`, {
      hint: 'omit --only, or add its kind to it',
    }),
  )
  const unknown = targets
    .filter((target) => !known(target))
    .map((target) => error('target-unknown', ...nothingSuch(target, sides, '--target ')))
  return [...unselected, ...unknown]
}

function exists(target: Address, desired: State, live: State): boolean {
  const kind = kindNames.find((name) => target.startsWith(`${name}/`))
  if (!kind) return false
  const entries: Entries = desired[kind]
  const wasThat = [...entries.values()].some(({ was }) => was === target)
  return wasThat || Boolean(entryAt(desired, target) ?? entryAt(live, target))
}
