import { isScalar, parseDocument } from 'yaml'

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
  return keys.reduce((edited, key) => {
    const at = todoAt(edited, key)
    return at ? edited.slice(0, at.start) + date + edited.slice(at.end) : edited
  }, text)
}

function todoAt(text: string, key: string): { readonly start: number; readonly end: number } | undefined {
  const node = parseDocument(text, { version: '1.2', schema: 'core' }).getIn(checklistPath(key), true)
  if (!isScalar(node) || node.value !== 'todo' || !node.range) return undefined
  return { start: node.range[0], end: node.range[1] }
}
