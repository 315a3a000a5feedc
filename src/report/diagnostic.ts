import type { Diagnostic, Position } from '../model/diagnostic.ts'
import { shown } from '../text/shown.ts'
import { textWidth } from '../text/width.ts'
import { wrapped } from '../text/wrap.ts'

/** Colours a text; `util.styleText` has this shape. */
export type Paint = (format: 'red' | 'yellow' | 'cyan' | 'bold' | 'dim', text: string) => string

/** What rendering needs beside the diagnostics. */
export interface DiagnosticOptions {
  /** Texts of the files that positions refer to; without the text of a file there is no code frame. */
  readonly sources: ReadonlyMap<string, string>
  /** Columns of the terminal; longer source lines are cut around the marked part. */
  readonly width: number
  /** Break long sentences and hints at the width too; a log keeps them on their lines, where they can be searched. */
  readonly wrap?: boolean
  /** No colour when absent. */
  readonly color?: Paint
}

/** Diagnostics for people: place, sentence, code frame, hint; no line end after the last. A summary is the caller's. */
export function renderDiagnostics(list: readonly Diagnostic[], options: DiagnosticOptions): string {
  const paint = options.color ?? ((_format, text) => text)
  const files = new Map<string, readonly string[]>()
  const linesOf = (file: string) => {
    const lines =
      files.get(file) ??
      options.sources
        .get(file)
        ?.replace(/^\uFEFF/, '')
        .split(/\r\n|\n/)
    if (lines !== undefined) files.set(file, lines)
    return lines
  }
  return list.map((one) => renderOne(one, one.at && linesOf(one.at.file), options, paint)).join('\n')
}

function renderOne(
  one: Diagnostic,
  lines: readonly string[] | undefined,
  { width, wrap }: DiagnosticOptions,
  paint: Paint,
): string {
  const { at, severity } = one
  const fitted = (text: string, indent: string) =>
    wrap ? wrapped(text, width - indent.length, 0).join(`\n${indent}`) : text
  const place = at === undefined ? '' : `${paint('bold', `${shown(at.file)}:${at.line}:${at.column}`)}  `
  const word = paint(severity === 'error' ? 'red' : 'yellow', severity)
  const frame = at === undefined || lines === undefined ? [] : codeFrame(at, lines, width, paint)
  const hint = one.hint === undefined ? [] : [`  ${fitted(`${paint('cyan', 'hint:')} ${shown(one.hint)}`, '    ')}`]
  return [fitted(`${place}${word}  ${shown(one.message)}`, '  '), ...frame, ...hint].join('\n')
}

/** The marked line, the line above it and the carets below. */
function codeFrame(at: Position, lines: readonly string[], width: number, paint: Paint): readonly string[] {
  const line = lines[at.line - 1]
  if (line === undefined || line.trim() === '') return []
  const digits = String(at.line).length
  const gutter = (mark: string, number: string) => `${mark} ${number.padStart(digits)} |`
  const room = Math.max(20, width - gutter('>', '').length - 1)
  const marked = cutAround(line, at, room)
  const above = lines[at.line - 2]
  const context =
    above === undefined || above.trim() === ''
      ? []
      : [paint('dim', `${gutter(' ', String(at.line - 1))} ${cutEnd(source(above.slice(0, near)), room)}`)]
  return [
    ...context,
    `${gutter('>', String(at.line))} ${marked.text}`,
    `${gutter(' ', '')} ${' '.repeat(marked.indent)}${paint('red', '^'.repeat(marked.carets))}`,
  ]
}

/** Characters of a line that are looked at on either side: wider than any terminal, and few where a line is a whole file. */
const near = 2000

interface Marked {
  readonly text: string
  /** Columns before the carets, and number of carets; full-width characters count as two. */
  readonly indent: number
  readonly carets: number
}

function cutAround(line: string, at: Position, room: number): Marked {
  // Without an end one character is marked, which may be two units long.
  const start = at.column - 1
  const last = at.endColumn === undefined ? start + ((line.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) : at.endColumn - 1
  const end = Math.min(last, start + near)
  const before = source(line.slice(Math.max(0, start - near), start))
  const inside = source(line.slice(start, end))
  const after = source(line.slice(end, end + near))
  const carets = Math.max(1, Math.min(textWidth(inside), room))
  const indent = textWidth(before)
  if (indent + textWidth(inside + after) <= room) return { text: before + inside + after, indent, carets }
  const kept = cutStart(before, Math.max(0, room - Math.min(carets, Math.floor(room / 2)) - Math.floor(room / 4)))
  const text = cutEnd(kept + inside + after, room)
  return { text, indent: textWidth(kept), carets: Math.max(1, Math.min(carets, room - textWidth(kept))) }
}

/** Cuts a text to some columns, with an ellipsis in place of what is cut off at its end. */
function cutEnd(text: string, room: number): string {
  if (textWidth(text) <= room) return text
  return `${fitting([...text], room - 1).join('')}…`
}

function cutStart(text: string, room: number): string {
  if (textWidth(text) <= room) return text
  const kept = fitting([...text].reverse(), room - 1)
  return `…${kept.toReversed().join('')}`
}

function fitting(characters: readonly string[], room: number): readonly string[] {
  let used = 0
  const over = characters.findIndex((one) => {
    used += textWidth(one)
    return used > room
  })
  return over < 0 ? characters : characters.slice(0, over)
}

// Tabs are as wide as the terminal likes, and the carets have to stand below what they mean.
function source(text: string): string {
  return shown(text.replaceAll('\t', ' '))
}
