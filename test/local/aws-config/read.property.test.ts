import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lexConfig } from '../../../src/local/aws-config/lex.ts'
import { shellWords } from '../../../src/local/aws-config/words.ts'
import { joinLines } from '../../../src/local/files/lines.ts'
import { botocoreMissing, botocoreReads } from './botocore.ts'
import { ourReading } from './reading.ts'
import { anyText, goodText, LONG, RUNS, soup } from './texts.ts'

test('the lines of any text give the text back', () => {
  const everything = fc.oneof(anyText, soup, fc.string({ unit: 'binary' }))
  fc.assert(
    fc.property(everything, (text) => joinLines(lexConfig(text)) === text),
    { numRuns: RUNS },
  )
})

test.skipIf(botocoreMissing)('the AWS CLI accepts the same texts and reads the same values', { timeout: LONG }, () => {
  const texts = fc.sample(fc.oneof(anyText, soup, goodText(true)), RUNS * 2)
  const readings = botocoreReads(texts)
  let read = 0
  texts.forEach((text, n) => {
    const { error, ...theirs } = readings[n] ?? { error: 'no answer' }
    const { error: refused, ...ours } = ourReading(text)
    // A bad block in [DEFAULT] only shows once a section inherits it, so a new section would break the file.
    if (refused?.includes('config-nested') && text.includes('[DEFAULT]')) return
    expect(refused !== undefined, `${JSON.stringify(text)}: ${error}`).toBe(error !== undefined)
    expect(ours, JSON.stringify(text)).toEqual(theirs)
    if (error === undefined) read += 1
  })
  expect(read).toBeGreaterThan(texts.length / 5)
})

test('words are split as a shell splits them', () => {
  const rows: [string, string[] | undefined][] = [
    ['profile dev', ['profile', 'dev']],
    ['profile "my dev"', ['profile', 'my dev']],
    [`profile\t'a b'c"d"`, ['profile', 'a bcd']],
    ['profile a\\ b', ['profile', 'a b']],
    ['profile "a\\"b\\c"', ['profile', 'a"b\\c']],
    ["profile ''", ['profile', '']],
    ['profile "open', undefined],
    ['profile x\\', undefined],
    ['', []],
  ]
  for (const [text, words] of rows) expect(shellWords(text), text).toEqual(words)
})
