import { kindNamed } from '../kinds/index.ts'
import type { Address } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName, Specs } from '../model/specs.ts'
import { entryAt, type State } from '../model/state.ts'

/**
 * Marks operations that take over a value which only one thing of their kind can have, such as an e-mail address, so that its holder lets
 * go first. Names need no mark: they are addresses. Pure.
 */
export function withTakeovers(operations: readonly Operation[], live: State): readonly Operation[] {
  const freed = new Map(operations.flatMap((operation) => released(operation, live)))
  if (freed.size === 0) return operations
  return operations.map((operation) => {
    const holder = freed.get(keyOf(operation.kind, operation.after))
    return holder && holder !== operation.address ? { ...operation, follows: [holder] } : operation
  })
}

function released({ kind, address, after }: Operation, live: State): [string, Address][] {
  const before = keyOf(kind, entryAt(live, address)?.spec)
  return before !== '' && before !== keyOf(kind, after) ? [[before, address]] : []
}

/** The unique value of a spec, with its kind; empty where there is none. */
function keyOf(name: KindName, spec: Specs[KindName] | undefined): string {
  const value = spec && kindNamed(name).unique?.(spec)
  return value ? `${name} ${value}` : ''
}
