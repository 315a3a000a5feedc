import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { connect } from '../../src/aws/connect.ts'
import type { Refusal } from '../../src/model/diagnostic.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const hour = 3_600_000
const minute = 60_000

/** What a service refuses a request with; undefined takes it. */
type Refuses = (headers: IncomingHttpHeaders, now: Date) => string | undefined

/** A service whose clock is ahead of this machine's, and the connection to it. */
async function service(ahead: number, retry: { mode?: string }, refuses: Refuses) {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    const now = new Date(Date.now() + ahead)
    const name = refuses(request.headers, now)
    const headers = { 'content-type': 'application/x-amz-json-1.1', date: now.toUTCString() }
    response.writeHead(name ? 400 : 200, headers).end(JSON.stringify(name ? { __type: name, Message: 'No.' } : {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
  const send = connect({ region: 'eu-west-1', sandbox, retry, clock: awsClock({ now: () => new Date() }) })
  const read = () => send('DescribePermissionSet', { InstanceArn: 'arn:i', PermissionSetArn: 'arn:p' })
  return {
    /** How a request ends, and how often it was sent. */
    ask: async () => {
      asked = 0
      const ended = await read().then(
        () => 'taken',
        (thrown: Refusal) => thrown.diagnostics[0]?.code,
      )
      return [ended, asked]
    },
  }
}

const untimely: Refuses = (headers, now) => {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? []
  const [date, clock] = [day?.replace(/(..)(..)$/, '-$1-$2'), time?.replace(/(..)(..)(..)/, '$1:$2:$3')]
  return Math.abs(Date.parse(`${date}T${clock}Z`) - now.getTime()) > 5 * minute
    ? 'InvalidSignatureException'
    : undefined
}

describe.each([
  ['usually', {}],
  ['in the mode that the environment asks for', { mode: 'standard' }],
])('where the clock here is wrong, %s', (_name, retry) => {
  it.each([
    ['ConflictException', 'aws-conflict', 9 * hour],
    ['ConflictException', 'aws-conflict', -9 * hour],
    ['ConflictException', 'aws-conflict', 5 * minute],
    ['ResourceNotFoundException', 'aws-not-found', 9 * hour],
    ['ValidationException', 'aws-validation', -9 * hour],
  ])('%s is an answer (%s), and nothing is asked again', async (name, code, ahead) => {
    const { ask } = await service(ahead, retry, () => name)
    for (let turn = 0; turn < 3; turn++) expect(await ask()).toEqual([code, 1])
  })

  it.each([9 * hour, -9 * hour])(
    'a signature of the wrong time is made again with the right one (%d)',
    async (ahead) => {
      const { ask } = await service(ahead, retry, untimely)
      expect(await ask()).toEqual(['taken', 2])
      expect(await ask()).toEqual(['taken', 1])
    },
  )

  it.each([
    ['InvalidSignatureException', 'aws-credentials'],
    ['AccessDeniedException', 'aws-access-denied'],
  ])('%s of another cause is asked for once more, until the time is known', async (name, code) => {
    const { ask } = await service(9 * hour, retry, () => name)
    expect(await ask()).toEqual([code, 2])
    expect(await ask()).toEqual([code, 1])
  })
})
