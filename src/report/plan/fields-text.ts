import { diffArrays } from 'diff'
import type { FieldWords } from '../../kinds/declaration.ts'
import { kindNamed } from '../../kinds/index.ts'
import { isObject, type Json } from '../../model/json.ts'
import type { Operation } from '../../model/operation.ts'
import type { FieldChange } from '../../model/specs.ts'
import { shown, shownLine } from '../../text/shown.ts'
import { textWidth } from '../../text/width.ts'
import { padded } from '../../text/wrap.ts'
import type { Style } from '../style.ts'

const narrowest = 19

/** The fields of a create or an update, one or more lines each. */
export function fieldLines({ fields, kind }: Operation, width: number, style: Style): string[] {
  const words = kindNamed(kind).words ?? {}
  const called = (path: string) => shown(words.name?.(path) ?? path.replaceAll('_', ' '))
  const column = Math.max(narrowest, ...fields.map(({ path }) => textWidth(called(path))))
  const heads = fields.map((field) => [field, `      ${padded(called(field.path), column)} `] as const)
  return heads.flatMap(([field, head]) => {
    const sentence = words.sentence?.(field)
    return sentence ? [head + shown(sentence)] : oneField(readableIn(words, field), head, width, style)
  })
}

function oneField({ before, after }: FieldChange, head: string, width: number, style: Style): string[] {
  if (isDocument(before) || isDocument(after)) return [head.trimEnd(), ...documentLines(before, after, style)]
  if (Array.isArray(before) || Array.isArray(after)) return [head + listChange(listOf(before), listOf(after), style)]
  if (before === undefined) return [head + style.create(shownValue(after))]
  if (after === undefined) return [`${head}${shownValue(before)} -> ${style.remove('(none)')}`]
  const room = width - textWidth(head)
  if (textWidth(`${shownValue(before)} -> ${shownValue(after)}`) <= room)
    return [`${head}${shownValue(before)} -> ${style.update(shownValue(after))}`]
  return [`${head}${shownValue(before)}`, `${' '.repeat(textWidth(head) - 3)}-> ${style.update(shownValue(after))}`]
}

function listChange(before: readonly string[], after: readonly string[], style: Style): string {
  const added = after.filter((one) => !before.includes(one)).map((one) => style.create(`+ ${shown(one)}`))
  const removed = before.filter((one) => !after.includes(one)).map((one) => style.remove(`- ${shown(one)}`))
  return [...added, ...removed].join(', ')
}

/** Lines of a policy that differ, with statements that stay the same left out. */
function documentLines(before: Json | undefined, after: Json | undefined, style: Style): string[] {
  if (before === undefined) return pretty(after).map((line) => `        ${style.create(`+ ${line}`)}`)
  if (after === undefined) return pretty(before).map((line) => `        ${style.remove(`- ${line}`)}`)
  return diffArrays(pretty(before), pretty(after)).flatMap(({ value, added, removed }) => {
    if (!added && !removed) return []
    return value.map((line) => `        ${added ? style.create(`+ ${bare(line)}`) : style.remove(`- ${bare(line)}`)}`)
  })
}

// A hunk is read alone, so what joins it to its neighbours is left out.
function bare(line: string): string {
  return line.trim().replace(/,$/, '')
}

/** Lines of a JSON value, as `shown`. Short lists stay on their line, so that an added action is one changed line. */
export function pretty(value: Json | undefined): string[] {
  return JSON.stringify(value, null, 2)
    .replace(/\[\s+("[^[\]{}]*?")\s+\]/g, (_all, inner: string) => `[${inner.split(/,\s+/).join(', ')}]`)
    .split('\n')
    .map(shownLine)
}

/** A value in one line; one whose white space at an end would not be seen is quoted. Pure. */
export function shownValue(value: Json | undefined): string {
  return shown(typeof value === 'string' && value === value.trim() ? value : JSON.stringify(value))
}

// A document that comes or goes as a whole is shown as it is written.
function readableIn({ readable }: FieldWords, field: FieldChange): FieldChange {
  const { path, before, after } = field
  if (!readable || before === undefined || after === undefined) return field
  return { path, before: readable(path, before), after: readable(path, after) }
}

function isDocument(value: Json | undefined): boolean {
  return isObject(value)
}

function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
