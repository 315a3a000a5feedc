import type { Input, Item } from '../../aws/operations.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import type { ReadContext } from '../contexts.ts'

/** The extension of users that holds cost center, manager and the like; the only one there is (ListUsers in the Identity Store API). */
export const enterprise = 'aws:identitystore:enterprise'

/** Extensions of a user as an answer shows them. */
export type Extensions = Readonly<Record<string, unknown>>

type Asks = Input<'ListUsers'>

/** A list of users, and why it says nothing of their enterprise attributes although it was to. */
export interface Users {
  readonly rows: readonly Item<'ListUsers'>[]
  readonly refused?: Diagnostic | undefined
}

/** True for a manifest that says something of the enterprise attributes of a user. */
export function usesEnterprise({ users = {} }: Pick<Manifest, 'users'>): boolean {
  return Object.values(users).some(
    ({ employee_number, cost_center, organization, division, department, manager }) =>
      (employee_number ?? cost_center ?? organization ?? division ?? department ?? manager) !== undefined,
  )
}

/** The request for all users that a plan of a manifest sends: extensions come only when they are asked for. */
export function usersRequest(store: Pick<Asks, 'IdentityStoreId'>, manifest: Pick<Manifest, 'users'>): Asks {
  return usesEnterprise(manifest) ? withEnterprise(store) : store
}

/** The same request for what it is about, with the enterprise extension. */
export function withEnterprise<T extends object>(request: T): T & { readonly Extensions: string[] } {
  return { ...request, Extensions: [enterprise] }
}

/** How AWS says no to a question, which others may still be answered. */
const no: ReadonlySet<string> = new Set(['aws-access-denied', 'aws-validation', 'aws-error'])

/** All users, each question once a look. Where nobody has to know the extension, a server may refuse to tell it, or not know it. */
export async function usersOf({ reader, facts, manifest, scope }: ReadContext): Promise<Users> {
  const store = { IdentityStoreId: facts.instance.identity_store_id }
  const request = usersRequest(store, manifest.manifest)
  if (request !== store || !scope.extensions) return { rows: await reader.list('ListUsers', request) }
  try {
    return { rows: await reader.list('ListUsers', withEnterprise(store)) }
  } catch (thrown) {
    const isNo = thrown instanceof Refusal && thrown.diagnostics.some(({ code }) => no.has(code))
    if (!isNo) throw thrown
    return { rows: await reader.list('ListUsers', store), refused: thrown.diagnostics[0] }
  }
}
