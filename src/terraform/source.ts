import type { Item, Output } from '../aws/operations.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Facts, Instance } from '../model/facts.ts'
import type { State } from '../model/state.ts'

/** What AWS keeps of a permission set beside what a state says of it, letter by letter. */
export interface SetDetails {
  readonly header: NonNullable<Output<'DescribePermissionSet'>['PermissionSet']>
  readonly tags: readonly Item<'ListTagsForResource'>[]
  /** The inline policy as AWS answers it, denials of revocations included; empty where there is none. */
  readonly policy: string
}

/** What an export is made of. */
export interface Source {
  readonly manifest: LoadedManifest
  readonly facts: Facts & { readonly instance: Instance }
  readonly desired: State
  readonly live: State
  /** Users by their ids, as AWS lists them. */
  readonly users: ReadonlyMap<string, Item<'ListUsers'>>
  /** Declared permission sets by their ARNs. */
  readonly sets: ReadonlyMap<string, SetDetails>
}

/** True for a user with everything that the provider requires of one. Source: aws_identitystore_user. */
export function isWhole(user: Item<'ListUsers'> | undefined): boolean {
  return Boolean(user?.DisplayName && user.Name?.GivenName && user.Name.FamilyName)
}
