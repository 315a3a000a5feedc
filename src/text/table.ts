import { textWidth } from './width.ts'
import { padded } from './wrap.ts'

/** Lines of a table whose columns are as wide as what is in them; undefined where that is wider than the terminal. Pure. */
export function tableLines(rows: readonly (readonly string[])[], width: number): readonly string[] | undefined {
  const count = Math.max(0, ...rows.map((cells) => cells.length))
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(0, ...rows.map((cells) => textWidth(cells[column] ?? ''))),
  )
  if (widths.reduce((sum, one) => sum + one + 2, -2) > width) return undefined
  return rows.map((cells) =>
    cells
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
