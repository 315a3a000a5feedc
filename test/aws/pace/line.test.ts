import { expect, it } from 'vitest'
import { newLine } from '../../../src/aws/pace/line.ts'
import type { Call } from '../../../src/aws/pace/pace.ts'

/** A line whose clock is set by hand. */
function stopped() {
  let now = 5_000
  const line = newLine({ machine: () => now, sleep: () => new Promise(() => undefined) })
  const taken: (Call | undefined)[] = []
  const take = (isTooOld?: (waited: number) => boolean) =>
    line.take('a', false, isTooOld).then((call) => void taken.push(call))
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  const at = (milliseconds: number) => {
    now = milliseconds
  }
  return { line, taken, take, turn, at }
}

/** How many of a hundred calls are sent in so many round trips of 50 ms to a service that answers all of them. */
async function sentIn(roundTrips: number, second: number | undefined): Promise<number> {
  const { line, taken, take, turn, at } = stopped()
  // A few to begin with, as a look has them: what is sent together came in the same second anyway.
  for (let nth = 0; nth < 4; nth += 1) void take()
  await turn()
  for (let trip = 1, back = 0; trip <= roundTrips; trip += 1) {
    at(5_000 + trip * 50)
    if (trip === 1) for (let nth = 0; nth < 7; nth += 1) void take()
    if (trip === 2) for (let nth = 0; nth < 89; nth += 1) void take()
    const calls = taken.slice(back)
    back = taken.length
    for (const call of calls) if (call) line.back(call, 'answered', second)
    await turn()
  }
  return taken.length
}

it('passes on which second a service told: it is known sooner that nothing is throttled', async () => {
  expect(await sentIn(5, 1_234)).toBeGreaterThan((await sentIn(5, undefined)) + 10)
})

it('does not send, nor count, what has become too old while it waited', async () => {
  const { line, taken, take, turn, at } = stopped()
  const waits: number[] = []
  for (let nth = 0; nth < 22; nth += 1) void take()
  void take((waited) => waits.push(waited) > 0)
  await turn()
  expect(taken).toHaveLength(22)
  at(405_000)
  for (const call of [...taken]) if (call) line.back(call, 'lost')
  await turn()
  expect(waits).toEqual([400_000])
  expect(taken.slice(22)).toEqual([undefined])
  // Twenty a second may be sent, and two to find out.
  for (let nth = 0; nth < 22; nth += 1) void take()
  await turn()
  expect(taken).toHaveLength(45)
})
