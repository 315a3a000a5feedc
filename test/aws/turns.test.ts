import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { connect } from '../../src/aws/connect.ts'
import { openAtOnce } from '../../src/aws/turns.ts'
import { newMeter } from '../../src/model/meter.ts'
import { realClock } from '../support/real-clock.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

/** A service that answers when it is told to, and the connection to it. */
async function service() {
  const held: { readonly operation: string; readonly answer: () => void }[] = []
  let open = 0
  let most = 0
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    open += 1
    most = Math.max(most, open)
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    request.resume()
    const answer = () => {
      open -= 1
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end('{}')
    }
    held.push({ operation, answer })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const meter = newMeter()
  const clock = awsClock(realClock)
  const sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
  return { held, most: () => most, meter, send: connect({ region: 'eu-west-1', sandbox, retry: {}, meter, clock }) }
}

const InstanceArn = 'arn:aws:sso:::instance/ssoins-0123456789abcdef'
const set = (index: number) =>
  `arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-${String(index).padStart(16, '0')}`

async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('requests of a connection', () => {
  it('are under way no more than so many at a time, however many are asked for, and none waits for a socket', async () => {
    expect(openAtOnce.read + openAtOnce.write).toBeLessThanOrEqual(50)
    const { held, most, meter, send } = await service()
    const all = Array.from({ length: 200 }, (_, index) =>
      send('DescribePermissionSet', { InstanceArn, PermissionSetArn: set(index) }),
    )
    let answered = 0
    while (answered < 200) {
      const expected = Math.min(openAtOnce.read, 200 - answered)
      await until(() => held.length === expected)
      expect([meter.asked, meter.answered]).toEqual([200, answered])
      for (const { answer } of held.splice(0)) answer()
      answered += expected
    }
    await Promise.all(all)
    expect(most()).toBe(openAtOnce.read)
  })

  it.each([
    ['in the line for a turn', openAtOnce.read + 30],
    ['for the pace', 30],
  ])('are next pages before whatever else waits %s', async (_where, begun) => {
    const { held, send } = await service()
    const first = send('ListAccounts', {})
    await until(() => held.length > 0)
    held.pop()?.answer()
    await first
    const all = Array.from({ length: begun }, (_, index) =>
      send('DescribePermissionSet', { InstanceArn, PermissionSetArn: set(index) }),
    )
    await until(() => held.length > 0)
    const page = send('ListAccounts', { NextToken: 'page 2' })
    const sent: string[] = []
    const left = () => sent.length < begun + 1
    while (left()) {
      await until(() => held.length > 0)
      for (const { operation, answer } of held.splice(0, 1)) {
        sent.push(operation)
        answer()
      }
    }
    await Promise.all([...all, page])
    // What is under way already is not called back.
    expect(sent.indexOf('ListAccounts')).toBeLessThan(openAtOnce.read)
    expect(sent.indexOf('ListAccounts')).toBeLessThan(begun - 5)
  })

  it('are changes though all turns of reads are taken, and the other way round', async () => {
    const { held, send } = await service()
    const reads = Array.from({ length: openAtOnce.read + 10 }, (_, index) =>
      send('DescribePermissionSet', { InstanceArn, PermissionSetArn: set(index) }),
    )
    await until(() => held.length === openAtOnce.read)
    const writes = Array.from({ length: openAtOnce.write + 10 }, (_, index) =>
      send('DeletePermissionSet', { InstanceArn, PermissionSetArn: set(index) }),
    )
    await until(() => held.length === openAtOnce.read + openAtOnce.write)
    const writing = held.filter(({ operation }) => operation === 'DeletePermissionSet')
    expect(writing).toHaveLength(openAtOnce.write)
    let left = reads.length + writes.length
    const ended = Promise.all([...reads, ...writes])
    while (left > 0) {
      await until(() => held.length > 0)
      left -= held.length
      for (const { answer } of held.splice(0)) answer()
    }
    await ended
  })
})
