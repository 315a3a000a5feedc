import { indentation, type Line, splitLines, trim, trimEnd } from '../files/lines.ts'

/** What a line of an AWS config text is for the AWS CLI. `stray` is text it cannot read there. */
export type LineRole =
  | { readonly role: 'blank' | 'comment' | 'continuation' | 'stray' }
  | { readonly role: 'header'; readonly header: string }
  | { readonly role: 'option'; readonly key: string }

/** A line and its role. */
export type ConfigLine = Line & LineRole

/**
 * Reads an AWS config text line by line as Python's RawConfigParser does, the reader of the AWS CLI and the
 * strictest of all. A line indented deeper than the option above it continues that option, whatever it looks like;
 * blank lines and comments never end a value. Joining the lines gives the text back.
 */
export function lexConfig(text: string): ConfigLine[] {
  let seenHeader = false
  let optionIndent: number | undefined
  return splitLines(text).map(({ text, end }): ConfigLine => {
    const body = trim(text)
    if (body === '') return { text, end, role: 'blank' }
    if (body.startsWith('#') || body.startsWith(';')) return { text, end, role: 'comment' }
    const indent = indentation(text)
    if (optionIndent !== undefined && indent > optionIndent) return { text, end, role: 'continuation' }
    const role = headerOrOption(body, seenHeader)
    if (role.role === 'header') seenHeader = true
    optionIndent = role.role === 'option' ? indent : undefined
    return { text, end, ...role }
  })
}

function headerOrOption(body: string, seenHeader: boolean): LineRole {
  const close = body.lastIndexOf(']')
  if (body.startsWith('[') && close > 1) return { role: 'header', header: body.slice(1, close) }
  const delimiter = body.search(/[=:]/)
  if (!seenHeader || delimiter === -1) return { role: 'stray' }
  return { role: 'option', key: trimEnd(body.slice(0, delimiter)).toLowerCase() }
}

/** An option line cut in three: `head` up to the value, the first line of the value, white space after it. */
export function cutOption(text: string): { head: string; value: string; tail: string } {
  const delimiter = text.search(/[=:]/) + 1
  const start = delimiter + indentation(text.slice(delimiter))
  const end = Math.max(start, trimEnd(text).length)
  return { head: text.slice(0, start), value: text.slice(start, end), tail: text.slice(end) }
}
