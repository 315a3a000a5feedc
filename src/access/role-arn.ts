import type { Facts } from '../model/facts.ts'
import { partitionOf } from '../model/partition.ts'
import { reservedPath } from '../model/reserved-path.ts'

/** How the IAM role behind a permission set in an account is named. */
export interface RoleNames {
  /** Its ARN; null where nobody has read which suffix it has. */
  readonly role_arn: string | null
  /** The ARN with wildcards for the suffix, for ArnLike and StringLike; null where the name of the set is not known. */
  readonly role_arn_pattern: string | null
}

/**
 * Sixteen signs, as many as every suffix has: a star would take in the roles of other sets too, those of `Admin_Read` by the pattern of
 * `Admin`. The number is well known and in no documentation that was read; with another one the pattern matches nothing.
 */
const anySuffix = '?'.repeat(16)

/** Where the roles of an Identity Center are: its home Region is in the path, unless that is us-east-1 (UG/referencingpermissionsets). */
export function rolePath(region: string): string {
  return region === 'us-east-1' ? reservedPath : `${reservedPath}${region}/`
}

/** Names of permission sets, none of whose characters is a wildcard (sso-admin API Reference, PermissionSetName). */
const setName = /^[\w+=,.@-]{1,32}$/

/** The ARN of a role with wildcards for what is not known of it; null where the name of the set is not known. Pure. */
export function rolePattern(account: string, set: string, { region, instance }: PlaceOfRoles): string | null {
  if (!setName.test(set)) return null
  const partition = instance?.arn.split(':')[1] ?? partitionOf(region)
  return `arn:${partition}:iam::${account}:role${rolePath(region)}AWSReservedSSO_${set}_${anySuffix}`
}

type PlaceOfRoles = Pick<Facts, 'region' | 'instance'>

/** A role of Identity Center by its ARN. */
export interface RoleOfSet {
  readonly arn: string
  readonly account: string
  /** As `/aws-reserved/sso.amazonaws.com/eu-west-1/`. */
  readonly path: string
  readonly set: string
}

const form =
  /^arn:aws[a-z-]*:iam::(\d{12}):role(\/aws-reserved\/sso\.amazonaws\.com\/(?:[\w-]+\/)?)AWSReservedSSO_([\w+=,.@-]+)_[0-9a-f]{16}$/

/** What the ARN of a role says of it; undefined for one that Identity Center has not made. Pure. */
export function roleOfSet(arn: string): RoleOfSet | undefined {
  const [, account, path, set] = form.exec(arn) ?? []
  return account && path && set ? { arn, account, path, set } : undefined
}
