/** An OIDC client registration. */
export interface ClientRow {
  readonly id: string
  readonly secret: string
  readonly name: string
  readonly redirectUris: readonly string[]
  /** Registered for scopes: such a client gets a refresh token. */
  readonly refreshes: boolean
  readonly startUrl?: string
  readonly expires: number
}

/** A sign-in under way: a device code waiting for approval, or an approved one or authorization code to be redeemed. */
export interface GrantRow {
  readonly code: string
  readonly client: string
  readonly userCode?: string
  readonly user?: string
  readonly denied?: boolean
  readonly redirectUri?: string
  readonly challenge?: string
  readonly expires: number
}

/** A portal session: the access token works until `expires`, the refresh token until `ends`. */
export interface SessionRow {
  readonly accessToken: string
  readonly refreshToken: string
  readonly client: string
  readonly user: string
  readonly expires: number
  readonly ends: number
}

/** Role credentials handed out by the portal. */
export interface CredentialRow {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly account: string
  readonly roleName: string
  readonly userName: string
  readonly user: string
  readonly expires: number
}
