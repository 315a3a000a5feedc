import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { isFull, tries } from '../../support/effort.ts'
import { known } from './known.ts'
import { hostileTexts, inTurn } from './support/texts.ts'
import { newTrial, type Trial } from './support/trial.ts'

let trial: Trial
beforeAll(async () => {
  trial = await newTrial()
}, 600_000)

/** Where nothing is left out every known text is in every place once. */
const turns = isFull ? known.map((_one, index) => index) : [0, 5]

describe('every report of every command, read by a terminal, a build log, Markdown, a spreadsheet and a browser', () => {
  it.each(turns)(
    'is the report of the same world with plain names: what is known, from number %s on',
    async (first) => {
      expect(await trial.complaints(inTurn(known, first))).toEqual([])
    },
    600_000,
  )

  const { numRuns, seed = Date.now() % 1_000_000 } = tries(1, 1_000)
  it(
    `is the report of the same world with plain names: ${numRuns} hostile worlds (seed ${seed})`,
    async () => {
      await fc.assert(
        fc.asyncProperty(hostileTexts, async (texts) => expect(await trial.complaints(texts)).toEqual([])),
        // Worlds are made small by the trial, report by report.
        { numRuns, seed, endOnFailure: true },
      )
    },
    24 * 3_600_000,
  )
})
