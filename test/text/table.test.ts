import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tableLines } from '../../src/text/table.ts'
import { textWidth } from '../../src/text/width.ts'

const cell = fc.constantFrom('', 'a', 'Admin', '山田花子', '開発 (444455556666)')
const rows = fc
  .integer({ min: 1, max: 5 })
  .chain((columns) =>
    fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 6 }),
  )

/** Where the cells of a column begin, in columns of the terminal; the room before them is that of the widest cell before. */
function starts(table: readonly (readonly string[])[]): readonly number[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((cells) => textWidth(cells[column] ?? ''))))
  return widths.map((_, column) => widths.slice(0, column).reduce((sum, one) => sum + one + 2, 0))
}

describe('a table', () => {
  it('has each column under its heading, however wide its characters, and a line a row', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const lines = tableLines(table, 200)
        expect(lines).toHaveLength(table.length)
        const at = starts(table)
        lines?.forEach((line, row) => {
          table[row]?.forEach((text, column) => {
            const before = [...line].reduce((so, char) => (textWidth(so) < (at[column] ?? 0) ? so + char : so), '')
            expect(line.slice(before.length).startsWith(text)).toBe(true)
          })
        })
      }),
    )
  })

  it('is there exactly where it fits', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 80 }), (table, width) => {
        const whole = tableLines(table, Number.POSITIVE_INFINITY) ?? []
        const total = (starts(table).at(-1) ?? 0) + Math.max(...table.map((cells) => textWidth(cells.at(-1) ?? '')))
        expect(tableLines(table, width)).toEqual(total <= width ? whole : undefined)
      }),
    )
  })
})
