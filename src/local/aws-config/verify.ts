import { error, Refusal } from '../../model/diagnostic.ts'
import type { ConfigDocument, ConfigSection } from './document.ts'
import { blocksOf, nestedKey, nestedProperties } from './nested.ts'
import type { SectionEdit } from './section-edit.ts'

/**
 * Compares the text before and after an edit, both as read. Throws an Error unless every section not named has the same
 * bytes, the same options and the same mark, the named ones read as desired, and no comment outside a deleted section is
 * gone. Throws a Refusal where a comment that looks like a mark would come to stand above another section. It knows nothing of how the edit was made, so that no defect there reaches a file.
 */
export function verifyEdit(before: ConfigDocument, after: ConfigDocument, edits: readonly SectionEdit[]): void {
  const byName = new Map(edits.map((edit) => [`${edit.verb} ${edit.kind}/${edit.name}`, edit]))
  const find = (verb: SectionEdit['verb'], section: ConfigSection) =>
    byName.get(`${verb} ${section.kind}/${section.name}`)
  const kept = before.sections.filter((section) => !find('delete', section))
  const creates = edits.filter((edit) => edit.verb === 'create')
  require(after.sections.length === kept.length + creates.length, 'the number of sections')
  kept.forEach((section, n) => {
    const now = after.sections[n]
    const update = find('update', section)
    const there = now?.header === section.header
    if (there && now.mark && !section.mark) throw movedMark(section)
    require(there && now.mark === section.mark, `the header of [${section.header}]`)
    if (update === undefined) require(bytes(before, section) === bytes(after, now), `section [${section.header}]`)
    const same = sameOptions(desired(before, section, update), values(after, now, blocksIn(update)))
    require(same, `the options of [${section.header}]`)
  })
  creates.forEach((edit, n) => {
    const now = after.sections[kept.length + n]
    const named = now?.kind === edit.kind && now.name === edit.name && now.mark === edit.owner
    require(named &&
      sameOptions(new Map(Object.entries(edit.set)), values(after, now, blocksIn(edit))), `new section ${edit.name}`)
  })
  const deleted = before.sections.filter((section) => find('delete', section))
  require(sameList(comments(before, deleted), comments(after, after.sections.slice(kept.length))), 'a comment')
}

/** A mark among the lines of the section above would end up above this header when those lines go. */
function movedMark({ header, at }: ConfigSection): Refusal {
  const message = `a "# managed by" line among the lines above [${header}] would become its ownership mark`
  const hint = 'delete that comment line or add a blank line above the header, then run this again'
  return new Refusal(error('config-moved-mark', message, { hint, at }))
}

function require(condition: boolean, what: string): void {
  if (!condition) throw new Error(`bug: editing the AWS config would have changed ${what} unintentionally`)
}

/** From the header to the last option line; the line end of the last one may be added by an edit. */
function bytes(document: ConfigDocument, section: ConfigSection | undefined): string {
  if (section === undefined) return ''
  const lines = document.lines.slice(section.first, section.last + 1)
  return lines.map((line, n) => line.text + (n === lines.length - 1 ? '' : line.end)).join('')
}

/** Values by key; of a block that the edit speaks of, each property by itself. */
function values(
  { lines }: ConfigDocument,
  section: ConfigSection | undefined,
  blocks: ReadonlySet<string>,
): Map<string, string> {
  const options = [...(section?.options ?? [])].flatMap(([key, option]): [string, string][] =>
    option.nested && blocks.has(key)
      ? nestedProperties(lines, option).map(({ name, value }) => [`${key}.${name}`, value])
      : [[key, option.value]],
  )
  return new Map(options)
}

function blocksIn(edit: SectionEdit | undefined): ReadonlySet<string> {
  if (edit === undefined || edit.verb === 'delete') return new Set()
  const unset = 'unset' in edit ? edit.unset.map((key) => [key, '']) : []
  return new Set([...blocksOf(edit.set).keys(), ...blocksOf(Object.fromEntries(unset)).keys()])
}

function desired(document: ConfigDocument, section: ConfigSection, edit: SectionEdit | undefined): Map<string, string> {
  const options = values(document, section, blocksIn(edit))
  if (edit?.verb !== 'update') return options
  for (const key of edit.unset) options.delete(nestedKey(key) ? key : key.toLowerCase())
  for (const [key, value] of Object.entries(edit.set)) {
    options.set(key, value)
    // An option without value becomes the block of its first property.
    options.delete(nestedKey(key)?.block ?? '')
  }
  return options
}

function sameOptions(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value)
}

/** Comment lines, except those within the given sections and the mark directly above each. */
function comments(document: ConfigDocument, except: readonly ConfigSection[]): string[] {
  const skipped = new Set<number>()
  for (const section of except) {
    let first = section.first
    while (document.lines[first - 1]?.text.includes('# managed by sso-reconcile')) first -= 1
    for (let at = first; at <= section.last; at += 1) skipped.add(at)
  }
  return document.lines.flatMap((line, index) => (line.role === 'comment' && !skipped.has(index) ? [line.text] : []))
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
