import { isMap, isPair, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { withKey, withSection } from './insert.ts'

/** What stands behind a user's name under `revoked`. */
export type Entry = { readonly since: string } | { readonly sessions: string }

/** The manifest text with a user revoked; every other byte stays. Undefined when it is written in a way that cannot be added to. */
export function withRevocation(text: string, user: string, entry: Entry): string | undefined {
  const cleared = revokedNames(text).includes(user) ? withoutRevocation(text, user) : text
  if (cleared === undefined) return undefined
  const value = 'since' in entry ? entry.since : `{ sessions: ${entry.sessions} }`
  if (revokedNames(cleared).length > 0) return withKey(cleared, ['revoked'], key(user), value)
  const last = lastSection(cleared)
  return last === undefined ? undefined : withSection(cleared, last, 'revoked', key(user), value)
}

/** The manifest text without a user's revocation, and without the section when it was the last one. */
export function withoutRevocation(text: string, user: string): string | undefined {
  const top = documentOf(text)
  const section = top && pairOf(top, 'revoked')
  const map = section?.value
  if (!section || !isMap(map)) return undefined
  if (map.items.length === 1) return withoutSection(text, top, section)
  const pair = pairOf(map as YAMLMap, user)
  return pair && withoutLines(text, map as YAMLMap, pair)
}

/** Users under `revoked`. */
export function revokedNames(text: string): readonly string[] {
  const top = documentOf(text)
  const map = top && pairOf(top, 'revoked')?.value
  return isMap(map) ? map.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key)) : []
}

// A name that YAML would read as something else is quoted.
function key(user: string): string {
  return /^[A-Za-z_][\w.@+-]*$/.test(user) && !/^(true|false|null|yes|no|on|off)$/i.test(user)
    ? user
    : JSON.stringify(user)
}

function documentOf(text: string): YAMLMap | undefined {
  const { contents } = parseDocument(text, { version: '1.2', schema: 'core' })
  return isMap(contents) ? (contents as YAMLMap) : undefined
}

function lastSection(text: string): string | undefined {
  const last = documentOf(text)?.items.at(-1)
  return last && isScalar(last.key) ? String(last.key.value) : undefined
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name)
}

// With the blank line that sets it apart, as the section was added with one.
function withoutSection(text: string, top: YAMLMap, section: Pair): string | undefined {
  const rest = withoutLines(text, top, section)
  const start = (section.key as { range?: readonly number[] }).range?.[0] ?? 0
  const above = text.slice(0, start)
  const blank = /(\r?\n)\r?\n$/.exec(above)
  if (rest === undefined || top.flow || !blank || rest.length > above.length) return rest
  return above.slice(0, blank.index) + (blank[1] ?? '') + rest.slice(above.length)
}

// An entry of a block goes with its line; one between braces goes with the comma that sets it apart.
function withoutLines(text: string, map: YAMLMap, pair: Pair): string | undefined {
  const start = (pair.key as { range?: readonly number[] }).range?.[0]
  const end = (pair.value as { range?: readonly number[] } | null)?.range?.[1]
  if (start === undefined || end === undefined) return undefined
  if (map.flow) {
    const behind = /^\s*,\s*/.exec(text.slice(end))
    if (behind) return text.slice(0, start) + text.slice(end + behind[0].length)
    return text.slice(0, start).replace(/,\s*$/, '') + text.slice(end)
  }
  const from = text.lastIndexOf('\n', start - 1) + 1
  const to = text.indexOf('\n', end - (text[end - 1] === '\n' ? 1 : 0))
  return text.slice(0, from) + (to < 0 ? '' : text.slice(to + 1))
}
