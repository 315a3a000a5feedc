import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { type Desk, newDesk } from './support/desk.ts'
import { portrait } from './support/portrait.ts'
import { noTerminal, runOnTerminal } from './support/pty.ts'
import { isWrite } from './support/relay.ts'

let center: Center
let desk: Desk
beforeEach(async () => {
  center = await startCenter()
  desk = newDesk(center.relay.url)
})
afterEach(() => center.close())

const codes = [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const

/** Lets the calls that match wait; `reached` resolves with the first of them, `release` lets them go on. */
function hold(matches: (operation: string) => boolean) {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const reached = new Promise<string>((resolve) => {
    center.relay.pass = async ({ operation }, forward) => {
      if (matches(operation)) {
        resolve(operation)
        await released
      }
      return forward()
    }
  })
  return { reached, release: () => release() }
}

const users = async () => (portrait(await center.export()) as { users: readonly unknown[] }).users

describe('the first signal during an apply', () => {
  test.each(codes)('lets what is in flight end and starts nothing new (%s)', async (signal, code) => {
    const { reached, release } = hold((operation) => operation === 'CreateUser')
    const { child, ended } = start(desk, ['apply', '--yes'])
    await reached
    child.kill(signal)
    await new Promise((resolve) => child.stderr?.on('data', (text) => /finishing/.test(text) && resolve(undefined)))
    release()
    const told = await ended
    expect(told.code, told.stderr).toBe(code)
    expect(told.stderr).toMatch(/user\/taro {2}created/)
    // Thousands may have been left out; their number is enough.
    expect(told.stderr).not.toContain('skipped')
    expect(told.stdout).toMatch(/^Stopped: \d done, 0 failed, \d skipped\.$/m)
    expect(await users()).toHaveLength(1)
    expect(center.relay.calls).not.toContain('CreateAccountAssignment')
  })

  test('does not wait for the look that verifies it', async () => {
    const file = join(desk.work, 'other.yaml')
    writeFileSync(file, readFileSync(join(desk.work, 'sso.yaml')))
    const { child, ended } = start(desk, ['apply', '--yes', '--only', 'cloud', '--file', 'other.yaml'])
    let created = 0
    let verifies: () => void = () => undefined
    const verifying = new Promise<void>((resolve) => {
      verifies = resolve
    })
    center.relay.pass = async ({ operation }, forward) => {
      if (operation === 'CreateAccountAssignment') created += 1
      if (created > 0 && operation === 'ListUsers') {
        verifies()
        return new Promise(() => undefined)
      }
      return forward()
    }
    await verifying
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect([code, stderr]).toEqual([
      130,
      expect.stringContaining('the changes were not read back, because the verification was interrupted'),
    ])
    expect(stderr).toContain('sso-reconcile plan --only cloud --file other.yaml')
    expect(stdout).toContain('0 failed, 0 skipped.\nNext: sso-reconcile plan --only cloud --file other.yaml')
  })

  // Ctrl-C at `apply 2>&1 | tee log` ends tee as well, and the pipe breaks.
  test('does so when both outputs break at the same time', async () => {
    const { reached, release } = hold((operation) => operation === 'CreateUser')
    const { child, ended } = start(desk, ['apply', '--yes'])
    await reached
    for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 300))
    release()
    expect((await ended).code).toBe(130)
    expect(await users()).toHaveLength(1)
    const done = center.relay.calls.filter(isWrite)
    expect(done).not.toContain('CreateAccountAssignment')
    expect(await run(desk, ['apply', '--yes'])).toMatchObject({ code: 0 })
  })

  test('is not kept waiting by a reader that takes nothing', async () => {
    const { reached, release } = hold((operation) => operation === 'CreateUser')
    const { child, ended } = start(desk, ['apply', '--yes', '--json'])
    for (const stream of [child.stdout, child.stderr]) stream?.pause()
    await reached
    child.kill('SIGINT')
    release()
    await new Promise((resolve) => child.once('exit', resolve))
    expect(child.exitCode).toBe(130)
    for (const stream of [child.stdout, child.stderr]) stream?.destroy()
    await ended
  })
})

test('the second signal stops at once and says what is not known', async () => {
  const { reached } = hold((operation) => operation === 'CreateUser')
  const { child, ended } = start(desk, ['apply', '--yes'])
  await reached
  child.kill('SIGINT')
  await new Promise((resolve) => child.stderr?.on('data', (text) => /finishing/.test(text) && resolve(undefined)))
  child.kill('SIGINT')
  const { code, stderr } = await ended
  expect(code).toBe(130)
  expect(stderr).toMatch(/Stopped immediately\. Not known: whether [^;]*user\/taro[^;]* w(as|ere) changed\. /)
  expect(stderr).toMatch(/sso-reconcile plan shows what remains; it is safe to run apply again\.\n$/)
})

describe('a signal ends at once', () => {
  test.each(codes)('a plan whose question is never answered (%s)', async (signal, code) => {
    const { reached } = hold((operation) => operation === 'ListUsers')
    const { child, ended } = start(desk, ['plan'])
    await reached
    child.kill(signal)
    expect(await ended).toMatchObject({ stdout: '' })
    // While it computes there is no listener, and the system ends it.
    expect(child.exitCode ?? child.signalCode).toBeOneOf([code, signal])
  })

  test.each(codes)('a sandbox (%s)', async (signal, code) => {
    const { child, ended } = start(desk, ['sandbox'])
    await new Promise((resolve) => child.stderr?.once('data', resolve))
    child.kill(signal)
    expect((await ended).code).toBe(code)
  })

  test.skipIf(noTerminal).each(codes)('an apply that asks (%s)', async (signal, code) => {
    const told = await runOnTerminal(desk, ['apply'], { replies: [['Only "yes" continues.', { signal }]] })
    expect(told.code, told.stdout).toBe(code)
    expect(center.relay.calls.filter(isWrite)).toEqual([])
  })

  // The question reads keys, so that Ctrl-C is one. To decline is something else.
  test.skipIf(noTerminal).each([
    ['Ctrl-C', '\x03', 130],
    ['no', 'no\r', 1],
  ])('an apply that asks, by a key (%s)', async (_key, typed, code) => {
    const told = await runOnTerminal(desk, ['apply'], { replies: [['Only "yes" continues.', typed]] })
    expect(told.code, told.stdout).toBe(code)
    expect(told.stdout).toContain('not confirmed; nothing was done')
    expect(center.relay.calls.filter(isWrite)).toEqual([])
  })

  const noProcess = existsSync('/proc/self/stat') ? undefined : 'skipped: /proc tells how long a process has computed'
  if (noProcess) process.stderr.write(`${noProcess}\n`)

  // As long as the program computes it hears nothing: four megabytes of a manifest take it some seconds.
  test.skipIf(noProcess)('a run that computes', async () => {
    const people = Array.from(
      { length: 60_000 },
      (_, index) => `  user${index}: { external: true } # ${'x'.repeat(30)}\n`,
    )
    writeFileSync(
      join(desk.work, 'sso.yaml'),
      `version: 1\nidentity_center: { region: us-east-1 }\nusers:\n${people.join('')}`,
    )
    const { child, ended } = start(desk, ['validate'])
    const computed = () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return Number(fields[11])
    }
    // In hundredths of a second; by then everything is loaded.
    while (computed() < 80) await new Promise((resolve) => setTimeout(resolve, 20))
    child.kill('SIGTERM')
    expect(await ended).toMatchObject({ stdout: '', stderr: '' })
    expect({ code: child.exitCode, signal: child.signalCode }).toEqual({ code: null, signal: 'SIGTERM' })
  })
})
