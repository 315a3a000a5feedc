import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ListAccountsCommand, SSOClient } from '@aws-sdk/client-sso'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, expect, it } from 'vitest'
import { bounded } from '../../src/aws/bounded.ts'
import { whileSomebodyWaits } from '../../src/aws/patience.ts'
import { allOf } from '../../src/aws/portal.ts'

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** Asks a server that answers so, with one try, and gives what came of it. */
async function asked(answer: (response: ServerResponse) => void, milliseconds: number): Promise<unknown> {
  const open = createServer((request, response) => {
    request.resume().on('end', () => answer(response))
  })
  server = open
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve))
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const endpoint = `http://127.0.0.1:${(open.address() as AddressInfo).port}`
  const client = bounded(new STSClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 }), milliseconds)
  return client.send(new GetCallerIdentityCommand({})).catch((thrown: Error) => thrown)
}

const whole =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>'

it('takes an answer that ends in time as it is, however many pieces it comes in', async () => {
  const pieces = (response: ServerResponse) => {
    response.writeHead(200)
    for (const letter of whole) response.write(letter)
    response.end()
  }
  expect(await asked(pieces, 60_000)).toMatchObject({ Account: '111122223333' })
})

it('gives up on an answer that begins and never ends', async () => {
  const drips = (response: ServerResponse) => {
    response.writeHead(200)
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
  }
  expect(await asked(drips, 300)).toMatchObject({ name: 'TimeoutError', message: expect.stringContaining('300 ms') })
})

it('gives up on an answer that grows without end, before its time is over', async () => {
  const piece = Buffer.alloc(1 << 20, ' ')
  const pours = (response: ServerResponse) => {
    response.writeHead(200)
    const pour = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', pour)
    pour()
  }
  expect(await asked(pours, 60_000)).toMatchObject({ name: 'AnswerTooLong' })
})

it('gives up on a server that takes a question and says nothing, while somebody waits', async () => {
  const open = createServer(() => undefined)
  server = open
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve))
  const endpoint = `http://127.0.0.1:${(open.address() as AddressInfo).port}`
  const requestHandler = { ...whileSomebodyWaits, requestTimeout: 300 }
  const client = new SSOClient({ region: 'us-east-1', endpoint, maxAttempts: 1, requestHandler })
  await expect(client.send(new ListAccountsCommand({ accessToken: 'a' }))).rejects.toMatchObject({
    name: 'TimeoutError',
  })
})

it.each([
  ['the same page', () => 'same'],
  ['another page', (nth: number) => `page ${nth}`],
])('a list of the portal that always leads on to %s has no end', async (_what, tokenOf) => {
  async function* pages() {
    for (let nth = 0; ; nth++) yield { nextToken: tokenOf(nth) }
  }
  await expect(allOf(pages())).rejects.toThrow('the list of pages does not end')
})
