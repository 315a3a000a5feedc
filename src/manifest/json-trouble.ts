/** Where a text stops being JSON, and what would have been expected there. */
export interface JsonTrouble {
  readonly offset: number
  readonly expected: string
}

const blank = /[ \t\r\n]*/y
// Other control characters are refused before.
const scalar =
  /"(?:[^"\\\t\n\r]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/**
 * The first place where a text is no JSON, in words that hold nothing of the text: JSON.parse quotes what it stumbles over. Undefined for
 * JSON. Nesting costs no stack.
 */
export function jsonTrouble(text: string): JsonTrouble | undefined {
  const open: ('{' | '[')[] = []
  let offset = after(blank, text, 0)
  let next: 'value' | 'key' | 'first key' | 'first item' | 'more' = 'value'
  for (;;) {
    const sign = text[offset]
    const container = open.at(-1)
    if (next === 'more' && container === undefined)
      return offset === text.length ? undefined : trouble(offset, 'the end of the file')
    if (
      (sign === '}' && container === '{' && next !== 'key' && next !== 'value') ||
      (sign === ']' && container === '[' && (next === 'first item' || next === 'more'))
    ) {
      open.pop()
      offset = after(blank, text, offset + 1)
      next = 'more'
    } else if (next === 'more') {
      if (sign !== ',') return trouble(offset, container === '{' ? 'a comma or }' : 'a comma or ]')
      offset = after(blank, text, offset + 1)
      next = container === '{' ? 'key' : 'value'
    } else if (next === 'key' || next === 'first key') {
      const end = sign === '"' ? after(scalar, text, offset) : offset
      if (end === offset) return trouble(offset, 'a key in double quotes')
      offset = after(blank, text, end)
      if (text[offset] !== ':') return trouble(offset, 'a colon')
      offset = after(blank, text, offset + 1)
      next = 'value'
    } else if (sign === '{' || sign === '[') {
      open.push(sign)
      offset = after(blank, text, offset + 1)
      next = sign === '{' ? 'first key' : 'first item'
    } else {
      const end = after(scalar, text, offset)
      if (end === offset)
        return trouble(offset, 'a value: a text in double quotes, a number, true, false, null, [ or {')
      offset = after(blank, text, end)
      next = 'more'
    }
  }
}

function after(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}

function trouble(offset: number, expected: string): JsonTrouble {
  return { offset, expected }
}
