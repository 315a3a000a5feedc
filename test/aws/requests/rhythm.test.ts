import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { luck } from '../../support/luck.ts'
import { type Service, simulated } from './support/simulated.ts'

const seconds = (count: number) => count * 1_000

const fixed = (time: number): Service => ({ takes: () => seconds(time) })
const varied = (time: number): Service => {
  const random = luck(1)
  return { takes: () => seconds(time) * (0.7 + 0.6 * random()) }
}

/** Time that requests take if every place is taken all the time. */
const least = (count: number, time: number) => Math.ceil(count / 15) * seconds(time)

async function run(count: number, service: Service) {
  const outcome = await simulated(count, service)
  expect(outcome.early).toEqual([])
  expect(outcome.told).toHaveLength(count)
  expect(outcome.most).toBeLessThanOrEqual(15)
  return { ...outcome, looksEach: (outcome.lists + outcome.descriptions) / count }
}

describe('requests that AWS lets run fifteen at a time', () => {
  it.each([
    ['half a second', fixed(0.5), 0.5, 1.45, 0.19],
    ['a second', fixed(1), 1, 1.25, 0.19],
    ['two seconds', fixed(2), 2, 1.15, 0.19],
    ['five seconds', fixed(5), 5, 1.12, 0.2],
    ['twenty seconds', fixed(20), 20, 1.1, 0.25],
    ['about two seconds', varied(2), 2, 1.35, 0.25],
    ['about five seconds', varied(5), 5, 1.3, 0.26],
  ])('keep their places taken with few looks when they take %s', async (_time, service, time, loss, looks) => {
    const { took, looksEach, told } = await run(600, service)
    expect(new Set(told)).toEqual(new Set(['done']))
    expect(took).toBeLessThan(least(600, time) * loss)
    expect(looksEach).toBeLessThan(looks)
  })

  it('take the time of their calls where those are what is scarce', async () => {
    const { took, looksEach } = await run(600, { ...fixed(60), looks: 1, perSecond: 20 })
    expect(looksEach).toBeLessThan(0.15)
    expect(took).toBeLessThan(((600 * (1 + looksEach)) / 20) * 1_000 * 1.1)
  })

  it('are looked at no less often because they end by being looked at', async () => {
    const { took, looksEach } = await run(600, { ...fixed(3_600), looks: 3 })
    expect(looksEach).toBeLessThan(0.3)
    expect(took).toBeLessThan(seconds(80))
  })

  it('are followed when their time changes', async () => {
    const slower = (nth: number) => seconds(nth < 200 ? 1 : nth < 400 ? 6 : 1)
    const { took, looksEach } = await run(600, { takes: slower })
    expect(looksEach).toBeLessThan(0.35)
    expect(took).toBeLessThan((least(400, 1) + least(200, 6)) * 1.35)
  })

  it('do not wait for one that takes minutes', async () => {
    const { took } = await run(300, { takes: (nth) => seconds(nth === 50 ? 240 : 1) })
    expect(took).toBeLessThan(seconds(250))
    expect(took).toBeGreaterThan(seconds(240))
  })
})

describe('what is told of requests', () => {
  it('is why each failed, and of the others that they are done', async () => {
    const fails = (nth: number) => (nth % 9 === 0 ? `reason ${nth}` : undefined)
    const { told } = await run(200, { ...fixed(1), fails })
    for (const [nth, how] of told.entries())
      expect(how).toBe(nth % 9 === 0 ? `the assignment creation request ended FAILED: reason ${nth}` : 'done')
  })

  it('is what lists tell where nobody may describe a request', async () => {
    const fails = (nth: number) => (nth % 9 === 0 ? 'why' : undefined)
    const { told } = await run(105, { ...fixed(1), fails, refusesDescriptions: true })
    const failed =
      "the assignment creation request ended FAILED: AWS's reason could not be read, because descriptions were denied"
    for (const [nth, how] of told.entries()) expect(how).toBe(nth % 9 === 0 ? failed : 'done')
  })

  it.each([1, 5, 60])('is true where lists show new requests %i seconds late', async (lag) => {
    const { told } = await run(100, { ...fixed(3), lag: seconds(lag), fails: (nth) => (nth === 7 ? 'why' : undefined) })
    expect(told.filter((how) => how !== 'done')).toEqual(['the assignment creation request ended FAILED: why'])
  })

  it('comes where requests end only when they are described, and lists are asked no more', async () => {
    const { told, lists, descriptions } = await run(300, { ...fixed(1), endsDescribed: true })
    expect(new Set(told)).toEqual(new Set(['done']))
    expect(lists).toBeLessThan(60)
    expect(descriptions).toBeLessThan(3 * 300)
  })

  it('is never told before it is true, whatever the service is like', async () => {
    const service = fc.record({
      seed: fc.integer({ min: 1, max: 1_000 }),
      time: fc.constantFrom(0.01, 0.2, 1, 4),
      spread: fc.constantFrom(0, 0.5, 3),
      lag: fc.constantFrom(0, 300, 4_000),
      failing: fc.constantFrom(0, 0.1, 1),
      looks: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
      endsDescribed: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(service, async ({ seed, time, spread, failing, ...rest }) => {
        const random = luck(seed)
        const rolls = Array.from({ length: 60 }, () => [random(), random()] as const)
        const fails = (nth: number) => ((rolls[nth]?.[1] ?? 1) < failing ? `why ${nth}` : undefined)
        const takes = (nth: number) => seconds(time) * (1 + spread * (rolls[nth]?.[0] ?? 0))
        const { told } = await run(60, { takes, fails, ...rest })
        const truth = rolls.map((_, nth) => {
          const why = fails(nth)
          return why ? `the assignment creation request ended FAILED: ${why}` : 'done'
        })
        expect(told).toEqual(truth)
      }),
      { numRuns: 60 },
    )
  })
})
