import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { openLoopback } from '../../../src/local/identity/loopback.ts'

const expected = '/oauth/callback?state=mine&code=x'

async function opened() {
  const loopback = await openLoopback((query) => query.get('state') === 'mine', 'stranger')
  onTestFinished(() => loopback.close())
  return { ...loopback, port: Number(new URL(loopback.uri).port) }
}

/** Sends a request as it is, which no client does for what is no address. */
async function ask(port: number, target: string) {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
  return socket
}

it.each(['//', 'http://', '//['])('shows a stranger to whoever asks for %s, and waits on', async (target) => {
  const { port, redirected } = await opened()
  const socket = await ask(port, target)
  const [answer] = await once(socket.setEncoding('utf8'), 'data')
  expect(answer).toMatch(/^HTTP\/1\.1 404 /)
  await ask(port, expected)
  const back = await redirected
  expect(back.query.get('code')).toBe('x')
  await back.answer('done')
})
