import wrapAnsi from 'wrap-ansi'

/** A text in one line of so many columns; what does not fit is cut off, and a sign says so. Pure. */
export function firstLine(text: string, columns: number): string {
  const cut = (width: number) =>
    wrapAnsi(text, Math.max(1, width), { hard: true, wordWrap: false, trim: false }).split('\n')
  const [whole = '', ...more] = cut(columns)
  return more.length === 0 ? whole : `${cut(columns - 1)[0]?.trimEnd()}…`
}
