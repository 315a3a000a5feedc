import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromium } from '../../access/support/chromium.ts'
import { isFull } from '../../support/effort.ts'
import { newFolder } from '../e2e/support/desk.ts'
import { known } from './known.ts'
import { type Browser, newBrowser } from './readers/browser.ts'
import { unseenIn } from './readers/characters.ts'
import { elementsOf, readableOf } from './readers/page.ts'
import { dataOf, pageOf, planPageOf, tameData } from './support/drafts.ts'
import { pagesOf } from './support/pages.ts'
import { newStage, type Stage } from './support/scene.ts'
import { type Texts, tame } from './support/slots.ts'
import { inTurn } from './support/texts.ts'

const markup = known.findIndex(({ what }) => what === 'elements of a page')
const turns = isFull ? known.map((_one, index) => index) : [0, markup]
const worlds: readonly (readonly [string, Texts])[] = [
  ...turns.map((turn) => [`what is known, from number ${turn} on`, inTurn(known, turn)] as const),
  ['elements everywhere', inTurn(known.slice(markup, markup + 1), 0)],
]

let stage: Stage
let plain: ReadonlyMap<string, string>
let own: (texts: Texts) => readonly (readonly [string, string])[]
beforeAll(async () => {
  stage = await newStage()
  const data = await tameData()
  own = (texts) => {
    const { access, plan } = dataOf(data, texts)
    return [
      ['who can do what', pageOf(access)],
      ['a plan', planPageOf(plan)],
    ]
  }
  plain = await pages(tame)
})

async function pages(texts: Texts): Promise<ReadonlyMap<string, string>> {
  const served = await pagesOf(await stage.enter(texts), texts)
  return new Map([...served, ...own(texts)])
}

describe('every page, beside the one of plain names', () => {
  it('is another page for each', () => {
    expect(plain.size).toBe(13)
    expect(new Set(plain.values()).size).toBe(13)
  })

  it.each(worlds)('has the same elements: %s', async (_what, texts) => {
    for (const [name, html] of await pages(texts)) {
      expect(elementsOf(html), name).toEqual(elementsOf(plain.get(name) ?? ''))
      expect([...unseenIn(html), ...readableOf(html).flatMap((one) => unseenIn(one))], name).toEqual([])
    }
  })
})

if (!chromium) process.stdout.write('skipped: hostile names in a browser (no chromium on this machine)\n')

describe.skipIf(!chromium)('every page in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await newBrowser(newFolder())
  })
  afterAll(() => browser.close())

  it('is told of what a page does', async () => {
    const { happened } = await browser.open(
      '<script>alert(1)</script><img src="http://127.0.0.1:1/x" onerror="console.log(2)"><script>throw new Error("3")</script>',
    )
    expect(happened.join('\n')).toMatch(/dialog alert 1/)
    expect(happened.join('\n')).toMatch(/request http:\/\/127\.0\.0\.1:1\/x[\s\S]*console .*2/)
    expect(happened.join('\n')).toMatch(/exception .*Error: 3/)
  })

  it.each(worlds)('opens no dialog, asks for nothing and has the same elements: %s', async (_what, texts) => {
    for (const [name, html] of await pages(texts)) {
      const [own, other] = [await browser.open(html), await browser.open(plain.get(name) ?? '')]
      expect(own.happened, name).toEqual([])
      expect(own.title, name).toBe(other.title)
      expect(elementsOf(own.dom), name).toEqual(elementsOf(other.dom))
    }
  })
})
