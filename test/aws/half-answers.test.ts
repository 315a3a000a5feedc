import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { readOwnAccess } from '../../src/aws/own-access.ts'
import { signInService } from '../../src/aws/sign-in.ts'
import { realClock } from '../support/real-clock.ts'

/** Something between here and AWS that answers everything with an empty object. */
async function hollow(): Promise<string> {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('a portal that lists nothing is not one that offers nothing', async () => {
  const route = {
    region: 'eu-west-1',
    accessToken: 'x',
    endpoint: await hollow(),
    retry: {},
    clock: awsClock(realClock),
  }
  expect(await readOwnAccess(route)).toMatchObject({ result: 'failed', trouble: { reason: 'foreign' } })
})

it('an answer without a token is no login', async () => {
  const service = signInService({ region: 'eu-west-1', endpoint: await hollow() })
  const client = { id: 'x', secret: 'x', expires: new Date() }
  await expect(service.token(client, { type: 'refresh', refreshToken: 'x' })).rejects.toMatchObject({
    reason: 'foreign',
  })
})
