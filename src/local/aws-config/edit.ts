import { error, Refusal } from '../../model/diagnostic.ts'
import { joinLines, mainLineEnd } from '../files/lines.ts'
import { appendSection, removeSection, updateSection } from './change.ts'
import { type ConfigDocument, type ConfigOption, type ConfigSection, findSection, parseConfig } from './document.ts'
import { hiddenHeaders, refuseHidden, refuseSwallowed } from './indented.ts'
import { nestedKey } from './nested.ts'
import { applyPatch, emptyPatch, openEnd } from './patch.ts'
import { refuseHarm } from './second-reader.ts'
import type { SectionEdit } from './section-edit.ts'
import { checkKey, checkName, checkValue } from './values.ts'
import { verifyEdit } from './verify.ts'

/**
 * The text after the edits; every byte outside the sections named stays. A section may be named once, or first deleted
 * and then created. Throws a Refusal when the AWS CLI could not read the text, when a section to create exists or one
 * to change does not, when AWS tools disagree about which lines a section has, and for names, keys and values they
 * would read differently. The result is read again before it is returned, by our reader and by the package `ini`: anything that differs
 * from what was asked for is a defect and throws an Error; a section of others that does, a Refusal.
 */
export function editConfig(text: string, edits: readonly SectionEdit[], file: string): string {
  if (edits.length === 0) return text
  const before = parseConfig(text, file)
  const steps = locate(before, edits)
  const deleted = steps.flatMap(({ edit, section }) => (edit.verb === 'delete' && section) || [])
  refuseSwallowed(before, new Set(deleted))
  const patch = emptyPatch()
  for (const section of deleted) removeSection(before, section, patch)
  for (const { edit, section } of steps) {
    if (edit.verb === 'update' && section) updateSection(before, section, edit, patch)
  }
  const end = mainLineEnd(before.lines)
  const lines = applyPatch(before.lines, patch, end)
  for (const edit of edits) if (edit.verb === 'create') appendSection(lines, edit, end)
  // A text that ends without a line end goes on doing so, or nobody could tell what it was like before when our sections leave.
  if (before.lines.at(-1)?.end === '') openEnd(lines)
  const edited = joinLines(lines)
  verifyEdit(before, parseConfig(edited, file), edits)
  refuseHarm(text, edited, edits, file)
  return edited
}

/** An edit and the section it finds in the text. */
interface EditStep {
  readonly edit: SectionEdit
  readonly section: ConfigSection | undefined
}

/** Finds the section of each edit; refuses edits that do not fit the text or each other. */
function locate(document: ConfigDocument, edits: readonly SectionEdit[]): EditStep[] {
  const seen = new Map<string, SectionEdit['verb']>()
  const hidden = hiddenHeaders(document)
  return edits.map((edit) => {
    const id = `${edit.kind}/${edit.name}`
    const earlier = seen.get(id)
    seen.set(id, edit.verb)
    if (earlier !== undefined && !(earlier === 'delete' && edit.verb === 'create')) {
      throw misfit(document, edit, 'is edited twice in one run')
    }
    const section = findSection(document, edit.kind, edit.name)
    refuseHidden(document, hidden, id, section)
    checkFit(document, edit, earlier === undefined ? section : undefined)
    return { edit, section }
  })
}

function checkFit(document: ConfigDocument, edit: SectionEdit, section: ConfigSection | undefined): void {
  if (edit.verb === 'create') checkName(edit.name)
  if (edit.verb === 'create' && section) throw misfit(document, edit, 'already exists', section)
  if (edit.verb !== 'create' && !section) throw misfit(document, edit, 'does not exist')
  for (const [key, value] of Object.entries('set' in edit ? edit.set : {})) {
    checkKey(key)
    checkValue(`${edit.kind} "${edit.name}", ${key}`, value)
    const block = nestedKey(key)?.block
    const option = section?.options.get(block ?? key)
    if (option && Boolean(block) !== option.nested && (option.nested || (block && option.value !== '')))
      throw otherForm(document, edit, block ?? key, option)
  }
}

function misfit(document: ConfigDocument, edit: SectionEdit, found: string, section?: ConfigSection): Refusal {
  const at = section?.at ?? { file: document.file, line: 1, column: 1 }
  const hint = 'run plan again: the file has changed'
  return new Refusal(
    error('config-edit-misfit', `cannot ${edit.verb} ${edit.kind} "${edit.name}": it ${found}`, { hint, at }),
  )
}

function otherForm(document: ConfigDocument, edit: SectionEdit, key: string, { nested, line }: ConfigOption): Refusal {
  const [is, expected] = nested ? ['a block of nested settings', 'a single value'] : ['a single value', 'a block']
  const found = `${key} of ${edit.kind} "${edit.name}" is ${is}; expected ${expected}`
  const hint = `remove the key from the manifest, or delete the ${nested ? 'block' : 'line'} in the file first`
  return new Refusal(error('config-nested-value', found, { hint, at: { file: document.file, line, column: 1 } }))
}
