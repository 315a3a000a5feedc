import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { index } from '../../src/sandbox/state/indexes.ts'
import { ledger } from '../../src/sandbox/state/state.ts'

const byRegion = index('home', ({ region }) => (region === 'none' ? undefined : region))
const regions = ['a', 'b', 'none'] as const
const change = fc.record({
  key: fc.constantFrom('1', '2', '3', '4'),
  region: fc.option(fc.constantFrom(...regions), { nil: null }),
  verb: fc.constantFrom('change', 'take back'),
})

describe('what an index finds', () => {
  it('is what a look at all rows finds, whatever was put, removed and taken back', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat({ max: 30 }), (changes, asked) => {
        const state = ledger({ home: { 1: { account: '1', region: 'a' } } })
        for (const [nth, { key, region, verb }] of changes.entries()) {
          // Asked at any time, for from then on the index is kept.
          if (nth === asked) state.find(byRegion, 'a')
          state.begin()
          if (region === null) state.remove('home', key)
          else state.put('home', key, { account: key, region })
          if (verb === 'take back') state.undo()
        }
        const rows = [...state.rows('home').values()]
        for (const value of regions) {
          const found = state.find(byRegion, value).map(({ account }) => account)
          const seen = rows.filter(({ region }) => region === value && value !== 'none').map(({ account }) => account)
          expect(found.sort()).toEqual(seen.sort())
        }
      }),
    )
  })
})
