import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { chromium, domOf } from '../../access/support/chromium.ts'
import { tries } from '../../support/effort.ts'
import { newFolder } from '../e2e/support/desk.ts'
import { known } from './known.ts'
import { elementsOf } from './readers/page.ts'
import { type Data, dataOf, drafts, pageOf, tameData } from './support/drafts.ts'
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

  const { numRuns, seed = Date.now() % 1_000_000 } = tries(8, 10_000)
  it(`${numRuns} hostile worlds (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(hostileTexts, async (texts) => expect(await complaints(texts)).toEqual([])),
      { numRuns, seed },
    )
  }, 24 * 3_600_000)
})

if (!chromium) process.stdout.write('skipped: hostile names in a browser (no chromium on this machine)\n')

describe.skipIf(!chromium)('in a browser', () => {
  it('is the page of plain names, with the same elements after its scripts have run', () => {
    const open = (texts: Texts) => {
      const folder = newFolder()
      writeFileSync(join(folder, 'page.html'), pageOf(dataOf(tame, texts).access))
      return elementsOf(domOf(join(folder, 'page.html'), join(folder, 'profile')))
    }
    const expected = open(tame.texts)
    expect(expected.filter((line) => line.includes('<script'))).toHaveLength(1)
    expect(open(inTurn(known, 0))).toEqual(expected)
    expect(open(inTurn(known.filter(({ what }) => what === 'elements of a page'), 0))).toEqual(expected)
  })
})
