const BLANK = new Set([' ', '\t', '\r', '\n'])
const WORD = /(?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\\'" \t\r\n])+/y

/**
 * Splits a section name into words as a POSIX shell does, with quotes and backslashes; undefined when a quote or
 * a backslash is left open. The AWS CLI reads `[profile "my dev"]` this way (Python's shlex.split).
 */
export function shellWords(text: string): string[] | undefined {
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    if (BLANK.has(text.charAt(at))) {
      at += 1
      continue
    }
    WORD.lastIndex = at
    const word = WORD.exec(text)?.[0]
    if (word === undefined) return undefined
    words.push(unquote(word))
    at += word.length
    if (at < text.length && !BLANK.has(text.charAt(at))) return undefined
  }
  return words
}

const PIECE = /\\([\s\S])|'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"/g

function unquote(word: string): string {
  return word.replace(PIECE, (_all, escaped?: string, single?: string, double?: string) => {
    return escaped ?? single ?? (double ?? '').replace(/\\(["\\])/g, '$1')
  })
}
