import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { expect, it, onTestFinished } from 'vitest'
import type { Line } from '../../../src/aws/pace/line.ts'
import { paced } from '../../../src/aws/pace/paced.ts'

type Back = readonly [how: string, second: number | undefined]

/** A line that lets go when it is told to, and a request that waits in it, for so long as the clock says, and is tried twice. */
async function waiting(answer: (response: ServerResponse) => void, waited: readonly number[] = []) {
  const [held, backs, came]: [(() => void)[], Back[], string[]] = [[], [], []]
  const server = createServer((request, response) => {
    came.push(String(request.headers['x-amz-date']))
    request.resume().on('end', () => answer(response))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const line: Line = {
    throttled: 0,
    take: (service, _goesFirst, isTooOld = () => false) =>
      new Promise((go) => {
        const milliseconds = waited[held.length] ?? 0
        held.push(() => go(isTooOld(milliseconds) ? undefined : { service, at: 0, isBeyond: false }))
      }),
    back: (_call, how, second) => void backs.push([how, second]),
  }
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = paced(new STSClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 2 }), line, 'sts')
  const asked = client.send(new GetCallerIdentityCommand({})).catch((thrown: Error) => thrown.name)
  return { held, backs, came, asked, client }
}

// Now: whoever is told another time takes every refusal for one about the time.
const date = new Date().toUTCString()
const second = Date.parse(date) / 1_000
const failing = (name: string) =>
  `<ErrorResponse><Error><Code>${name}</Code><Message>No.</Message></Error></ErrorResponse>`

it.each<[string, (response: ServerResponse) => void, readonly Back[]]>([
  [
    'what is answered',
    (response) => response.writeHead(200, { date }).end('<GetCallerIdentityResponse/>'),
    [['answered', second]],
  ],
  [
    'what is answered without a time',
    (response) => {
      response.sendDate = false
      response.writeHead(200).end('<GetCallerIdentityResponse/>')
    },
    [['answered', undefined]],
  ],
  [
    'an answer whose time is none',
    (response) => response.writeHead(200, { date: 'yesterday' }).end('<GetCallerIdentityResponse/>'),
    [['answered', undefined]],
  ],
  [
    'what is refused for another reason',
    (response) => response.writeHead(403, { date }).end(failing('AccessDenied')),
    [['answered', second]],
  ],
  [
    'each attempt of what is throttled',
    (response) => response.writeHead(400, { date }).end(failing('Throttling')),
    [
      ['refused', second],
      ['refused', second],
    ],
  ],
  [
    'each attempt of what gets no answer',
    (response) => response.destroy(),
    [
      ['lost', undefined],
      ['lost', undefined],
    ],
  ],
])('the line is told of %s', async (_words, answer, expected) => {
  const { held, backs, asked } = await waiting(answer)
  for (const nth of expected.keys()) {
    await expect.poll(() => held.length).toBe(nth + 1)
    held[nth]?.()
  }
  await asked
  expect(backs).toEqual(expected)
})

it('waits when it is signed, and is not sent before the line says so', async () => {
  const { held, came, asked } = await waiting((response) => response.end('<GetCallerIdentityResponse/>'))
  await expect.poll(() => held.length).toBe(1)
  const waited = new Date()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(came).toEqual([])
  held[0]?.()
  await asked
  const stamp = `${waited.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  expect(came).toHaveLength(1)
  expect(String(came[0]) <= stamp).toBe(true)
})

it.each([
  [[55_000], 1],
  [[65_000], 2],
  [[400_000, 65_000, 65_000], 4],
])('is signed again where it waited for too long (%j), which is none of its tries', async (waited, signatures) => {
  const { held, backs, came, asked } = await waiting((response) => response.end('<GetCallerIdentityResponse/>'), waited)
  for (let nth = 0; nth < signatures; nth += 1) {
    await expect.poll(() => held.length).toBe(nth + 1)
    held[nth]?.()
  }
  expect(await asked).toMatchObject({ $metadata: { attempts: 1 } })
  expect([came.length, held.length, backs.map(([how]) => how)]).toEqual([1, signatures, ['answered']])
})

it('is signed again where AWS turned out to have another time while it waited', async () => {
  const { held, came, asked, client } = await waiting((response) => response.end('<GetCallerIdentityResponse/>'))
  await expect.poll(() => held.length).toBe(1)
  client.config.systemClockOffset = 5 * 3_600_000
  held[0]?.()
  await expect.poll(() => held.length).toBe(2)
  held[1]?.()
  expect(await asked).toMatchObject({ $metadata: { attempts: 1 } })
  const inFiveHours = new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 13).replace(/-/g, '')
  expect(came).toEqual([expect.stringContaining(inFiveHours)])
})
