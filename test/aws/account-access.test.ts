import { expect, it } from 'vitest'
import {
  AccountAccessClient,
  GetApplicationCommand,
  ListApplicationsCommand,
  ListEntitlementsCommand,
} from '../../src/aws/account-access.ts'

const application = 'arn:aws:account-access:eu-central-1:111122223333:application/1234567890abcdef'

interface Sent {
  readonly method: string
  readonly address: string
  readonly body: string
  readonly signedFor: string
}

type Wire = {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Sends a command to nobody; what would have gone out. */
async function sent(command: object, config: object = {}): Promise<Sent> {
  const seen: Wire[] = []
  const client = new AccountAccessClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    requestHandler: {
      handle: async (request: Wire) => {
        seen.push(request)
        throw new Error('not sent')
      },
    } as never,
    maxAttempts: 1,
    ...config,
  })
  await expect((client.send as (one: object) => Promise<unknown>)(command)).rejects.toThrow('not sent')
  const [{ method = '', hostname = '', path = '', headers = {}, body = '' } = {} as Partial<Wire>] = seen
  const signedFor = headers.authorization?.match(/Credential=[^/]+\/\d+\/([^,]+)\/aws4_request/)?.[1] ?? ''
  return { method, address: `${hostname}${path}`, body: String(body), signedFor }
}

// As the API model account-access 2018-05-10 has them: methods, paths, members, address and signing name.
it.each([
  [new ListApplicationsCommand({ maxResults: 100 }), 'POST', '/applications-list', '{"maxResults":100}'],
  [
    new GetApplicationCommand({ applicationArn: application }),
    'GET',
    `/applications/${encodeURIComponent(application)}`,
    '',
  ],
  [
    new ListEntitlementsCommand({ applicationArn: application, filter: {}, nextToken: 'b' }),
    'POST',
    '/entitlements-list',
    `{"applicationArn":"${application}","filter":{},"nextToken":"b"}`,
  ],
])('a request of account access manager goes out as AWS documents it: %#', async (command, method, path, body) => {
  const request = await sent(command)
  expect(request).toMatchObject({ method, address: `account-access.eu-central-1.api.aws${path}` })
  expect(request.signedFor).toBe('eu-central-1/account-access')
  expect(request.body === '' ? '' : JSON.parse(request.body)).toEqual(body === '' ? '' : JSON.parse(body))
})

it('goes to the address that the FIPS setting or an endpoint asks for', async () => {
  const list = () => new ListApplicationsCommand({})
  expect((await sent(list(), { useFipsEndpoint: true })).address).toBe(
    'account-access-fips.eu-central-1.api.aws/applications-list',
  )
  expect((await sent(list(), { endpoint: 'http://127.0.0.1:9' })).address).toBe('127.0.0.1/applications-list')
})
