import type { Address } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'
import type { State } from '../model/state.ts'

/**
 * Marks operations that take over an e-mail address, which only one user can have, so that its holder lets go first. This is the
 * only unique value besides names: user name, group name and set name are addresses.
 */
export function withTakeovers(operations: readonly Operation[], live: State): readonly Operation[] {
  const freed = new Map(operations.flatMap((operation) => released(operation, live)))
  if (freed.size === 0) return operations
  return operations.map((operation) => {
    const holder = freed.get(emailOf(operation.kind === 'user' ? operation.after : undefined))
    return holder && holder !== operation.address ? { ...operation, follows: [holder] } : operation
  })
}

function released({ kind, address, after }: Operation, live: State): [string, Address][] {
  if (kind !== 'user') return []
  const before = emailOf(live.user.get(address)?.spec)
  return before !== '' && before !== emailOf(after) ? [[before, address]] : []
}

/** An e-mail address as uniqueness sees it; empty when there is none. */
function emailOf(spec: Operation['after']): string {
  const email = spec && 'email' in spec ? spec.email : ''
  return typeof email === 'string' ? email.toLowerCase() : ''
}
