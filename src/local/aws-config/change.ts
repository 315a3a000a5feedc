import { indentation, type Line, type LineEnd } from '../files/lines.ts'
import { headerLine } from './as-written.ts'
import { ownKeys, updateBlocks } from './change-nested.ts'
import type { ConfigDocument, ConfigSection } from './document.ts'
import { cutOption } from './lex.ts'
import { markLine, markOwner } from './mark.ts'
import { optionLine, optionLines } from './nested.ts'
import { addBehind, completed, type Patch } from './patch.ts'
import type { SectionEdit } from './section-edit.ts'

/** Drops a section with its mark, and the blank line that set it apart where nothing else needs it. */
export function removeSection(document: ConfigDocument, section: ConfigSection, patch: Patch): void {
  const text = (index: number) => document.lines[index]?.text
  let first = section.first
  while (markOwner(text(first - 1) ?? '') !== undefined) first -= 1
  for (let at = first; at <= section.last; at += 1) patch.removed.add(at)
  const below = text(section.last + 1)
  if (first === 0 && below === '') patch.removed.add(section.last + 1)
  // Where other text follows at once, the blank line keeps it apart from what stands above.
  if (text(first - 1) === '' && (below === undefined || document.lines[section.last + 1]?.role === 'blank')) {
    patch.removed.add(first - 1)
  }
}

/**
 * Changes, adds and drops single options of a section; the lines of all others stay. Sections that go have to be in the patch already: new
 * keys are indented by the header that follows.
 */
export function updateSection(
  document: ConfigDocument,
  section: ConfigSection,
  edit: SectionEdit & { verb: 'update' },
  patch: Patch,
): void {
  const blocks = updateBlocks(document, section, edit, patch)
  const added: string[] = []
  for (const [key, value] of Object.entries(ownKeys(edit.set))) {
    const option = section.options.get(key)
    if (option === undefined) added.push(optionLine(key, value))
    else if (option.value !== value) {
      patch.replaced.set(option.first, replaceValue(document.lines[option.first]?.text ?? '', value))
      for (const line of option.rest) patch.removed.add(line)
    }
  }
  for (const key of edit.unset) {
    const option = section.options.get(key.toLowerCase())
    for (const line of option ? [option.first, ...option.rest] : []) patch.removed.add(line)
  }
  const place = placeForKeys(document, section, patch)
  const indented = (lines: readonly string[], indent: string) => lines.map((line) => indent + line)
  addBehind(patch, place.after, indented(added, place.indent))
  addBehind(patch, section.last, indented(optionLines(blocks), place.last))
}

/** Behind which line new keys go and with what before them; `last` is what stands before the last option. */
interface InsertionPoint {
  readonly after: number
  readonly indent: string
  readonly last: string
}

/**
 * New keys go behind the last one with its indentation, so that none becomes a continuation of another. In an indented
 * section they go in front of the first option without a value, for the AWS SDK for JavaScript takes all that follows
 * such an option as nested.
 */
function placeForKeys(document: ConfigDocument, section: ConfigSection, { removed }: Patch): InsertionPoint {
  const indentOf = (index: number) => {
    const text = document.lines[index]?.text ?? ''
    return text.slice(0, indentation(text))
  }
  const options = [...section.options.values()]
  const last = options.at(-1)
  if (last === undefined) {
    const next = document.sections.find(({ first }) => first > section.first && !removed.has(first))
    const indents = [section.first, ...(next ? [next.first] : [])].map(indentOf)
    const indent = indents.sort((a, b) => b.length - a.length)[0] ?? ''
    return { after: section.last, indent, last: indent }
  }
  const end = indentOf(last.first)
  const block = options.findIndex((option) => cutOption(document.lines[option.first]?.text ?? '').value === '')
  const opener = options[block]
  if (opener === undefined || end === '') return { after: section.last, indent: end, last: end }
  const above = options[block - 1]
  return {
    after: above ? (above.rest.at(-1) ?? above.first) : section.first,
    indent: indentOf(opener.first),
    last: end,
  }
}

function replaceValue(line: string, value: string): string {
  const { head, value: old, tail } = cutOption(line)
  if (value === '') return head.trimEnd()
  const tight = old === '' && /\s[=:]$/.test(head)
  return `${head}${tight ? ' ' : ''}${value}${old === '' ? '' : tail}`
}

/** Puts a new marked section behind the lines, set apart by one blank line. */
export function appendSection(lines: Line[], edit: SectionEdit & { verb: 'create' }, end: LineEnd): void {
  const last = completed(lines, end)
  // LF behind a lone CR would make one CRLF of the two and no blank line.
  if (last !== undefined) lines.push({ text: '', end: last.end === '\r' ? '\r' : end })
  const header = headerLine(edit.kind, edit.name)
  for (const text of [markLine(edit.owner), header, ...optionLines(edit.set)]) lines.push({ text, end })
}
