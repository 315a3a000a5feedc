import { fromSSO } from '@aws-sdk/credential-providers'

/**
 * Lets the SDK renew the cached access token of a profile's sso-session, which it does without a browser for as long as the
 * portal session lives; it writes the cache that the AWS CLI shares. Whether it worked is for the cache to tell: a profile
 * whose role is gone still gets its token renewed. Never throws.
 */
export async function renewToken(profile: string): Promise<void> {
  const requestHandler = { connectionTimeout: 5_000, requestTimeout: 30_000 }
  await fromSSO({ profile, clientConfig: { requestHandler } })().catch(() => undefined)
}
