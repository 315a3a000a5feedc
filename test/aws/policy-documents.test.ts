import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { connect } from '../../src/aws/connect.ts'
import { findPolicy, readPolicyDocument } from '../../src/aws/policy-documents.ts'
import type { Reader } from '../../src/aws/port.ts'
import { openReader } from '../../src/aws/reader.ts'
import { atEnd } from '../support/at-end.ts'
import { realClock } from '../support/real-clock.ts'

const arn = 'arn:aws:iam::aws:policy/AdministratorAccess'
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }

interface Server {
  readonly reader: Reader
  /** The actions that were asked for. */
  readonly asked: string[]
}

/** A look at a server that answers so. */
async function server(answer: (action: string, response: ServerResponse, asked: URLSearchParams) => void) {
  const asked: string[] = []
  const open = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const input = new URLSearchParams(body)
    asked.push(input.get('Action') ?? '')
    answer(input.get('Action') ?? '', response, input)
  })
  await new Promise<void>((resolve) => open.listen(0, '127.0.0.1', resolve))
  atEnd(async () => {
    open.closeAllConnections()
    open.close()
  })
  return { reader: lookAt(`http://127.0.0.1:${(open.address() as AddressInfo).port}`), asked } satisfies Server
}

function lookAt(url: string): Reader {
  const sandbox = { url, accessKeyId: 'a', secretAccessKey: 'b' }
  return openReader(connect({ region: 'us-east-1', sandbox, retry: {}, clock: awsClock(realClock) }))
}

function xml(response: ServerResponse, action: string, members: string): void {
  response.setHeader('content-type', 'text/xml')
  response.end(`<${action}Response><${action}Result>${members}</${action}Result></${action}Response>`)
}

function failure(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'text/xml' })
  const error = `<Type>Sender</Type><Code>${code}</Code><Message>told so</Message>`
  response.end(`<ErrorResponse><Error>${error}</Error><RequestId>r</RequestId></ErrorResponse>`)
}

function iam(text: string) {
  return (action: string, response: ServerResponse, asked: URLSearchParams) =>
    action === 'GetPolicy'
      ? xml(
          response,
          action,
          `<Policy><Arn>${asked.get('PolicyArn')}</Arn><DefaultVersionId>v7</DefaultVersionId></Policy>`,
        )
      : xml(response, action, `<PolicyVersion><Document>${text}</Document><VersionId>v7</VersionId></PolicyVersion>`)
}

it.each([
  {
    title: 'encoded as by IAM',
    text: encodeURIComponent(JSON.stringify(document, null, 2)),
  },
  { title: 'without an encoding', text: JSON.stringify(document) },
])('reads the version that counts, $title', async ({ text }) => {
  const { reader, asked } = await server(iam(text))
  expect(await readPolicyDocument(reader, arn)).toEqual({ document })
  expect(asked).toEqual(['GetPolicy', 'GetPolicyVersion'])
})

it('asks about a policy once in a look, and keeps all digits of its numbers', async () => {
  const text = '{"Version":"2012-10-17","Statement":{"Condition":{"NumericEquals":{"a:b":12345678901234567890}}}}'
  const { reader, asked } = await server(iam(encodeURIComponent(text)))
  await Promise.all([readPolicyDocument(reader, arn), findPolicy(reader, arn)])
  const { document: read } = (await readPolicyDocument(reader, arn)) as { document: object }
  expect(JSON.stringify(read)).toContain('"12345678901234567890"')
  expect(asked).toEqual(['GetPolicy', 'GetPolicyVersion'])
})

it.each([
  { title: 'no document', text: '' },
  { title: 'no JSON', text: 'x' },
  { title: 'no object', text: '%22x%22' },
  { title: 'a broken encoding', text: '%7B%' },
])('says that there is no document where the answer holds $title', async ({ text }) => {
  const { reader } = await server(iam(text))
  expect(await readPolicyDocument(reader, arn)).toMatchObject({
    unread: 'iam:GetPolicyVersion returned no policy document',
  })
})

