import { type Address, type KindName, kindOf } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import { entryAt, type State } from '../model/state.ts'

/** The operations on the targets, with what they need and the deletes that must come first. Pure. */
export function restrict(operations: readonly Operation[], targets: readonly string[]): readonly Operation[] {
  const chosen = new Set<string>(targets)
  const pulled = (operation: Operation) =>
    chosen.has(operation.address) ||
    // A delete comes along when what it needs goes, since it has to come first.
    (operation.verb === 'delete' &&
      operations.some(
        (other) => other.verb === 'delete' && chosen.has(other.address) && operation.needs.includes(other.address),
      ))
  for (let size = -1; size !== chosen.size; ) {
    size = chosen.size
    for (const operation of operations.filter(pulled)) {
      chosen.add(operation.address)
      const before = operation.verb === 'delete' ? [] : operation.needs
      for (const address of [...before, ...(operation.follows ?? [])]) chosen.add(address)
    }
  }
  return operations.filter(({ address }) => chosen.has(address))
}

/** Targets that name nothing that is wanted or live. */
export function unknownTargets(
  targets: readonly string[],
  {
    desired,
    live,
    selected,
  }: { readonly desired: State; readonly live: State; readonly selected: ReadonlySet<KindName> },
): Diagnostic[] {
  const known = (target: string) => /^[a-z-]+\/./.test(target) && exists(target as Address, desired, live)
  const outside = targets.filter((target) => known(target) && !selected.has(kindOf(target as Address)))
  const barred = outside.map((target) =>
    error('target-unselected', `--target ${target} is outside what --only selects`, {
      hint: 'leave --only out, or name its kind there too',
    }),
  )
  const unknown = targets
    .filter((target) => !known(target))
    .map((target) =>
      error('target-unknown', `--target ${target} is neither in the manifest nor live`, {
        hint: 'addresses are written as a plan shows them, for example permission-set/Admin or user/taro',
      }),
    )
  return [...barred, ...unknown]
}

function exists(target: Address, desired: State, live: State): boolean {
  const kind = target.slice(0, target.indexOf('/'))
  return Object.hasOwn(desired, kind) && Boolean(entryAt(desired, target) ?? entryAt(live, target))
}
