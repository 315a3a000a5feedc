/** Who exists and what is assigned, as Identity Center tells it: ids tie the lists together. */
export interface LiveGrants {
  readonly users: readonly LiveUser[]
  readonly groups: readonly LiveGroup[]
  readonly sets: readonly LiveSet[]
  readonly accounts: readonly LiveAccount[]
  readonly assignments: readonly LiveAssignment[]
}

export interface LiveUser {
  readonly id: string
  readonly name: string
  /** Can no longer sign in. */
  readonly disabled: boolean
}

export interface LiveGroup {
  readonly id: string
  readonly name: string
  /** Ids of the users in it. */
  readonly members: readonly string[]
}

export interface LiveSet {
  readonly arn: string
  readonly name: string
  /** As the manifest writes it: `8h`. */
  readonly duration: string
  /** Lets its holder do everything in the account. */
  readonly administrative: boolean
}

export interface LiveAccount {
  readonly id: string
  /** Nickname in the manifest, else the name in the organization. */
  readonly label: string
}

export interface LiveAssignment {
  /** ARN of the permission set. */
  readonly set: string
  readonly account: string
  readonly principal: { readonly type: 'user' | 'group'; readonly id: string }
}
