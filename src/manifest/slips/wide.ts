import { codePoint } from '../finding.ts'
import type { BlockLine } from './lines.ts'
import type { Slip } from './slip.ts'

/** A character of an input method or a word processor, and what YAML has in its place. */
interface LookAlike {
  readonly name: string
  readonly plain: string
}

const named: Readonly<Record<string, LookAlike>> = {
  '\u3000': { name: 'full-width space', plain: ' ' },
  '\u00a0': { name: 'no-break space', plain: ' ' },
  '\u2011': { name: 'no-break hyphen', plain: '-' },
  '\u2010': { name: 'typographic hyphen', plain: '-' },
  '\u2013': { name: 'en dash', plain: '-' },
  '\u2014': { name: 'em dash', plain: '-' },
  '\u2015': { name: 'horizontal bar', plain: '-' },
  '\u2212': { name: 'minus sign', plain: '-' },
  '\u30fc': { name: 'long vowel mark', plain: '-' },
  '\u201c': { name: 'typographic quote', plain: '"' },
  '\u201d': { name: 'typographic quote', plain: '"' },
  '\u201e': { name: 'typographic quote', plain: '"' },
  '\u2018': { name: 'typographic quote', plain: "'" },
  '\u2019': { name: 'typographic quote', plain: "'" },
  '\u3001': { name: 'ideographic comma', plain: ',' },
  '\uff1a': { name: 'full-width colon', plain: ':' },
  '\uff0d': { name: 'full-width hyphen', plain: '-' },
  '\uff0c': { name: 'full-width comma', plain: ',' },
  '\uff3b': { name: 'full-width bracket', plain: '[' },
  '\uff3d': { name: 'full-width bracket', plain: ']' },
  '\uff5b': { name: 'full-width brace', plain: '{' },
  '\uff5d': { name: 'full-width brace', plain: '}' },
}

/** Full-width forms of ASCII: U+FF01 to U+FF5E stand 0xFEE0 above it. */
const wideForms = /^[\uff01-\uff5e]$/

/** What a character looks like, when it is none of YAML's but would pass for one. */
function lookAlike(character: string): LookAlike | undefined {
  const known = named[character]
  if (known) return known
  if (!wideForms.test(character)) return undefined
  return { name: 'full-width character', plain: String.fromCharCode(character.charCodeAt(0) - 0xfee0) }
}

/** A text as it would be without such characters. */
function plainly(text: string): string {
  return [...text].map((one) => lookAlike(one)?.plain ?? one).join('')
}

/** A character as a message names it: shown when it can be seen, and by its code point. */
function spelt(character: string): string {
  const code = codePoint(character)
  return /\s/.test(character) ? `(${code})` : `"${character}" (${code})`
}

/** What to type in place of a text that holds such characters; undefined when it holds none. */
export function plainAdvice(text: string): string | undefined {
  const found = [...text].find((one) => lookAlike(one) !== undefined)
  const { name } = lookAlike(found ?? '') ?? {}
  // What is written in another script holds such characters by right.
  return name && found && /^[ -~]*$/.test(plainly(text))
    ? `${spelt(found)} is a ${name}; turn the input method off and type ${plainly(text)}`
    : undefined
}

/** Where such a character breaks a line: what goes before it on the line, the character, and what YAML needs there. */
const places: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/^(-)([\u3000\u00a0])/, 'a space after the dash'],
  [/^()([\uff0d\u30fc\u2010-\u2015\u2212])(?=\s|$)/, 'a "-" at the start of a list item'],
  [/^((?:-\s+)?[^\s:\uff1a#"'-][^:\uff1a#]*)(\uff1a)/, 'a ":" and a space after a key'],
  [/^((?:-\s+)?[^\s:\uff1a#"'-][^:\uff1a#]*:)([\u3000\u00a0])/, 'a space after the ":"'],
]

/** The character of a line that only looks like what YAML needs there. */
export function wideSlip({ start, indent, lead, content }: BlockLine): Slip | undefined {
  const strange = lead.search(/[^ \t\r]/)
  if (strange >= 0) return slipAt(lead[strange] ?? '', start + strange, 'plain spaces at the start of a line')
  for (const [pattern, instead] of places) {
    const [, before, character] = pattern.exec(content) ?? []
    if (before !== undefined && character) return slipAt(character, start + indent + before.length, instead)
  }
  return undefined
}

function slipAt(character: string, start: number, instead: string): Slip {
  const { name, plain } = lookAlike(character) ?? { name: 'space', plain: ' ' }
  const message = `${name} ${spelt(character)} where YAML needs ${instead}`
  const hint = `turn the input method off and type ${plain === ' ' ? 'a plain space' : `a plain "${plain}"`}`
  return { message, hint, start, end: start + character.length }
}
