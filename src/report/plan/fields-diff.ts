import { diffArrays } from 'diff'
import { isObject, type Json } from '../../model/json.ts'
import type { FieldChange } from '../../model/specs.ts'
import { readablePolicy } from '../../policies/document.ts'
import { pretty } from './fields-text.ts'

/** One field as lines of a diff, each beginning with +, - or a blank, as forges colour them. Pure. */
export function fieldDiff({ path, before, after }: FieldChange): string[] {
  if (path === 'outdated_in') return [`  an older version is in ${list(before).join(', ')}`]
  if (isObject(before) || isObject(after)) return [`  ${path}:`, ...documentDiff(path, before, after)]
  if (Array.isArray(before) || Array.isArray(after)) return listDiff(path, list(before), list(after))
  return [
    ...(before === undefined ? [] : [`- ${path}: ${oneLine(before)}`]),
    ...(after === undefined ? [] : [`+ ${path}: ${oneLine(after)}`]),
  ]
}

function listDiff(path: string, before: readonly string[], after: readonly string[]): string[] {
  const removed = before.filter((one) => !after.includes(one)).map((one) => `- ${path}: ${oneLine(one)}`)
  const added = after.filter((one) => !before.includes(one)).map((one) => `+ ${path}: ${oneLine(one)}`)
  return [...removed, ...added]
}

// A page has room for what stays the same, and a statement is easier to judge whole.
function documentDiff(path: string, before: Json | undefined, after: Json | undefined): string[] {
  const lines = (value: Json | undefined) =>
    value === undefined ? [] : pretty(path === 'inline_policy' ? readablePolicy(value) : value)
  return diffArrays(lines(before), lines(after)).flatMap(({ value, added, removed }) =>
    value.map((line) => `${added ? '+' : removed ? '-' : ' '}   ${line}`),
  )
}

function list(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function oneLine(value: Json): string {
  return typeof value === 'string' && !/\p{Cc}/u.test(value) ? value : JSON.stringify(value)
}
