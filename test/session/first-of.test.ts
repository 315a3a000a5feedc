import { expect, it } from 'vitest'
import { error, warning } from '../../src/model/diagnostic.ts'
import { firstOf } from '../../src/session/first-of.ts'

const errors = (count: number) => Array.from({ length: count }, (_, n) => error('e', `error ${n}`))
const warnings = (count: number) => Array.from({ length: count }, (_, n) => warning('w', `warning ${n}`))

it.each([0, 1, 100, 101])('%i are shown as they are', (count) => {
  expect(firstOf(errors(count))).toEqual(errors(count))
})

it('of more, the first of each severity are shown and the rest is counted', () => {
  const cut = firstOf([...warnings(102), ...errors(5_000)])
  expect(cut).toHaveLength(202)
  expect(cut.slice(-2).map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
    'error: and 4900 more errors',
    'warning: and 2 more warnings',
  ])
})

it('what was counted before stays, and is not counted again', () => {
  const before = firstOf(warnings(500))
  expect(firstOf([...before, ...errors(1)])).toEqual([...before, ...errors(1)])
  expect(
    firstOf([...before, ...warnings(7)])
      .filter(({ code }) => code === 'more')
      .map(({ message }) => message),
  ).toEqual(['and 400 more warnings', 'and 7 more warnings'])
})
