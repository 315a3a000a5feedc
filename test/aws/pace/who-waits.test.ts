import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { awsClock } from '../../../src/aws/clock.ts'
import { connect } from '../../../src/aws/connect.ts'
import { readOwnAccess } from '../../../src/aws/own-access.ts'
import type { Line } from '../../../src/aws/pace/line.ts'
import { realClock } from '../../support/real-clock.ts'
import { bySecondOfTheClock } from './support/servers.ts'

async function serving(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it.each([
  ['waits in the line of its run', {}, ['sso-admin', 'identitystore', 'organizations']],
  ['does not where the environment names the SDK’s own way', { mode: 'standard' }, []],
])('a request %s', async (_words, retry, services) => {
  const url = await serving((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}'),
  )
  const waited: string[] = []
  const line: Line = {
    throttled: 0,
    take: async (service) => {
      waited.push(service)
      return { service, at: 0, isBeyond: false }
    },
    back: () => undefined,
  }
  const sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
  const ask = connect({ region: 'eu-west-1', sandbox, clock: awsClock(realClock), retry, line })
  await ask('ListInstances', {})
  await ask('ListUsers', { IdentityStoreId: 'd-1234567890' })
  await ask('DescribeOrganization', {})
  expect(waited).toEqual(services)
})

it('a portal that takes 20 requests a second refuses hardly any', async () => {
  const takes = bySecondOfTheClock(20)
  let refused = 0
  const accounts = Array.from({ length: 60 }, (_, nth) => ({ accountId: String(100_000_000_000 + nth) }))
  const endpoint = await serving(({ url = '' }, response) => {
    const isTaken = takes(Date.now())
    if (!isTaken) refused += 1
    const headers = { 'content-type': 'application/json', 'x-amzn-errortype': 'TooManyRequestsException' }
    if (!isTaken) return response.writeHead(429, headers).end('{"message":"HTTP 429 Unknown Code"}')
    const answer = url.startsWith('/assignment/accounts')
      ? { accountList: accounts }
      : { roleList: [{ roleName: 'A' }] }
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  const route = { region: 'eu-west-1', endpoint, accessToken: 'token', retry: {}, clock: awsClock(realClock) }
  expect(await readOwnAccess(route)).toMatchObject({ result: 'read', places: { length: 60 }, unread: [] })
  expect(refused).toBeLessThanOrEqual(4)
})
