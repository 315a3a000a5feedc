import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { tries } from '../../support/effort.ts'
import { known } from './known.ts'
import { type Data, dataOf, drafts, tameData } from './support/drafts.ts'
import { judges } from './support/judge.ts'
import type { Texts } from './support/slots.ts'
import { hostileTexts, inTurn } from './support/texts.ts'

let tame: Data
beforeAll(async () => {
  tame = await tameData()
})

/** What is wrong with the reports of a world. */
async function complaints(texts: Texts): Promise<readonly string[]> {
  const data = dataOf(tame, texts)
  const found: string[] = []
  for (const [name, form, make] of drafts) {
    const list = await judges[form]({ text: make(data), tame: make(tame), texts })
    found.push(...list.slice(0, 5).map((one) => `${name}: ${one}`))
  }
  return found
}

describe('reports of hostile data, each beside the one of plain data', () => {
  it.each(known.map(({ what }, index) => [what, index] as const))('%s', async (_what, first) => {
    expect(await complaints(inTurn(known, first))).toEqual([])
  })

  it.each(known)('$what everywhere', async (one) => {
    expect(await complaints(inTurn([one], 0))).toEqual([])
  })

  const { numRuns, seed = Date.now() % 1_000_000 } = tries(3, 10_000)
  it(
    `${numRuns} hostile worlds (seed ${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(hostileTexts, async (texts) => {
          expect(await complaints(texts)).toEqual([])
        }),
        { numRuns, seed, interruptAfterTimeLimit: 8 * 60_000 },
      )
    },
    24 * 3_600_000,
  )
})
