import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, blocks, type Cell } from '../../../src/kinds/assignment/rules.ts'

const cells = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('user a', 'user b', 'group a', 'group c'),
    fc.constantFrom('Admin', 'Reader', 'Dev'),
    fc.constantFrom('1', '2', '3', '4'),
  ),
  { selector: (cell) => JSON.stringify(cell) },
)

function cellsOf([principals, sets, accounts]: Block): Cell[] {
  return principals.flatMap((one) => sets.flatMap((set) => accounts.map((account): Cell => [one, set, account])))
}

describe('blocks', () => {
  it('hold exactly the grants, each once', () => {
    fc.assert(
      fc.property(cells, (given) => {
        const held = blocks(given).flatMap(cellsOf)
        expect(held.map(String).sort()).toEqual(given.map(String).sort())
      }),
    )
  })

  it.each<[string, readonly Block[]]>([
    [
      'two rules over the same accounts',
      [
        [['group a'], ['Admin'], ['1', '2']],
        [['group b'], ['Reader'], ['1', '2']],
      ],
    ],
    [
      'one rule of several principals, sets and accounts',
      [
        [
          ['group a', 'user b'],
          ['Admin', 'Dev'],
          ['1', '2', '3'],
        ],
      ],
    ],
    [
      'a cross, which no rule can hold alone',
      [
        [['user a'], ['Admin'], ['1', '2', '3']],
        [['user b'], ['Admin'], ['2']],
      ],
    ],
  ])('find %s again', (_name, rules) => {
    expect(blocks(rules.flatMap(cellsOf)).length).toBeLessThanOrEqual(rules.length)
  })

  it('stay few where each order of joining alone would make more', () => {
    const rules: Block[] = [
      [['a'], ['S', 'T'], ['1', '2']],
      [['b'], ['S'], ['1', '2']],
      [['c'], ['T'], ['1', '2', '3']],
    ]
    expect(blocks(rules.flatMap(cellsOf))).toHaveLength(3)
  })
})
