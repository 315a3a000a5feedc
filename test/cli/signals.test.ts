import { stat } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { signals } from '../../src/cli/signals.ts'

/** Signals of this very process, and the codes it was asked to end with. */
function here(isFirst = false) {
  const codes: number[] = []
  const listeners: [NodeJS.Signals, NodeJS.SignalsListener][] = []
  const port = {
    on: (name: NodeJS.Signals, listener: NodeJS.SignalsListener) => {
      listeners.push([name, listener])
      return process.on(name, listener)
    },
    off: (name: NodeJS.Signals, listener: NodeJS.SignalsListener) => process.off(name, listener),
  } as Parameters<typeof signals>[0]['process']
  const made = signals({
    process: port,
    isFirst,
    now: () => performance.now(),
    say: () => undefined,
    exit: (code) => codes.push(code),
  })
  ends.push(() => {
    for (const [name, listener] of listeners) process.off(name, listener)
  })
  return { ...made, codes, heard: () => process.listenerCount('SIGHUP') }
}

/** Length of a text that takes long to go through. */
const longText = 1_000_000

const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})

describe('a run that is about to compute', () => {
  it('hears what came a moment before, although nobody listens while it computes', async () => {
    const before = process.listenerCount('SIGHUP')
    const { busy, codes, heard } = here()
    process.kill(process.pid, 'SIGHUP')
    expect(await busy(heard, longText)).toBe(before)
    expect(codes).toEqual([129])
    expect(heard()).toBe(before + 1)
  })

  it('goes on listening for what is short, until something has taken long', async () => {
    const { busy, busyAtOnce, codes, heard } = here()
    const usual = heard()
    expect(await busy(heard, 1_000)).toBe(usual)
    expect(busyAtOnce(heard)).toBe(usual)
    await busy(() => {
      process.kill(process.pid, 'SIGHUP')
      const until = performance.now() + 150
      while (performance.now() < until);
    })
    expect(await busy(heard)).toBe(usual - 1)
    expect(busyAtOnce(heard)).toBe(usual - 1)
    expect(codes).toEqual([129])
  })

  // The listener is told of a signal in the turn after the one in which it came.
  it('hears what comes while something else is done before', async () => {
    const { busy, codes } = here()
    let [sent, left] = [0, 40]
    const send = () => {
      const until = performance.now() + 2
      while (performance.now() < until);
      process.kill(process.pid, 'SIGHUP')
      sent += 1
      if (--left > 0) stat('.', send)
    }
    stat('.', send)
    while (left > 0) await busy(() => undefined, longText)
    await busy(() => undefined, longText)
    expect(codes).toHaveLength(sent)
  })

  it('goes on listening where the system would not end it: as the first process of a container', async () => {
    const { busy, heard } = here(true)
    const usual = heard()
    expect(await busy(heard, longText)).toBe(usual)
  })
})

it('ends with the code of Ctrl-C where a question took it for a key', () => {
  const one = signals({
    process: { on: () => process, off: () => process },
    isFirst: false,
    now: () => performance.now(),
    say: () => undefined,
    exit: () => undefined,
  })
  expect(one.signalled).toBeUndefined()
  one.interruptedByKey()
  expect(one.signalled).toBe(130)
})
