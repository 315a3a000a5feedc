/** Controls, formats, line and paragraph separators, halves of pairs: what no report hands on. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Code points of what a text holds that nobody sees, besides line feeds. */
export function unseenIn(text: string, allowed = '\n'): readonly string[] {
  const found = (text.match(hidden) ?? []).filter((one) => !allowed.includes(one))
  return [...new Set(found)].map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
}

/** A text without the colours that a report gives it. */
export function withoutColour(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with one
  return text.replace(/\u001b\[[0-9;]*m/g, '')
}

/**
 * Lines that a build log would take for a command. GitHub's runner looks for `::` at the start of a line, white space aside, and for
 * `##[` anywhere in it (actions/runner, ActionCommand.cs); Azure Pipelines looks for `##vso[` anywhere, and TeamCity for `##teamcity[`.
 */
export function commandsIn(text: string): readonly string[] {
  return text.split(/[\r\n]/).filter((line) => line.trim().startsWith('::') || /##(?:vso|teamcity)?\[/i.test(line))
}
