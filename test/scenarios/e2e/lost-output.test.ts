import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { binary, environment, outcome, type Run, run, start } from './support/binary.ts'
import { type Center, startCenter } from './support/center.ts'
import { type Desk, journey, laptop, newDesk, newFolder } from './support/desk.ts'
import { noTerminal, runOnTerminal } from './support/pty.ts'

const noFullDisk = existsSync('/dev/full') ? undefined : 'skipped: this system has no /dev/full'
if (noFullDisk) process.stderr.write(`${noFullDisk}\n`)

let center: Center
beforeAll(async () => {
  center = await startCenter()
})
afterAll(() => center.close())

type Stream = 'stdout' | 'stderr'

/** Runs the binary with some of its outputs on a disk that is always full. */
async function onFullDisk(desk: Desk, words: readonly string[], full: readonly Stream[]): Promise<Run> {
  const disk = openSync('/dev/full', 'w')
  const to = (stream: Stream) => (full.includes(stream) ? disk : ('pipe' as const))
  const child = spawn(process.execPath, [binary, ...words], {
    cwd: desk.work,
    env: environment(desk),
    stdio: ['ignore', to('stdout'), to('stderr')],
  })
  return outcome(child).finally(() => closeSync(disk))
}

/** Runs the binary and closes some of its outputs before it has written anything. */
function unread(desk: Desk, words: readonly string[], closed: readonly Stream[]): Promise<Run> {
  const { child, ended } = start(desk, words)
  for (const stream of closed) child[stream]?.destroy()
  return ended
}

const lost = /^error {2}the result could not be written to standard output: [^\n]*\n$/

const results: readonly (readonly string[])[] = [
  ['--help'],
  ['--version'],
  ['plan', '--help'],
  ['schema'],
  ['completion', 'bash'],
  ['validate'],
  ['validate', '--json'],
  ['plan', '--only', 'local'],
  ['plan', '--only', 'local', '--check'],
  ['plan', '--only', 'local', '--json'],
  ['plan', '--only', 'local', '--format', 'markdown'],
  ['plan', '--only', 'local', '--format', 'html'],
  ['iam-policy'],
  ['init', '--dry-run', '--only', 'local', '-f', 'new.yaml', '--region', 'eu-west-1'],
]

describe('a result that cannot be written is exit 1 and one sentence', () => {
  test.skipIf(noFullDisk)('on a full disk', async () => {
    const desk = newDesk(undefined, laptop)
    for (const words of results) {
      const { code, stderr } = await onFullDisk(desk, words, ['stdout'])
      expect({ words, code }, stderr).toEqual({ words, code: 1 })
      expect(stderr.split('\n').slice(-2).join('\n')).toMatch(lost)
      expect(stderr).toContain('the disk is full (ENOSPC)')
      expect(stderr).not.toMatch(/^ +at /m)
    }
  })

  test('on a closed pipe', async () => {
    const desk = newDesk(undefined, laptop)
    for (const words of results) {
      const { code, stderr } = await unread(desk, words, ['stdout'])
      expect({ words, code }, stderr).toEqual({ words, code: 1 })
      expect(stderr.split('\n').slice(-2).join('\n')).toMatch(lost)
      expect(stderr).not.toMatch(/^ +at /m)
    }
  })

  test('on a disk that has room for a part of it', async () => {
    const place = join(newFolder(), 'schema.json')
    const child = spawn('sh', ['-c', `ulimit -f 8; exec "$0" "$1" schema > "$2"`, process.execPath, binary, place])
    const { code, stderr } = await outcome(child)
    const { length } = (await run(newDesk(), ['schema'])).stdout
    expect(statSync(place).size).toBeLessThan(length)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(lost) })
  })

  test.skipIf(noFullDisk)('of a sandbox that nobody could find', async () => {
    const { code, stderr } = await onFullDisk(newDesk(), ['sandbox'], ['stdout'])
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(lost) })
  })

  test('and a slow reader gets all of it', async () => {
    const { child, ended } = start(newDesk(), ['schema'])
    child.stdout?.pause()
    setTimeout(() => child.stdout?.resume(), 1_000)
    const { code, stdout } = await ended
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toHaveProperty('properties')
  })
})

describe('an apply goes on whatever becomes of its output', () => {
  test.each<[string, readonly Stream[], number]>([
    ['results', ['stdout'], 1],
    ['progress', ['stderr'], 0],
    ['everything', ['stdout', 'stderr'], 1],
  ])('%s', async (_what, gone, code) => {
    for (const how of noFullDisk ? [unread] : [unread, onFullDisk])
      for (const words of [
        ['apply', '--yes'],
        ['apply', '--yes', '--json'],
      ]) {
        const world = await startCenter()
        const desk = newDesk(world.relay.url)
        const ended = await how(desk, words, gone)
        expect({ words, code: ended.code }, ended.stderr).toEqual({ words, code })
        if (gone.includes('stdout') && !gone.includes('stderr'))
          expect(ended.stderr).toMatch(
            /changes already made stay in place: sso-reconcile plan shows what is left to do\n$/,
          )
        expect(await run(desk, ['plan', '--check'])).toMatchObject({ code: 0 })
        await world.close()
      }
  })

  test('and what is refused stays refused where the reason cannot be written', async () => {
    const desk = newDesk(center.relay.url)
    for (const words of [['plna'], ['plan', '-f', 'no.yaml'], ['apply'], ['apply', '--expect', '0'.repeat(16)]])
      expect((await unread(desk, words, ['stderr'])).code, words.join(' ')).toBe(1)
    expect(center.relay.calls.filter((one) => one.startsWith('Create'))).toEqual([])
  })

  test.skipIf(noTerminal ?? noFullDisk)('but nobody can approve a plan that was not shown', async () => {
    const desk = newDesk(center.relay.url, journey)
    const command = ['sh', '-c', 'exec "$0" "$@" > /dev/full', process.execPath, binary]
    const { code, stdout } = await runOnTerminal(desk, ['apply'], { command, replies: [['Only "yes"', 'yes\r']] })
    expect(code, stdout).toBe(1)
    expect(stdout).toContain('not confirmed; nothing was done')
    expect(center.relay.calls.filter((one) => one.startsWith('Create'))).toEqual([])
  })
})

// What Node.js calls a pipe is a socket; a shell's is one.
describe('a pipe of a shell', () => {
  const piped = (command: string) => {
    const desk = newDesk()
    return outcome(spawn('sh', ['-c', command, process.execPath, binary], { cwd: desk.work, env: environment(desk) }))
  }

  test('gives a slow reader all of a large result, in its order', async () => {
    const { stdout } = await piped('"$0" "$1" schema')
    expect(stdout.length).toBeGreaterThan(1 << 16)
    const slow = await piped('{ "$0" "$1" schema; "$0" "$1" --version; "$0" "$1" schema; } | { sleep 0.3; cat; }')
    expect(slow.stdout).toMatch(/^\{.*\}\n\d+\.\d+\.\d+\n\{.*\}\n$/s)
    expect(slow.stdout.replace(/^\d+\.\d+\.\d+\n/m, '')).toBe(stdout + stdout)
  })

  test('that nobody reads any more is told of', async () => {
    const { stderr } = await piped('{ sleep 0.3; "$0" "$1" schema; echo "code $?" >&2; } | true')
    expect(stderr).toMatch(/^error {2}the result could not be written to standard output: [^\n]*\(EPIPE\)\ncode 1\n$/)
  })
})
