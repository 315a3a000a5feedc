/** A text as one line of GitHub's Markdown in which nothing is markup: for cells, list items and headings. */
export function inline(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&!@]|:(?=\/\/)/gu, '\\$&')
    .replace(/^([-+=]|\d+(?=[.)]))/u, (start) => (/\d/.test(start) ? `${start}&#8203;` : `\\${start}`))
}

/** A text as code. Where a code span could be broken by the text, it is HTML, whose content is escaped as such. */
export function code(text: string): string {
  return /^[^\s`|\\<>&\p{Cc}]+$/u.test(text) ? `\`${text}\`` : `<code>${inline(text)}</code>`
}

/** Lines in a fence that is longer than any fence in them. */
export function fenced(language: string, lines: readonly string[]): string[] {
  const runs = lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)))
  return [fence + language, ...lines, fence]
}

/** A line of a table from cells that are Markdown already. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}
