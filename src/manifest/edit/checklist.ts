import { isMap, isScalar } from 'yaml'
import type { Json } from '../../model/json.ts'
import { yamlWord } from '../../text/yaml.ts'
import type { Manifest } from '../types.ts'
import { at } from '../view.ts'
import { documentOf } from './document.ts'
import { withKey } from './insert.ts'
import { keptJson } from './kept-json.ts'

/** Path of a checklist key in the manifest: `mfa_policy`, or `activated:taro`. */
function checklistPath(key: string): readonly string[] {
  const cut = key.indexOf(':')
  return cut < 0 ? ['checklist', key] : ['checklist', key.slice(0, cut), key.slice(cut + 1)]
}

/** Keys that the manifest text says are still to do, among those given. */
export function stillToDo(text: string, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => todoAt(text, key) !== undefined)
}

/** The manifest text with `todo` replaced by a date, `2026-11-22`, for each key; every other byte stays. */
export function recorded(text: string, keys: readonly string[], date: string): string {
  const edited = keys.reduce((so, key) => {
    const at = todoAt(so, key)
    return at ? so.slice(0, at.start) + date + so.slice(at.end) : so
  }, text)
  return keptJson(text, edited)
}

/** Keys among those given of which a manifest says nothing: neither that they are to do, nor when they were done. */
export function missingKeys({ checklist }: Manifest, keys: readonly string[]): readonly string[] {
  return keys.filter((key) => at(checklist as Json | undefined, ...checklistPath(key).slice(1)) === undefined)
}

/** Keys among those given that a manifest says were done, and the date it names: `activated:taro on 2026-11-22`. */
export function doneBefore({ checklist }: Manifest, keys: readonly string[]): readonly string[] {
  return keys.flatMap((key) => {
    const state = at(checklist as Json | undefined, ...checklistPath(key).slice(1))
    return typeof state === 'string' && state !== 'todo' ? [`${key} on ${state}`] : []
  })
}

/**
 * The manifest text with steps added to its checklist as `todo`; every other byte stays. Undefined where it has no checklist, or one that
 * nothing can be added to.
 */
export function withTodo(text: string, keys: readonly string[]): string | undefined {
  return keys.reduce<string | undefined>((edited, key) => edited && withStep(edited, checklistPath(key)), text)
}

/** What the checklist of a manifest says with steps added as `todo`. */
export function withSteps(manifest: Manifest, keys: readonly string[]): Manifest {
  const { checklist = {} } = manifest
  const names = keys.flatMap((key) => checklistPath(key)[2] ?? [])
  const activated = { ...checklist.activated, ...Object.fromEntries(names.map((name) => [name, 'todo'])) }
  return { ...manifest, checklist: { ...checklist, activated } }
}

/** The entry of a checklist that lists steps as `todo`, for somebody to add by hand: `activated: { taro: todo }`; at `most` so many of them. */
export function todoLine(keys: readonly string[], most: number): string {
  const names = keys.flatMap((key) => checklistPath(key)[2] ?? [])
  const entries = names.slice(0, most).map((name) => `${yamlWord(name)}: todo`)
  return `activated: { ${[...entries, ...(names.length > most ? ['…'] : [])].join(', ')} }`
}

function withStep(text: string, [section = '', key = '', name = '']: readonly string[]): string | undefined {
  const map = documentOf(text).getIn([section, key], true)
  const entry = yamlWord(name)
  if (map === undefined) return withKey(text, [section], key, `{ ${entry}: todo }`, 'last')
  return isMap(map) ? withKey(text, [section, key], entry, 'todo', 'last') : undefined
}

function todoAt(text: string, key: string): { readonly start: number; readonly end: number } | undefined {
  const node = documentOf(text).getIn(checklistPath(key), true)
  if (!isScalar(node) || node.value !== 'todo' || !node.range) return undefined
  return { start: node.range[0], end: node.range[1] }
}
