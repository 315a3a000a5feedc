import type { Input, Item } from '../../aws/operations.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import type { Manifest } from '../../manifest/types.ts'
import { enterpriseAttributes } from '../../model/attribute-sources.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import { listed } from '../../text/list.ts'
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
  return enterpriseKeysOf(users).length > 0
}

/** The enterprise attributes that users of a manifest have, as it calls them. */
function enterpriseKeysOf(users: NonNullable<Manifest['users']>): readonly string[] {
  return [...enterpriseAttributes].filter((key) => Object.values<object>(users).some((one) => Object.hasOwn(one, key)))
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

/** Where a manifest needs what a server or a Region does not know, the request for users is refused as such, whoever is asked for. */
async function withExtensions(
  reader: ReadContext['reader'],
  store: Asks,
  { manifest }: LoadedManifest,
): Promise<readonly Item<'ListUsers'>[]> {
  try {
    return await reader.list('ListUsers', withEnterprise(store))
  } catch (thrown) {
    if (!refusedWith(thrown, 'aws-validation') || !(await answers(reader, store))) throw thrown
    const why = thrown.diagnostics.map(({ message }) => message).join('; ')
    const { users = {} } = manifest
    const keys = enterpriseKeysOf(users)
    throw new Refusal(
      error('enterprise-unknown', `users can be listed there, but not with their enterprise attributes: ${why}`, {
        hint: `this Region or server does not know them: take ${listed(keys, 6)} out of users in the manifest, or check AWS_ENDPOINT_URL and what answers there`,
      }),
      { cause: thrown },
    )
  }
}

function answers(reader: ReadContext['reader'], store: Asks): Promise<boolean> {
  return reader.list('ListUsers', store).then(
    () => true,
    () => false,
  )
}

/** All users, each question once a look. Where nobody has to know the extension, a server may refuse to tell it, or not know it. */
export async function usersOf({ reader, facts, manifest, scope }: ReadContext): Promise<Users> {
  const store = { IdentityStoreId: facts.instance.identity_store_id }
  const request = usersRequest(store, manifest.manifest)
  if (request !== store) return { rows: await withExtensions(reader, store, manifest) }
  if (!scope.extensions) return { rows: await reader.list('ListUsers', store) }
  try {
    return { rows: await reader.list('ListUsers', withEnterprise(store)) }
  } catch (thrown) {
    const isNo = thrown instanceof Refusal && thrown.diagnostics.some(({ code }) => no.has(code))
    if (!isNo) throw thrown
    return { rows: await reader.list('ListUsers', store), refused: thrown.diagnostics[0] }
  }
}
