import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../../src/commands/index.ts'
import { isFull, tries } from '../../support/effort.ts'
import { known } from './known.ts'
import { reports } from './support/reports.ts'
import { tame } from './support/slots.ts'
import { hostileTexts, inTurn } from './support/texts.ts'
import { newTrial, type Trial } from './support/trial.ts'

let trial: Trial
beforeAll(async () => {
  trial = await newTrial()
}, 600_000)

/** A night has other worlds than the one before, so each may end after as many minutes. */
const atMost = 8 * 60_000

/** Where nothing is left out every known text is in every place once. */
const turns = isFull ? known.map((_one, index) => index) : [0]

function hasForm(words: readonly string[], format: string | undefined): boolean {
  const form = words.includes('--json') ? 'json' : words[words.indexOf('--format') + 1]
  return (
    format === undefined ||
    format === 'text' ||
    (words.includes('--json') || words.includes('--format') ? form : 'text') === format
  )
}

describe('every report of every command, read by a terminal, a build log, Markdown, a spreadsheet and a browser', () => {
  it.each(turns)(
    'is the report of the same world with plain names: what is known, from number %s on',
    async (first) => {
      expect(await trial.complaints(inTurn(known, first))).toEqual([])
    },
    600_000,
  )

  it('has every command in every form', () => {
    const words = reports.flatMap((report) => [report.words(tame)])
    const forms = commands.flatMap(({ name, options }) =>
      [undefined, ...('format' in options ? (options.format.choices ?? []) : [])].map(
        (format) => [name, format] as const,
      ),
    )
    const missing = forms.filter(([name, format]) => !words.some((line) => line[0] === name && hasForm(line, format)))
    expect(missing).toEqual([])
  })

  const { numRuns, seed = Date.now() % 1_000_000 } = tries(1, 1_000)
  let made = 0
  it(
    `is the report of the same world with plain names: ${numRuns} hostile worlds at most (seed ${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(hostileTexts, async (texts) => {
          made += 1
          expect(await trial.complaints(texts)).toEqual([])
        }),
        // Worlds are made small by the trial, report by report.
        { numRuns, seed, endOnFailure: true, interruptAfterTimeLimit: atMost },
      )
      if (isFull) process.stdout.write(`${made} hostile worlds (seed ${seed})\n`)
    },
    24 * 3_600_000,
  )
})
