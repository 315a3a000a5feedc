/** A client of the sign-in service, as AWS registered it. Both parts are secrets. */
export interface RegisteredClient {
  readonly id: string
  readonly secret: string
  readonly expires: Date
}

/** What to register a client as. */
export interface ClientWish {
  readonly name: string
  /** Without scopes there is no refresh token. */
  readonly scopes: readonly string[]
  /** For a login that comes back through a browser on this machine; absent for one by code. */
  readonly browser?: { readonly redirectUri: string; readonly startUrl: string }
}

/** A code for a person to type into a page, on whatever device. */
export interface DeviceCode {
  /** A secret, unlike the code that the person types. */
  readonly deviceCode: string
  readonly userCode: string
  readonly page: string
  /** The same page with the code filled in. */
  readonly pageWithCode: string
  /** Seconds until the code is worth nothing. */
  readonly expiresIn: number
  /** Seconds to wait between two questions. */
  readonly interval: number
}

/** What is given in exchange for a token. */
export type Grant =
  | { readonly type: 'device'; readonly deviceCode: string }
  | { readonly type: 'browser'; readonly code: string; readonly redirectUri: string; readonly verifier: string }
  | { readonly type: 'refresh'; readonly refreshToken: string }

/** The tokens of a login. Secrets. */
export interface IssuedToken {
  readonly accessToken: string
  /** Seconds from now. */
  readonly expiresIn: number
  readonly refreshToken?: string
}

/** The sign-in service of one Region. Whatever goes wrong is thrown as a ServiceTrouble. */
export interface SignInService {
  register(wish: ClientWish): Promise<RegisteredClient>
  /** Where a browser is sent: the page that asks the person, without its query. */
  authorizePage(): Promise<string>
  startDevice(client: RegisteredClient, startUrl: string): Promise<DeviceCode>
  token(client: RegisteredClient, grant: Grant): Promise<IssuedToken>
}

/**
 * Why a service of the login side did not do what was asked. `pending` and `slow-down` are no failures: nobody has answered the page
 * yet. `refused` is an answer of AWS about what was asked, `busy` one about AWS itself; the other words say why there is no answer.
 */
export type TroubleCause =
  | 'pending'
  | 'slow-down'
  | 'denied'
  | 'expired'
  | 'client'
  | 'refused'
  | 'busy'
  | 'network'
  | 'certificate'
  | 'foreign'
  | 'unknown'

/** A request of the login side that failed, by its cause. */
export class ServiceTrouble extends Error {
  readonly reason: TroubleCause
  /** The word of AWS or of the system, such as `InvalidGrantException` or `ENOTFOUND`. */
  readonly code: string
  /** What was asked for. */
  readonly operation: string

  constructor(
    operation: string,
    { reason, code, words }: { readonly reason: TroubleCause; readonly code: string; readonly words: string },
    options?: ErrorOptions,
  ) {
    super(`${operation}: ${words === '' || words === code ? code : `${code}: ${words}`}`, options)
    this.name = 'ServiceTrouble'
    this.operation = operation
    this.reason = reason
    this.code = code
  }
}
