/** A table in Markdown; the columns are those of the first row. Pure. */
export function table(rows: readonly Readonly<Record<string, string>>[]): string {
  const names = Object.keys(rows[0] ?? {})
  const cells = [names, ...rows.map((row) => names.map((name) => row[name] ?? '-'))]
  const widths = names.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)))
  const line = (words: readonly string[]) =>
    `| ${words.map((word, column) => word.padStart(widths[column] ?? 0)).join(' | ')} |\n`
  const rule = `| ${widths.map((width) => `${'-'.repeat(width - 1)}:`).join(' | ')} |\n`
  return cells.map((words, index) => line(words) + (index === 0 ? rule : '')).join('')
}

/** Seconds as a table shows them. Pure. */
export function seconds(value: number): string {
  if (value >= 120) return `${(value / 60).toFixed(1)} min`
  return `${value.toFixed(value < 10 ? 2 : 0)} s`
}
