import { describe, expect, it } from 'vitest'
import { type Meter, newMeter } from '../../src/model/meter.ts'
import { whileReading } from '../../src/session/reading.ts'

/** A terminal, or none, on which time passes when a test says so. */
function desk(isTerminal: boolean) {
  const said: string[] = []
  const calls: (readonly [milliseconds: number, call: () => void])[] = []
  let now = 0
  const runtime = {
    err: (text: string) => void said.push(text),
    clock: {
      now: () => new Date(now),
      random: () => 0,
      sleep: async () => undefined,
      every: (milliseconds: number, call: () => void) => {
        calls.push([milliseconds, call])
        return () => void calls.splice(0)
      },
    },
    terminal: {
      interactive: isTerminal,
      piped: false,
      width: { out: 60, err: 60 },
      color: { out: false, err: false },
      statusLine: async () => (isTerminal ? { show: (text: string) => void said.push(text) } : undefined),
      choose: async () => undefined,
      ask: async () => undefined,
    },
  }
  const pass = (milliseconds: number) => {
    now += milliseconds
    for (const [, call] of calls) call()
  }
  return { runtime, said, calls, pass }
}

/** Counts so many requests, of which so many have been answered. */
async function met(meter: Meter, asked: number, answered: number): Promise<void> {
  for (let index = 0; index < answered; index += 1) await meter.count(async () => undefined)
  for (let index = answered; index < asked; index += 1) void meter.count(() => new Promise(() => undefined))
}

function never(): never {
  throw new Error('nothing is asked here')
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function looking(isTerminal: boolean, { quiet = false, verbose = false } = {}) {
  const { runtime, said, calls, pass } = desk(isTerminal)
  const meter = newMeter()
  const line = { throttled: 4, take: async () => never(), back: never }
  await met(meter, 5, 5)
  let end: (value: string) => void = () => undefined
  const task = () => new Promise<string>((resolve) => (end = resolve))
  const until = new AbortController()
  const result = whileReading(runtime, { quiet, verbose }, { meter, line }, 'reading …', task, until.signal)
  await turn()
  return { meter, line, said, calls, pass, end: () => end('done'), stop: () => until.abort(), result }
}

describe('a look that takes long', () => {
  it('says on a terminal how far it is, and takes its line away at the end', async () => {
    const { meter, said, calls, pass, end, result } = await looking(true)
    expect(said).toEqual(['reading …'])
    pass(1_000)
    await met(meter, 400, 100)
    pass(9_000)
    expect(said.slice(1)).toEqual(['reading …', 'reading … 100 of at least 400 calls, at least 30 s left'])
    end()
    expect(await result).toBe('done')
    expect(said.at(-1)).toBe('')
    expect(calls).toEqual([])
  })

  it('says it in a log in a line of its own every 15 seconds, and nothing of a look that is over by then', async () => {
    const { meter, said, calls, pass, end, result } = await looking(false)
    expect(calls.map(([milliseconds]) => milliseconds)).toEqual([15_000])
    await met(meter, 20_000, 300)
    expect(said).toEqual([])
    pass(15_000)
    expect(said).toEqual(['reading … 300 of at least 20000 calls, at least 16 min left\n'])
    end()
    await result
    expect(calls).toEqual([])
    expect(said).toHaveLength(1)
  })

  it('says how many requests there are where none is answered, and guesses no time', async () => {
    const { meter, said, pass } = await looking(false)
    await met(meter, 1, 0)
    pass(60_000)
    expect(said).toEqual(['reading … 0 of at least 1 call\n'])
  })

  it('says that AWS holds it up where that is more than a few calls', async () => {
    const { meter, line, said, pass } = await looking(false)
    await met(meter, 400, 100)
    line.throttled += 5
    pass(15_000)
    line.throttled += 1
    pass(15_000)
    expect(said).toEqual([
      'reading … 100 of at least 400 calls, at least 40 s left\n',
      'reading … 100 of at least 400 calls, at least 90 s left; AWS has throttled 6 calls\n',
    ])
  })

  it('says what it has taken, with --verbose', async () => {
    const { meter, line, said, end, result } = await looking(false, { verbose: true })
    await met(meter, 1, 1)
    line.throttled += 1
    end()
    await result
    expect(said).toEqual(['reading took 1 call, and AWS throttled 1\n'])
  })

  it('is waited for no longer where somebody asks for the end', async () => {
    const { said, calls, stop, result } = await looking(true)
    stop()
    await expect(result).rejects.toMatchObject({ diagnostics: [{ code: 'interrupted' }] })
    expect([calls, said.at(-1)]).toEqual([[], ''])
  })

  it('says nothing where that was asked for', async () => {
    const { calls, said, end, result } = await looking(true, { quiet: true, verbose: true })
    end()
    expect(await result).toBe('done')
    expect([calls, said]).toEqual([[], []])
  })
})
