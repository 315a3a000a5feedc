import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { awsClock } from '../../src/aws/clock.ts'
import { connect, type Transport } from '../../src/aws/connect.ts'
import { realClock } from '../support/real-clock.ts'

const hour = 3_600_000
const instance = 'arn:aws:sso:::instance/ssoins-1111111111111111'

/** AWS by another clock: what was signed at another time is refused for that, and everything else with `refusal`. */
async function away(hours: number, refusal: string, retry = {}): Promise<{ ask: Transport; answers: string[] }> {
  const answers: string[] = []
  const server = createServer((request, response) => {
    const now = Date.now() + hours * hour
    const [, ...parts] = /^(....)(..)(..T..)(..)(..Z)$/.exec(String(request.headers['x-amz-date'])) ?? []
    const [year, month, dayHour, minute, second] = parts
    const signed = Date.parse(`${year}-${month}-${dayHour?.slice(0, 2)}T${dayHour?.slice(3)}:${minute}:${second}`)
    const name = Math.abs(now - signed) < 5 * 60_000 ? refusal : 'InvalidSignatureException'
    answers.push(name)
    const headers = { 'content-type': 'application/x-amz-json-1.1', date: new Date(now).toUTCString() }
    response.writeHead(400, headers).end(JSON.stringify({ __type: name, Message: 'No.' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const sandbox = { url: `http://127.0.0.1:${port}`, accessKeyId: 'AKIATEST', secretAccessKey: 'test' }
  const clock = awsClock(realClock)
  return { ask: connect({ region: 'us-east-1', sandbox, clock, retry }), answers }
}

const attemptsOf = async (request: Promise<unknown>): Promise<number | undefined> => {
  const thrown = (await request.then(
    () => undefined,
    (refusal: unknown) => refusal,
  )) as { cause?: { $metadata?: { attempts?: number } } } | undefined
  return thrown?.cause?.$metadata?.attempts
}

describe.each([
  ['adaptive', {}],
  ['of AWS_RETRY_MODE', { mode: 'standard' }],
])('retries, %s, where the clocks differ', (_name, retry) => {
  it.each([-13, -0.1, 0, 0.1, 13])('by %d hours: only a wrong signature is made again, once', async (hours) => {
    const { ask, answers } = await away(hours, 'ResourceNotFoundException', retry)
    const look = () => attemptsOf(ask('DescribeInstance', { InstanceArn: instance }))
    const first =
      hours === 0 ? ['ResourceNotFoundException'] : ['InvalidSignatureException', 'ResourceNotFoundException']
    expect(await look()).toBe(first.length)
    expect(answers).toEqual(first)
    // Nobody may take the attempts after this for some after an answer that got lost.
    expect(await Promise.all([look(), look(), look()])).toEqual([1, 1, 1])
    expect(answers.slice(first.length)).toEqual(Array(3).fill('ResourceNotFoundException'))
  })

  it('corrects every request of a burst that was signed before the first answer', async () => {
    const { ask, answers } = await away(13, 'ResourceNotFoundException', retry)
    const look = () => attemptsOf(ask('DescribeInstance', { InstanceArn: instance }))
    expect(await Promise.all([look(), look(), look()])).toEqual([2, 2, 2])
    expect(answers).toHaveLength(6)
  })

  it.each(['AccessDeniedException', 'ConflictException'])('takes %s at its word', async (refusal) => {
    const { ask, answers } = await away(13, refusal, retry)
    await attemptsOf(ask('DescribeInstance', { InstanceArn: instance }))
    await attemptsOf(ask('DescribeInstance', { InstanceArn: instance }))
    expect(answers).toEqual(['InvalidSignatureException', refusal, refusal])
  })
})
