import { isObject, type JsonObject } from '../../model/json.ts'
import { newId } from '../ids.ts'
import type { ClientRow } from '../state/login-tables.ts'
import type { Request } from '../wire/exchange.ts'
import type { LoginContext, LoginOperation } from './context.ts'
import { oidcError } from './errors.ts'
import { isStartUrl } from './start-url.ts'
import { grantTypes } from './token.ts'

/** Seconds a client registration, and a device code waiting for approval, last. */
const clientSeconds = 90 * 86_400
const deviceSeconds = 600

/** The OIDC service: clients register, ask for a device code, and redeem what a person approved. */
export const oidcOperations = {
  RegisterClient: (context, request) => {
    const input = inputOf(request, ['clientName', 'clientType'])
    if (input.clientType !== 'public') throw oidcError('InvalidClientMetadataException', 'clientType must be public')
    const client: ClientRow = {
      id: newId.token(context.random),
      secret: newId.token(context.random),
      name: String(input.clientName),
      redirectUris: texts(input.redirectUris),
      refreshes: texts(input.scopes).length > 0,
      ...(typeof input.issuerUrl === 'string' ? { startUrl: input.issuerUrl } : {}),
      expires: Math.floor(context.now) + clientSeconds,
    }
    context.state.put('clients', client.id, client)
    return {
      clientId: client.id,
      clientSecret: client.secret,
      clientIdIssuedAt: Math.floor(context.now),
      clientSecretExpiresAt: client.expires,
    }
  },
  StartDeviceAuthorization: (context, request) => {
    const input = inputOf(request, ['clientId', 'clientSecret', 'startUrl'])
    const client = clientFor(context, input)
    if (!isStartUrl(context, String(input.startUrl))) {
      throw oidcError('InvalidRequestException', 'The start URL does not belong to an instance in this Region')
    }
    const code = newId.token(context.random)
    const userCode = newId.userCode(context.random)
    context.state.put('grants', code, { code, client: client.id, userCode, expires: context.now + deviceSeconds })
    return {
      deviceCode: code,
      userCode,
      verificationUri: `${context.own}/device`,
      verificationUriComplete: `${context.own}/device?user_code=${userCode}`,
      expiresIn: deviceSeconds,
      interval: 1,
    }
  },
  CreateToken: (context, request) => {
    const input = inputOf(request, ['clientId', 'clientSecret', 'grantType'])
    const client = clientFor(context, input)
    const redeem = grantTypes[String(input.grantType)]
    if (!redeem) throw oidcError('UnsupportedGrantTypeException', `The grant type ${input.grantType} is unknown`)
    const session = redeem(context, client, input)
    return {
      accessToken: session.accessToken,
      tokenType: 'Bearer',
      expiresIn: Math.floor(session.expires - context.now),
      ...(client.refreshes ? { refreshToken: session.refreshToken } : {}),
    }
  },
} satisfies Record<string, LoginOperation>

function clientFor({ state, now }: LoginContext, input: JsonObject): ClientRow {
  const client = state.rows('clients').get(String(input.clientId))
  if (!client || client.secret !== input.clientSecret || client.expires <= now) {
    throw oidcError('InvalidClientException', 'The client is unknown, its secret is wrong or it has expired', 401)
  }
  return client
}

function inputOf({ body }: Request, required: readonly string[]): JsonObject {
  const input = parse(body)
  const absent = required.find((name) => typeof input[name] !== 'string' || input[name] === '')
  if (absent !== undefined) throw oidcError('InvalidRequestException', `${absent} is required`)
  return input
}

function parse(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body)
    if (isObject(value)) return value
  } catch {
    // Falls through to the one error for everything that is not an object.
  }
  throw oidcError('InvalidRequestException', 'The request body is not a JSON object')
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
