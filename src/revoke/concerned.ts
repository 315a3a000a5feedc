import type { Address } from '../model/address.ts'
import type { Operation } from '../model/operation.ts'

/** The operations of a plan that end a user's access, or give it back: the rest of the manifest is left for apply. */
export function concerned(operations: readonly Operation[], user: string): readonly Address[] {
  return operations.filter((operation) => concerns(operation, user)).map(({ address }) => address)
}

function concerns({ kind, before, after, fields }: Operation, user: string): boolean {
  if (kind === 'permission-set') return fields.some(({ path }) => path === `revoked.${user}`)
  const spec = after ?? before
  if (kind === 'assignment')
    return spec !== undefined && 'principal' in spec && spec.principal === user && spec.principal_type === 'user'
  return kind === 'membership' && spec !== undefined && 'user' in spec && spec.user === user
}
