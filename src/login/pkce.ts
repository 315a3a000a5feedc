import { createHash } from 'node:crypto'

/** What a browser is sent to the sign-in page with. */
export interface Authorization {
  /** The page, without a query. */
  readonly page: string
  readonly clientId: string
  readonly redirectUri: string
  readonly scopes: readonly string[]
  /** Comes back with the browser; what comes with another one is not an answer to this request. */
  readonly state: string
  /** Kept here until the code is redeemed, so that a code alone is worth nothing. */
  readonly verifier: string
}

/** Bytes of chance in a verifier and in a state. */
export const secretBytes = 48

/** Bytes of chance as text that may stand in an address. */
export function urlText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url')
}

/** The address that asks a person to sign in, with PKCE (RFC 7636). */
export function authorizeAddress({ page, clientId, redirectUri, scopes, state, verifier }: Authorization): string {
  const query = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    code_challenge_method: 'S256',
    // The name that AWS knows it by, with spaces that are no plus signs.
    scopes: scopes.join(' '),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  }
  const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `${page}?${words.join('&')}`
}
