/** Levels of nesting beyond which no document of ours is. */
const deepest = 200

/**
 * True for a JSON text that nests more deeply than any document of ours. Such a text is refused before it is parsed: a parser takes
 * minutes for millions of brackets.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (mark === '[' || mark === '{') depth += 1
    else if (mark === ']' || mark === '}') depth -= 1
    if (depth > deepest) return true
  }
  return false
}
