import { diffArrays } from 'diff'
import type { Kind } from '../../kinds/kind.ts'
import { isObject, type Json } from '../../model/json.ts'
import type { FieldChange } from '../../model/specs.ts'
import { shown } from '../../text/shown.ts'
import { pretty, shownValue } from './fields-text.ts'

/** One field of a kind as lines of a diff, each beginning with +, - or a blank, as forges colour them. Pure. */
export function fieldDiff(change: FieldChange, { words = {} }: Pick<Kind, 'words'>): string[] {
  const { before, after } = change
  const path = shown(change.path)
  const sentence = words.sentence?.(change)
  if (sentence) return [`  ${shown(sentence)}`]
  const readable = (document: Json) => words.readable?.(change.path, document) ?? document
  if (isObject(before) || isObject(after)) return [`  ${path}:`, ...documentDiff(before, after, readable)]
  if (Array.isArray(before) || Array.isArray(after)) return listDiff(path, list(before), list(after))
  return [
    ...(before === undefined ? [] : [`- ${path}: ${shownValue(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${shownValue(after)}`]),
  ]
}

function listDiff(path: string, before: readonly string[], after: readonly string[]): string[] {
  const removed = before.filter((one) => !after.includes(one)).map((one) => `- ${path}: ${shownValue(one)}`)
  const added = after.filter((one) => !before.includes(one)).map((one) => `+ ${path}: ${shownValue(one)}`)
  return [...removed, ...added]
}

// A page has room for what stays the same, and a statement is easier to judge whole.
function documentDiff(before: Json | undefined, after: Json | undefined, readable: (document: Json) => Json): string[] {
  const lines = (value: Json | undefined) => (value === undefined ? [] : pretty(readable(value)))
  return diffArrays(lines(before), lines(after)).flatMap(({ value, added, removed }) =>
    value.map((line) => `${added ? '+' : removed ? '-' : ' '}   ${line}`),
  )
}

function list(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}
