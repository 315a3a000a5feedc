import { type ConfigDocument, type ConfigSection, findSection } from './document.ts'
import { markOwner } from './mark.ts'
import { optionLine } from './nested.ts'
import type { SectionEdit } from './section-edit.ts'

/** True for a key that the tool writes by itself; any other key of a section may be somebody's. */
type IsOwnKey = (key: string) => boolean

/**
 * True where a text is byte for byte what the tool would have written: marked sections with nothing but its own keys, each written as
 * it writes them, and no other comment. Nothing here needs a backup.
 */
export function isAsWritten(document: ConfigDocument, isOwnKey: IsOwnKey): boolean {
  const comments = document.lines.filter((line) => line.role === 'comment')
  return (
    document.sections.every((section) => isSectionAsWritten(document, section, isOwnKey)) &&
    comments.every(({ text }) => markOwner(text) !== undefined)
  )
}

/** The sections, as they are in the text, of which an edit takes away lines that the tool may not have written. */
export function takenAway(document: ConfigDocument, edits: readonly SectionEdit[], isOwnKey: IsOwnKey): string[] {
  return edits.flatMap((edit) => {
    const takes = edit.verb === 'delete' || (edit.verb === 'update' && edit.unset.length > 0)
    const section = takes ? findSection(document, edit.kind, edit.name) : undefined
    return section && !isSectionAsWritten(document, section, isOwnKey) ? [textOf(document, section)] : []
  })
}

function isSectionAsWritten({ lines }: ConfigDocument, section: ConfigSection, isOwnKey: IsOwnKey): boolean {
  const { kind, name, mark, first, last, options } = section
  if (mark === undefined || lines[first]?.text !== headerLine(kind, name)) return false
  const written = [...options].flatMap(([key, { value, nested }]) =>
    nested || !isOwnKey(key) ? [] : [optionLine(key, value)],
  )
  const found = lines.slice(first + 1, last + 1).map(({ text }) => text)
  return found.length === written.length && found.every((line, n) => line === written[n])
}

/** The header of a section that the tool creates. */
export function headerLine(kind: ConfigSection['kind'], name: string): string {
  return kind === 'profile' && name === 'default' ? '[default]' : `[${kind} ${name}]`
}

function textOf({ lines }: ConfigDocument, { first, last }: ConfigSection): string {
  const text = lines.slice(first, last + 1).map((line) => line.text + line.end)
  return text.join('')
}
