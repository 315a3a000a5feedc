import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { atEnd } from '../../../support/at-end.ts'

/**
 * What AWS answers on loopback to whoever asks for credentials: every access key it hands out says who it is for, so that the key a
 * tool ends up with tells which provider won, as which account and role.
 */
export interface Cloud {
  readonly url: string
  /** Who an access key is, in the words of `told`. */
  who(key: string): string
}

/** Starts it, until the test file is through. */
export async function startCloud(): Promise<Cloud> {
  const issued = new Map<string, string>()
  const who = (key: string) => issued.get(key) ?? stored(key)
  const issue = (description: string) => {
    const key = `ASIA${String(issued.size + 1).padStart(16, '0')}`
    issued.set(key, description)
    return { key, secret: 'secret', token: 'token', end: '2099-01-01T00:00:00Z' }
  }
  const server = createServer((request, response) => {
    read(request).then((body) => answer(request, body, response, issue, who))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  atEnd(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, who }
}

/** Keys that the rows keep in files and variables. */
function stored(key: string): string {
  const [, place] = /^AKIA(ENVIRONMENT|CONFIG|CREDENTIALS)/.exec(key) ?? []
  if (place) return `keys ${place.toLowerCase()}`
  return key.startsWith('AKIAPROCESS') ? 'process' : key.startsWith('ASIALOGIN') ? 'login' : `unknown key ${key}`
}

type Issue = (description: string) => { key: string; secret: string; token: string; end: string }

async function read(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += String(part)
  return body
}

function answer(
  request: IncomingMessage,
  body: string,
  response: ServerResponse,
  issue: Issue,
  who: (key: string) => string,
): void {
  const url = new URL(request.url ?? '/', 'http://cloud')
  const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
  if (url.pathname === '/federation/credentials') {
    const found = issue(`sso ${url.searchParams.get('account_id')} ${url.searchParams.get('role_name')}`)
    const roleCredentials = {
      accessKeyId: found.key,
      secretAccessKey: found.secret,
      sessionToken: found.token,
      expiration: Date.parse(found.end),
    }
    return void json({ roleCredentials })
  }
  if (url.pathname === '/container') return void json(metadata(issue('container')))
  if (url.pathname === '/latest/api/token')
    return void response.setHeader('x-aws-ec2-metadata-token-ttl-seconds', '21600').end('token')
  if (url.pathname.endsWith('/security-credentials/')) return void response.end('InstanceRole')
  if (url.pathname.endsWith('/security-credentials/InstanceRole'))
    return void json({ Code: 'Success', Type: 'AWS-HMAC', ...metadata(issue('instance')) })
  const form = new URLSearchParams(body)
  const action = form.get('Action') ?? ''
  const [, signer = ''] = /Credential=([^/]+)\//.exec(request.headers.authorization ?? '') ?? []
  const role = form.get('RoleArn')
  const known = action === 'AssumeRole' ? `role ${role} (${who(signer)})` : `web ${role}`
  if (!action.startsWith('AssumeRole')) return void response.writeHead(404).end()
  const { key, secret, token, end } = issue(known)
  response.setHeader('content-type', 'text/xml')
  response.end(
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${token}</SessionToken><Expiration>${end}</Expiration></Credentials></${action}Result></${action}Response>`,
  )
}

function metadata({ key, secret, token, end }: ReturnType<Issue>) {
  return {
    AccessKeyId: key,
    SecretAccessKey: secret,
    Token: token,
    Expiration: end,
    LastUpdated: '2020-01-01T00:00:00Z',
  }
}
