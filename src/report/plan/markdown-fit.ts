/** A part of a page: a frame around items of which some may have to be left out. */
export interface MarkdownSection {
  readonly before: readonly string[]
  readonly items: readonly string[]
  readonly after: readonly string[]
  /** One item and several, for the line that counts what was left out. */
  readonly noun: readonly [one: string, many: string]
}

// What the count of left out items, and the line ends around it, take at most.
const reserve = 120

/**
 * Sections as one text of at most so many characters: frames always, items from the first on as long as there is room. Each section has its
 * share of the room, whatever fills the others: whoever proposes a plan could leave out what matters with what does not. What had to be
 * left out is counted in its place, so that nobody takes a part for the whole. Pure.
 */
export function fitted(sections: readonly MarkdownSection[], limit: number): string {
  const frames = sections.reduce((sum, { before, after }) => sum + size(before) + size(after) + reserve, 0)
  const room = limit - frames
  const share = room / Math.max(1, sections.filter(({ items }) => items.length > 0).length)
  const least = sections.map(({ items }) => size(fitting(items, share)))
  let free = room - least.reduce((sum, one) => sum + one, 0)
  const lines = sections.flatMap(({ before, items, after, noun }, index) => {
    const own = least[index] ?? 0
    const shown = fitting(items, own + free)
    free -= size(shown) - own
    const left = items.length - shown.length
    const note = left > 0 ? ['', `… and ${left} more ${noun[left === 1 ? 0 : 1]}, left out for length`, ''] : []
    return [...before, ...shown, ...after, ...note]
  })
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

/** The items that fit, from the first on; one that is too long leaves its room to those after it. */
function fitting(items: readonly string[], room: number): readonly string[] {
  let left = room
  return items.filter((item) => {
    const fits = item.length + 1 <= left
    if (fits) left -= item.length + 1
    return fits
  })
}

function size(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0)
}
