import type { AccountSelector, Manifest } from '../manifest/types.ts'
import type { Statement } from './statement.ts'

/** Whether a manifest assigns on the management account; `maybe` where only AWS could tell which account is meant. */
export function assignsOnManagement({ accounts = {}, assignments = [] }: Manifest): 'yes' | 'no' | 'maybe' {
  const answers = assignments.flatMap((rule) => rule.accounts).map((one) => isManagement(one, accounts))
  if (answers.includes('yes')) return 'yes'
  return answers.includes('maybe') ? 'maybe' : 'no'
}

function isManagement(selector: AccountSelector, accounts: NonNullable<Manifest['accounts']>): 'yes' | 'no' | 'maybe' {
  // Units, tags and `all` leave the management account out.
  if (typeof selector !== 'string') return selector.name === undefined ? 'no' : 'maybe'
  if (selector === 'management') return 'yes'
  if (selector === 'all') return 'no'
  if (accounts.management === undefined) return 'maybe'
  return (accounts[selector] ?? selector) === accounts.management ? 'yes' : 'no'
}

/**
 * What Identity Center asks of the caller, beyond its own permissions, where a set is assigned or changed in the management account.
 * Source: IAM Identity Center User Guide, "Identity-based policy examples", example 2. Creating and updating the SAML provider is
 * not listed there; policies in use have it, for the first assignment in an account.
 */
export function managementStatements(partition: string): readonly Statement[] {
  const role = (names: readonly string[]) => names.map((name) => `iam:${name}`)
  return [
    { Sid: 'ManagementAccountList', Effect: 'Allow', Action: role(['ListPolicies', 'ListRoles']), Resource: '*' },
    {
      Sid: 'ManagementAccountRoles',
      Effect: 'Allow',
      Action: role([
        'AttachRolePolicy',
        'CreateRole',
        'DeleteRole',
        'DeleteRolePolicy',
        'DetachRolePolicy',
        'GetRole',
        'ListAttachedRolePolicies',
        'ListRolePolicies',
        'PutRolePolicy',
        'UpdateRole',
        'UpdateRoleDescription',
      ]),
      Resource: `arn:${partition}:iam::*:role/aws-reserved/sso.amazonaws.com/*`,
    },
    {
      Sid: 'ManagementAccountSaml',
      Effect: 'Allow',
      Action: role(['CreateSAMLProvider', 'GetSAMLProvider', 'UpdateSAMLProvider']),
      Resource: `arn:${partition}:iam::*:saml-provider/AWSSSO_*_DO_NOT_DELETE`,
    },
  ]
}
