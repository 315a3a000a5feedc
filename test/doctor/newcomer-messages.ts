/** Messages as the AWS CLI, the SDKs, AWS and browsers show them. */
export const messages: readonly [code: string, message: string][] = [
  [
    'certificate',
    'SSL validation failed for https://oidc.eu-west-1.amazonaws.com/client/register [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)',
  ],
  ['certificate', 'Failed to resolve start URL: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed'],
  ['network', 'Could not connect to the endpoint URL: "https://oidc.eu-west-9.amazonaws.com/client/register"'],
  ['network', 'ENOTFOUND: getaddrinfo ENOTFOUND oidc.eu-west-9.amazonaws.com'],
  ['login-denied', 'Error loading authorization code: Failed to retrieve an authorization code.'],
  ['login-denied', 'An error occurred (AccessDeniedException) when calling the CreateToken operation: '],
  [
    'login-expired',
    'The pending authorization to retrieve an SSO token has expired. The login flow to retrieve an SSO token must be restarted.',
  ],
  ['cache-forbidden', "[Errno 13] Permission denied: '/home/taro/.aws/sso/cache/tmpabc.tmp'"],
  ['token-missing', 'Error loading SSO Token: Token for default does not exist'],
  [
    'session-ended',
    'The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile.',
  ],
  ['session-ended', 'Error when retrieving token from sso: Token has expired and refresh failed'],
  [
    'role-session-ended',
    'An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.',
  ],
  ['no-access', 'An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access'],
  [
    'token-refused',
    'An error occurred (UnauthorizedException) when calling the GetRoleCredentials operation: Session token not found or invalid',
  ],
  ['login-refused', 'An error occurred (InvalidRequestException) when calling the StartDeviceAuthorization operation'],
  ['login-refused', '{"error":"invalid_grant"}'],
  [
    'start-url-unknown',
    "Could not resolve start URL 'https://identitycenter.amazonaws.eu/ssoins-1234567890abcdef' to an AWS-owned endpoint.",
  ],
  ['start-url-unknown', 'Failed to resolve start URL: [Errno -2] Name or service not known'],
  ['wrong-region', 'ValidationException: the resource does not exist in this Region.'],
  ['no-instance', '{\n    "Instances": []\n}'],
  ['no-organization', 'An error occurred (AWSOrganizationsNotInUseException) when calling DescribeOrganization'],
  [
    'key-denied',
    'User: arn:aws:iam::111122223333:user/taro is not authorized to perform: kms:Decrypt on the resource associated with this ciphertext because no identity-based policy allows the kms:Decrypt action',
  ],
  [
    'key-blocked',
    'ERROR Code: 0001 - IdentityCenter service access is blocked. Reach out to your IdentityCenter admin for further steps.',
  ],
  [
    'keys-unknown',
    'An error occurred (InvalidClientTokenId) when calling the GetCallerIdentity operation: The security token included in the request is invalid.',
  ],
  ['sso-incomplete', 'Missing the following required SSO configuration values: sso_region'],
  ['session-unknown', 'The specified sso-session does not exist: "work"'],
  ['profile-unknown', 'The config profile (persnal) could not be found'],
  ['sso-incomplete', 'Profile is configured with invalid SSO credentials. Required parameters "sso_account_id"'],
  ['no-credentials', 'CredentialsProviderError: Could not load credentials from any providers'],
  ['no-credentials', 'Unable to locate credentials. You can configure credentials by running "aws configure".'],
  ['config-unreadable', 'Unable to parse config file: /home/taro/.aws/config'],
  ['cli-version-1', 'aws: error: argument operation: Invalid choice, valid choices are:'],
  [
    'protected-role',
    "Cannot perform the operation on the protected role 'AWSReservedSSO_Admin_0123456789abcdef' - this role is only modifiable by AWS",
  ],
  [
    'denied',
    'An error occurred (AccessDeniedException) when calling the ListInstances operation: User: arn:aws:iam::111122223333:user/nora is not authorized to perform: sso:ListInstances',
  ],
  [
    'denied',
    'User: arn:aws:sts::111122223333:assumed-role/Dev/nora is not authorized to perform: identitystore:ListUsers on resource: *',
  ],
  [
    'management-denied',
    'An error occurred (AccessDeniedException) when calling the CreateAccountAssignment operation: User is not authorized',
  ],
  ['set-in-use', 'ConflictException: PermissionSet has ApplicationProfile associated with it.'],
  ['browser-consent', 'Allow botocore-client-personal to access your data?'],
]
