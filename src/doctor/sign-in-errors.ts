/** An error newcomers meet, recognised by its words. */
export interface NewcomerError {
  readonly code: string
  readonly pattern: RegExp
  /** What it means, in one sentence; `$1` stands for what the pattern caught. */
  readonly meaning: string
  /** What to do next: one command, or one place to look. */
  readonly next: string
}

/**
 * Messages of a sign-in that did not come about, whoever wrote them. Sources: the texts in the AWS CLI and botocore, the codes of
 * Node's sockets and of OpenSSL.
 */
export const signInErrors: readonly NewcomerError[] = [
  {
    code: 'certificate',
    pattern:
      /CERTIFICATE_VERIFY_FAILED|SSL validation failed|SELF_SIGNED_CERT|UNABLE_TO_(?:GET_ISSUER|VERIFY_LEAF)|self[- ]signed certificate/,
    meaning: 'this machine does not trust the certificate; often a proxy that inspects TLS presents its own',
    next: 'get the CA file of the proxy, then: export AWS_CA_BUNDLE=/path/to/ca.pem (the AWS CLI) and export NODE_EXTRA_CA_CERTS=/path/to/ca.pem (this program and other Node programs)',
  },
  {
    code: 'network',
    pattern:
      /Could not connect to the endpoint URL|Connect timeout on endpoint URL|Read timeout on endpoint URL|Failed to connect to proxy URL|\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/,
    meaning: 'AWS did not answer: the network is down, a proxy blocks it, or the Region does not exist',
    next: 'check the network, HTTPS_PROXY, AWS_ENDPOINT_URL and sso_region, then run it again',
  },
  {
    code: 'login-denied',
    pattern:
      /Failed to retrieve an authorization code|\(AccessDeniedException\) when calling the CreateToken operation|\baccess_denied\b/,
    meaning: 'the request was denied on the sign-in page',
    next: 'run it again, and choose "Allow access" if you started this login',
  },
  {
    code: 'login-expired',
    pattern: /pending authorization to retrieve an SSO token has expired/,
    meaning:
      'the sign-in page was not completed in time; in SSH, WSL and containers the browser cannot reach this program',
    next: 'sso-reconcile login --use-device-code',
  },
  {
    code: 'cache-forbidden',
    pattern: /(?:Permission denied|Read-only file system): '([^']*\.aws\/(?:sso|cli)[^']*)'/,
    meaning: 'the login cache $1 cannot be written; it may belong to root after a login with sudo',
    next: 'sudo chown -R "$(id -u):$(id -g)" ~/.aws/sso ~/.aws/cli',
  },
]
