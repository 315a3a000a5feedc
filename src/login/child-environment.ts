import type { Environment } from '../local/aws-config/paths.ts'

/**
 * What would win over AWS_PROFILE in some tool: keys everywhere, by their older names in the SDKs for Go (Terraform) and Java, the older variable and
 * the role of a pipeline in the AWS CLI. Source: aws-sdk-go-v2, config/env_config.go.
 */
const rivals = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_DEFAULT_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CREDENTIAL_EXPIRATION',
]

/** The sandbox as a child has to see it: its address, and a private home. */
export interface PrivateHome {
  readonly home: string
  readonly endpoint: string
}

/** Variables that name another config or another service than the sandbox's own. */
const elsewhere = /^AWS_(CONFIG_FILE|SHARED_CREDENTIALS_FILE|ENDPOINT_URL.*|IGNORE_CONFIGURED_ENDPOINT_URLS)$/

/** With an empty one the AWS CLI reads no file, where the SDKs read the usual one. */
const files = /^AWS_(CONFIG|SHARED_CREDENTIALS)_FILE$/

/** The environment in which a profile is the one that counts, or none is, and what had to be left out of it for that. */
export function environmentFor(
  profile: string | undefined,
  env: Environment,
  sandbox?: PrivateHome,
): { readonly env: Environment; readonly left: readonly string[] } {
  const dropped = (name: string) =>
    rivals.includes(name) || name === 'AWS_PROFILE' || (sandbox !== undefined && elsewhere.test(name))
  const kept = Object.entries(env).filter(([name, value]) => !dropped(name) && !(value === '' && files.test(name)))
  return {
    env: {
      ...Object.fromEntries(kept),
      ...(profile === undefined ? {} : { AWS_PROFILE: profile }),
      ...(sandbox ? { HOME: sandbox.home, AWS_ENDPOINT_URL: sandbox.endpoint } : {}),
    },
    left: rivals.filter((name) => Boolean(env[name])),
  }
}
