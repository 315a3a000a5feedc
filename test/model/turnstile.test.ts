import { describe, expect, it } from 'vitest'
import { turnstile } from '../../src/model/turnstile.ts'

/** Tasks that end when they are told to, with what they are called. */
function tasks() {
  const started: number[] = []
  const ends = new Map<number, () => void>()
  const task = (name: number) => () => {
    started.push(name)
    return new Promise<number>((resolve) => ends.set(name, () => resolve(name)))
  }
  return { started, ends, task }
}

const later = () => new Promise((resolve) => setImmediate(resolve))

describe('a turnstile', () => {
  it('lets through so many at a time, in the order in which they came', async () => {
    const { started, ends, task } = tasks()
    const turn = turnstile(2)
    const all = [1, 2, 3, 4].map((name) => turn(task(name)))
    await later()
    expect(started).toEqual([1, 2])
    ends.get(2)?.()
    await later()
    expect(started).toEqual([1, 2, 3])
    ends.get(1)?.()
    await later()
    expect(started).toEqual([1, 2, 3, 4])
    ends.get(3)?.()
    ends.get(4)?.()
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
  })

  it('lets through those that go first before the others, in the order in which they came', async () => {
    const { started, ends, task } = tasks()
    const turn = turnstile(1)
    for (const [name, goesFirst] of [[1], [2], [3, true], [4], [5, true]] as const) void turn(task(name), goesFirst)
    for (const name of [1, 3, 5, 2, 4]) {
      await later()
      ends.get(name)?.()
    }
    expect(started).toEqual([1, 3, 5, 2, 4])
  })

  it('gives the place of a task that fails to the next one', async () => {
    const turn = turnstile(1)
    const failing = turn(() => Promise.reject(new Error('no')))
    const next = turn(async () => 'done')
    await expect(failing).rejects.toThrow('no')
    expect(await next).toBe('done')
  })

  it('keeps the order of thousands, and never lets more through', async () => {
    const turn = turnstile(7)
    const started: number[] = []
    let open = 0
    let most = 0
    const one = (name: number) =>
      turn(async () => {
        started.push(name)
        open += 1
        most = Math.max(most, open)
        await Promise.resolve()
        open -= 1
      })
    const names = Array.from({ length: 5_000 }, (_, index) => index)
    await Promise.all(names.map(one))
    expect(started).toEqual(names)
    expect(most).toBe(7)
  })
})
