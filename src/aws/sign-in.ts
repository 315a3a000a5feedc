import {
  CreateTokenCommand,
  type CreateTokenCommandInput,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import { getEndpointFromInstructions } from '@smithy/core/endpoints'
import type { Grant, RegisteredClient, SignInService } from '../model/sign-in.ts'
import { bounded } from './bounded.ts'
import { type AwsClock, heard } from './clock.ts'
import { whileSomebodyWaits } from './patience.ts'
import { troubleOf } from './trouble.ts'

/** Which sign-in service is asked. */
export interface SignInRoute {
  readonly region: string
  /** Base URL of the embedded Identity Center; AWS, or what AWS_ENDPOINT_URL names, when absent. */
  readonly endpoint?: string
  /** Hears what time AWS says it is. */
  readonly clock?: AwsClock
}

/** The sign-in service of a Region. Its requests carry no signature and need no credentials. */
export function signInService({ region, endpoint, clock }: SignInRoute): SignInService {
  const settings = {
    region,
    ...(endpoint ? { endpoint } : {}),
    requestHandler: whileSomebodyWaits,
  }
  const client = heard(bounded(new SSOOIDCClient(settings), whileSomebodyWaits.requestTimeout), clock)
  const { register, startDevice, token } = requests(client)
  return {
    authorizePage: () => asking('authorize', () => authorizePage(client)),
    register: (wish) => asking('RegisterClient', () => register(wish)),
    startDevice: (one, startUrl) => asking('StartDeviceAuthorization', () => startDevice(one, startUrl)),
    token: (one, grant) => asking('CreateToken', () => token(one, grant)),
  }
}

/** Seconds between two questions where AWS names none (RFC 8628, section 3.2). */
const usualInterval = 5

function requests(client: SSOOIDCClient): Pick<SignInService, 'register' | 'startDevice' | 'token'> {
  return {
    async register({ name, scopes, browser }) {
      const answer = await client.send(
        new RegisterClientCommand({
          ...{ clientName: name, clientType: 'public' },
          ...(scopes.length > 0 ? { scopes: [...scopes] } : {}),
          ...(browser ? { grantTypes: [...browserGrants], ...comingBack(browser) } : {}),
        }),
      )
      const { clientId: id = '', clientSecret: secret = '', clientSecretExpiresAt = 0 } = answer
      return { id, secret, expires: new Date(clientSecretExpiresAt * 1000) }
    },
    async startDevice({ id, secret }, startUrl) {
      const input = { clientId: id, clientSecret: secret, startUrl }
      const answer = await client.send(new StartDeviceAuthorizationCommand(input))
      const { deviceCode = '', userCode = '', verificationUri = '', verificationUriComplete } = answer
      return {
        ...{ deviceCode, userCode, page: verificationUri, pageWithCode: verificationUriComplete || verificationUri },
        ...{ expiresIn: answer.expiresIn ?? 600, interval: answer.interval || usualInterval },
      }
    },
    async token(one, grant) {
      const {
        accessToken = '',
        expiresIn = 0,
        refreshToken,
      } = await client.send(new CreateTokenCommand(grantInput(one, grant)))
      // It would be kept in place of a login that works.
      if (accessToken === '') throw new SyntaxError('no token')
      return { accessToken, expiresIn, ...(refreshToken ? { refreshToken } : {}) }
    },
  }
}

/** What a registration for a browser may be used for, as the AWS CLI asks for it. */
export const browserGrants = ['authorization_code', 'refresh_token'] as const

function comingBack({ redirectUri, startUrl }: { readonly redirectUri: string; readonly startUrl: string }) {
  return { redirectUris: [redirectUri], issuerUrl: startUrl }
}

function grantInput({ id, secret }: RegisteredClient, grant: Grant): CreateTokenCommandInput {
  const client = { clientId: id, clientSecret: secret }
  switch (grant.type) {
    case 'device':
      return { ...client, grantType: 'urn:ietf:params:oauth:grant-type:device_code', deviceCode: grant.deviceCode }
    case 'browser': {
      const { code, redirectUri, verifier } = grant
      return { ...client, grantType: 'authorization_code', code, redirectUri, codeVerifier: verifier }
    }
    case 'refresh':
      return { ...client, grantType: 'refresh_token', refreshToken: grant.refreshToken }
  }
}

/** The page is no operation of the SDK; it is on the host that the operations are sent to. */
async function authorizePage(client: SSOOIDCClient): Promise<string> {
  const { url } = await getEndpointFromInstructions({}, RegisterClientCommand, client.config)
  return `${url.href.replace(/(?<!\/)\/+$/, '')}/authorize`
}

async function asking<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (thrown) {
    throw troubleOf(thrown, operation)
  }
}
