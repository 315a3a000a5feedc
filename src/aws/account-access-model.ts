// What account access manager answers, as far as it is read. Source: API model account-access 2018-05-10. Any of it may be absent: nothing
// has checked the answers.

/** An application of account access manager, as ListApplications shows it. */
export interface ApplicationSummary {
  readonly applicationArn?: string
}

/** Which instance of Identity Center an application takes users and groups from, and which application it is there. */
export interface ApplicationDetails {
  readonly identitySource?: {
    readonly identityCenter?: { readonly instanceArn?: string; readonly applicationArn?: string }
  }
}

/** That a user or a group may take an IAM role, as ListEntitlements shows it. */
export interface EntitlementSummary {
  readonly entitlementId?: string
  readonly entitlement?: {
    readonly principalRole?: {
      readonly principal?: { readonly identityCenter?: { readonly userId?: string; readonly groupId?: string } }
      readonly roleArn?: string
      readonly account?: string
    }
  }
}
