/** A user or group that may take an IAM role through account access manager, by the ids of Identity Center. */
export interface Entitlement {
  readonly id: string
  /** ARN of the application of account access manager. */
  readonly application: string
  readonly principal_type: 'user' | 'group'
  readonly principal_id: string
  /** The account that the role is in. */
  readonly account: string
  readonly role_arn: string
}

/** What account access manager gives to users and groups of an instance: all of it, unless it says why not. */
export interface Entitlements {
  readonly entitlements: readonly Entitlement[]
  /** Why others may be missing, in words that end a sentence. */
  readonly unread?: string
  /** True where account access manager is in use for the instance, and what it gives was not read. */
  readonly isInUse?: true
}
