import type { JsonObject } from './json.ts'

/** A policy that a permission set names, and where the manifest does. */
export interface NamedPolicy {
  /** Name or path/name of a policy of AWS; path and name of a customer-managed one, `/team/Boundary`. */
  readonly name: string
  readonly permissionSet: string
  /** Keys and indexes that lead to it from the top of the manifest. */
  readonly path: readonly (string | number)[]
}

/** A customer-managed policy, and the accounts that need it. */
export interface CustomerPolicy extends NamedPolicy {
  /** Ids. */
  readonly accounts: readonly string[]
}

/** An inline policy as it would be written, and where the manifest has it. */
export interface InlinePolicy extends Pick<NamedPolicy, 'permissionSet' | 'path'> {
  readonly document: JsonObject
}

/** What a change needs of IAM: policies that have to exist before it is made, and texts that IAM has to understand. */
export interface PolicyUse {
  readonly managed: readonly NamedPolicy[]
  readonly customer: readonly CustomerPolicy[]
  readonly inline: readonly InlinePolicy[]
}

/** Changes that need nothing. */
export const noPolicies: PolicyUse = { managed: [], customer: [], inline: [] }

/** A customer-managed policy that has to exist in accounts whose IAM was not asked. */
export interface RequiredPolicy {
  /** Path and name, `/team/Boundary`. */
  readonly name: string
  readonly permissionSets: readonly string[]
  readonly accounts: readonly { readonly id: string; readonly label: string }[]
}
