/** A word of a command, quoted for POSIX shells and fish where it has to be. */
export function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}

/** Words to put behind a command, each quoted and with a space in front. */
export function trailing(words: readonly string[]): string {
  return words.map((word) => ` ${quoted(word)}`).join('')
}