it('knows a policy that is missing by the word of IAM alone, and asks about the next one', async () => {
  const { reader, asked } = await server((_action, response) => failure(response, 404, 'NoSuchEntity'))
  expect(await Promise.all(['A', 'B', 'C'].map((name) => readPolicyDocument(reader, `${arn}${name}`)))).toEqual([
    { missing: true },
    { missing: true },
    { missing: true },
  ])
  expect(asked).toHaveLength(3)
})

it('takes no other policy for the one that was asked about', async () => {
  const { reader } = await server((action, response) =>
    xml(response, action, '<Policy><Arn>arn:other</Arn><DefaultVersionId>v1</DefaultVersionId></Policy>'),
  )
  expect(await findPolicy(reader, arn)).toMatchObject({ unread: 'iam:GetPolicy returned no policy' })
})

/** Servers that are no IAM, and how the reason begins. */
const others: readonly [string, RegExp, (response: ServerResponse) => void][] = [
  ['denies it', /was denied/, (response) => failure(response, 403, 'AccessDenied')],
  ['knows no such action', /failed/, (response) => failure(response, 400, 'InvalidAction')],
  ['knows no such page', /failed/, (response) => void response.writeHead(404).end('{"message":"Not Found"}')],
  ['has not implemented it', /failed/, (response) => void response.writeHead(501).end()],
  ['answers with a page', /failed|returned/, (response) => void response.writeHead(200).end('<html><p>Hello')],
  ['answers with nothing', /failed|returned/, (response) => void response.writeHead(200).end()],
  ['answers in JSON', /failed|returned/, (response) => void response.writeHead(200).end('{}')],
  ['is broken', /failed/, (response) => void response.writeHead(500).end('<html><p>Oops</p></html>')],
  ['is overloaded', /failed/, (response) => void response.writeHead(503).end()],
  ['throttles', /throttled/, (response) => failure(response, 400, 'Throttling')],
  ['ends the connection', /no response/, (response) => void response.destroy()],
]

it.each(others)(
  'a server that %s is asked no more about policies of that kind, and soon given up on',
  async (_title, why, answer) => {
    const { reader, asked } = await server((_action, response) => answer(response))
    const started = Date.now()
    const found = await Promise.all(['A', 'B', 'C', 'D'].map((name) => findPolicy(reader, `${arn}${name}`)))
    const seconds = (Date.now() - started) / 1000
    for (const one of found) expect(one).toMatchObject({ unread: expect.stringMatching(why) })
    expect(asked.length).toBeLessThanOrEqual(3)
    expect(seconds).toBeLessThan(4)
  },
)

it('a server that never answers is waited for a few seconds, once', async () => {
  const { reader, asked } = await server(() => undefined)
  const started = Date.now()
  const found = await Promise.all(['A', 'B'].map((name) => findPolicy(reader, `${arn}${name}`)))
  expect(found[1]).toMatchObject({ unread: expect.stringContaining('no response') })
  expect(asked).toHaveLength(1)
  expect((Date.now() - started) / 1000).toBeLessThan(8)
})

it('where nothing listens, it says so at once', async () => {
  const started = Date.now()
  expect(await findPolicy(lookAt('http://127.0.0.1:9'), arn)).toMatchObject({
    unread: expect.stringContaining('ECONNREFUSED'),
  })
  expect((Date.now() - started) / 1000).toBeLessThan(2)
})

it('a refusal about the policies of an account is none about those of AWS', async () => {
  const own = 'arn:aws:iam::111122223333:policy/Own'
  const { reader, asked } = await server((action, response, input) =>
    input.get('PolicyArn') === own ? failure(response, 403, 'AccessDenied') : iam('%7B%7D')(action, response, input),
  )
  expect(await findPolicy(reader, own)).toMatchObject({ unread: expect.stringContaining('denied') })
  expect(await findPolicy(reader, arn)).toEqual({ version: 'v7' })
  expect(asked).toHaveLength(2)
})
