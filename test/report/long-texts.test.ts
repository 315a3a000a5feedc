import { expect, test } from 'vitest'
import { answerIn } from '../../src/local/shell/question.ts'
import { plainUrl } from '../../src/model/portal.ts'
import { inline } from '../../src/report/markdown.ts'
import { hidden, masked } from '../../src/report/mask.ts'

/** So long that a pattern which tries each beginning with each end would take hours; the test then runs into its limit. */
const many = 300_000

test.each([
  ['mask', () => masked('pwd'.repeat(many)), 'pwd'.repeat(many)],
  ['mask with a value', () => masked(`${'pwd'.repeat(many)} = x`), `${'pwd'.repeat(many)} = ${hidden}`],
  ['start URL', () => plainUrl(`https://a${'/'.repeat(many)}b`), `https://a${'/'.repeat(many)}b`],
  ['answer of a shell', () => answerIn('<<sso-reconcile:'.repeat(many)), undefined],
  ['word in Markdown', () => inline(`@${'('.repeat(many)}${'!'.repeat(many)}x`).length > many, true],
])('goes through a long text once: %s', (_what, act, expected) => {
  expect(act()).toBe(expected)
})
