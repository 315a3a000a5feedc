import { enabling, label } from '../model/console.ts'
import { type NewcomerError, signInErrors } from './sign-in-errors.ts'

/**
 * Messages of AWS, of the AWS CLI and of the SDKs with what they mean. The first match wins. Sources: the texts in the AWS CLI,
 * botocore and the AWS SDK for JavaScript.
 */
export const newcomerErrors: readonly NewcomerError[] = [
  ...signInErrors,
  {
    code: 'token-missing',
    pattern: /Error loading SSO Token: Token for (.+?) does not exist/,
    meaning:
      'not logged in to the sso-session "$1" on this machine yet; if you do not know that name, the wrong profile is in use (AWS_PROFILE is not set, or the profile names another session)',
    next: 'sso-reconcile login',
  },
  {
    code: 'session-ended',
    pattern:
      /SSO session associated with this profile (?:has expired|was not found|is invalid)|SSO session token associated with profile|Token has expired and refresh failed|Token is expired\. To refresh this SSO session|Error when retrieving token from sso/,
    meaning:
      'the login has expired: the access token and the portal session have expired, or someone ended the session',
    next: 'sso-reconcile login',
  },
  {
    code: 'role-session-ended',
    pattern: /\bExpiredToken(?:Exception)?\b|security token included in the request is expired/,
    meaning:
      'the role session has expired (the session duration of the permission set); if the login itself is still valid, the AWS CLI gets new credentials by itself',
    next: 'run the command again; if the error persists: sso-reconcile login --force',
  },
  {
    code: 'no-access',
    pattern: /ForbiddenException.*No access|No access.*GetRoleCredentials|GetRoleCredentials operation: No access/s,
    meaning:
      'this user does not have that permission set in that account: sso_role_name or sso_account_id is wrong (sso_role_name takes the name of the permission set, not AWSReservedSSO_…), or the assignment is missing or only minutes old',
    next: 'sso-reconcile doctor',
  },
  {
    code: 'token-refused',
    pattern: /Session token not found or invalid|UnauthorizedException/,
    meaning: 'the portal does not know this login: it has expired, or sso_region is not the region of Identity Center',
    next: 'sso-reconcile login --force; if the error persists, compare sso_region with the region shown in the console',
  },
  {
    code: 'login-refused',
    pattern:
      /\binvalid_grant\b|InvalidGrantException|InvalidRequestException.*StartDeviceAuthorization|StartDeviceAuthorization.*InvalidRequestException/s,
    meaning: 'the login was refused: sso_start_url or sso_region does not belong to your Identity Center',
    next: `sso-reconcile plan --only local, and compare the start URL with ${label('AWS access portal URL')} in the console`,
  },
  {
    code: 'start-url-unknown',
    pattern: /(?:Could not|Failed to) resolve start URL/,
    meaning:
      'the AWS CLI does not accept sso_start_url as an AWS address: it has a typo, or this version does not know the address of your partition (2.35.13 to 2.36.0 do not know the European Sovereign Cloud, versions before 2.36.4 not the issuer of GovCloud)',
    next: `compare the start URL with ${label('AWS access portal URL')} in the console, and update the AWS CLI`,
  },
  {
    code: 'wrong-region',
    pattern: /resource does not exist in this Region/i,
    meaning: 'Identity Center is in another region',
    next: 'sso-reconcile doctor --scan',
  },
  {
    code: 'no-instance',
    pattern: /"Instances"\s*:\s*\[\s*\]/,
    meaning:
      'no instance of Identity Center is visible: it is in another region, it is not enabled yet, or these are credentials of a member account',
    next: 'sso-reconcile doctor --scan',
  },
  {
    code: 'no-organization',
    pattern: /AWSOrganizationsNotInUseException/,
    meaning: 'the account is not in an organization, which permission sets need',
    next: `enable IAM Identity Center with AWS Organizations in the console, in the management account: ${enabling} (on the AWS Free plan, upgrade to the Paid plan first: creating an organization ends your credits)`,
  },
  {
    code: 'key-denied',
    pattern: /not authorized to perform: kms:\w+|KMS_AccessDeniedException/,
    meaning:
      'Identity Center is encrypted with a customer managed KMS key that the caller may not use: its IAM policy or the key policy does not allow it',
    next: 'sso-reconcile iam-policy, which prints the statements for the caller; the key policy is in the user guide: "Baseline KMS key policy"',
  },
  {
    code: 'key-blocked',
    pattern: /IdentityCenter service access is blocked/,
    meaning:
      'nobody can sign in: the policy of the KMS key that encrypts Identity Center no longer lets Identity Center use it, or the key is disabled',
    next: 'in the management account, compare the key policy with the user guide, "Baseline KMS key policy", and make sure that the key is enabled',
  },
  {
    code: 'keys-unknown',
    pattern:
      /UnrecognizedClientException|InvalidClientTokenId|security token included in the request is invalid|InvalidAccessKeyId/,
    meaning:
      'AWS does not know these keys: they were deleted or mistyped, belong to another partition, or the region is not enabled for the account',
    next: 'sso-reconcile doctor, which names leftover keys and where they are',
  },
  {
    code: 'sso-incomplete',
    pattern: /Missing the following required SSO configuration|Profile is configured with invalid SSO credentials/,
    meaning: 'the profile lacks one of sso_session (or sso_start_url and sso_region), sso_account_id and sso_role_name',
    next: 'sso-reconcile apply',
  },
  {
    code: 'session-unknown',
    pattern: /The specified sso-session does not exist/,
    meaning: 'the profile names an [sso-session] section that ~/.aws/config does not have',
    next: 'sso-reconcile apply',
  },
  {
    code: 'profile-unknown',
    pattern: /The config profile \(([^)]*)\) could not be found/,
    meaning:
      'there is no profile "$1" in ~/.aws/config: AWS_PROFILE or --profile has a typo, or the profile was never written',
    next: 'sso-reconcile plan --only local',
  },
  {
    code: 'no-credentials',
    pattern: /Could not load credentials from any providers|Unable to locate credentials|CredentialsProviderError/,
    meaning: 'no profile and no keys were found: AWS_PROFILE is not set in this shell, or the profile is not complete',
    next: 'sso-reconcile login',
  },
  {
    code: 'config-unreadable',
    pattern: /Unable to parse config file/,
    meaning: 'the AWS CLI cannot read a file that has even one malformed line',
    next: 'sso-reconcile doctor, which names the line',
  },
  {
    code: 'cli-version-1',
    pattern: /argument (?:operation|subcommand|command): Invalid choice/,
    meaning: 'this is an old AWS CLI: version 1 can use SSO profiles but has no "sso login"',
    next: 'sso-reconcile login, which needs no AWS CLI; or install version 2: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  },
  {
    code: 'protected-role',
    pattern: /Cannot perform the operation on the protected role '?AWSReservedSSO_/,
    meaning: 'roles of Identity Center cannot be edited in IAM: they are created from permission sets',
    next: 'change the permission set in sso.yaml, then: sso-reconcile plan',
  },
  {
    code: 'management-denied',
    pattern:
      /AccessDenied.*CreateAccountAssignment|CreateAccountAssignment.*AccessDenied|not authorized to perform: sso:CreateAccountAssignment/s,
    meaning:
      'assignments in the management account also need IAM permissions, and a delegated administrator can never make them',
    next: 'sso-reconcile iam-policy, and attach what it prints to whoever runs this',
  },
  {
    code: 'set-in-use',
    pattern: /PermissionSet has ApplicationProfile associated/,
    meaning: 'the permission set is still assigned, or AWS is still removing its roles from accounts',
    next: 'wait a few minutes, then: sso-reconcile apply',
  },
  {
    code: 'browser-consent',
    pattern: /botocore-client-|Allow .* to access your (?:data|AWS)/,
    meaning:
      'this is the AWS CLI or sso-reconcile on this machine (botocore-client-…), completing the login that was just started',
    next: 'allow it if you just started a login; deny it otherwise',
  },
  // Behind all that say more of one operation.
  {
    code: 'denied',
    pattern:
      /not authorized to perform: (?:sso|sso-directory|identitystore|organizations|account-access):\w+|\(AccessDeniedException\) when calling the (?:List|Describe|Get|Create|Update|Delete|Put|Attach|Detach|Provision)\w+ operation/,
    meaning:
      'the credentials that were used may not do this: an administrator of the management account can, or whoever has the permissions for it',
    next: 'sso-reconcile iam-policy, and attach what it prints to whoever runs this; "aws sts get-caller-identity" says who that is',
  },
]

/** A recognised error in plain words. */
export interface Explanation {
  readonly code: string
  readonly meaning: string
  readonly next: string
}

/** Characters of a message that are looked at; behind them nobody writes what went wrong. */
const most = 20_000

/** Explains a message; undefined when it is none of those newcomers meet. */
export function explain(message: string): Explanation | undefined {
  const told = message.slice(0, most)
  for (const { code, pattern, meaning, next } of newcomerErrors) {
    const found = pattern.exec(told)
    if (found) return { code, meaning: meaning.replaceAll('$1', () => (found[1] ?? '').slice(0, 200)), next }
  }
  return undefined
}
