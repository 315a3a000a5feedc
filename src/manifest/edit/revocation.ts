import { isMap, isPair, isScalar, type Pair, type YAMLMap } from 'yaml'
import { yamlWord } from '../../text/yaml.ts'
import type { Revocation } from '../types.ts'
import { documentOf } from './document.ts'
import { type Value, withItems, withKey, withSection, withValue } from './insert.ts'

/** The manifest text with a user revoked; every other byte stays. Undefined when it is written in a way that cannot be added to. */
export function withRevocation(text: string, user: string, entry: Revocation): string | undefined {
  const cleared = revokedNames(text).includes(user) ? withoutRevocation(text, user) : text
  if (cleared === undefined) return undefined
  const value = written(entry)
  const top = topOf(cleared)
  if (top && pairOf(top, 'revoked')) return withKey(cleared, ['revoked'], yamlWord(user), value)
  const last = lastSection(cleared)
  return last === undefined ? undefined : withSection(cleared, last, 'revoked', yamlWord(user), value)
}

/** The lines that a manifest needs to say that a user is revoked, for somebody to add by hand. */
export function revocationLines(user: string, entry: Revocation): string {
  const base = 'version: 1\n'
  return (withRevocation(base, user, entry) ?? base).slice(base.length).trim()
}

/** The manifest text with more recorded as taken from a user who is revoked; every other byte stays. Undefined as above. */
export function withTaken(text: string, user: string, taken: readonly string[]): string | undefined {
  const entry = topOf(text)?.getIn(['revoked', user], true)
  const list = taken.map(yamlWord)
  if (isScalar(entry)) return withValue(text, ['revoked', user], { since: String(entry.value), taken: list })
  return isMap(entry) && entry.has('taken')
    ? withItems(text, ['revoked', user, 'taken'], list)
    : withKey(text, ['revoked', user], 'taken', list)
}

/** The manifest text without a user's revocation, and without the section when it was the last one and nobody wrote a comment there. */
export function withoutRevocation(text: string, user: string): string | undefined {
  const top = topOf(text)
  const section = top && pairOf(top, 'revoked')
  const map = section?.value
  if (!section || !isMap(map)) return undefined
  const pair = pairOf(map, user)
  if (!pair) return undefined
  if (map.items.length > 1) return withoutLines(text, map, pair)
  return hasComments(text, section, pair) ? emptied(text, section, pair) : withoutSection(text, top, section)
}

// Comments beside the entry: between the braces or above the entry, on the line of the section, or indented below.
function hasComments(text: string, section: Pair, pair: Pair): boolean {
  const [start, from, to] = [rangeOf(section.key)[0], rangeOf(pair.key)[0], rangeOf(pair.value)[1]]
  const ownLine = text[to - 1] === '\n' ? to : text.indexOf('\n', to) + 1 || text.length
  const isFlow = isMap(section.value) && section.value.flow === true
  const below = /^(?:[ \t]*\r?\n)*[ \t]+#/.test(text.slice(ownLine))
  const behind = isFlow && /\s#/.test(text.slice(rangeOf(section.value)[1], ownLine))
  return /(?:^|\s)#/m.test(text.slice(start, from)) || below || behind
}

function emptied(text: string, { key, value }: Pair, pair: Pair): string | undefined {
  const map = value as YAMLMap
  const rest = withoutLines(text, map, pair)
  if (rest === undefined || map.flow) return rest
  const colon = rest.indexOf(':', rangeOf(key)[1]) + 1
  return `${rest.slice(0, colon)} {}${rest.slice(colon)}`
}

function rangeOf(node: unknown): readonly [number, number] {
  const [start = 0, end = 0] = (node as { range?: readonly number[] } | null)?.range ?? []
  return [start, end]
}

/** Users under `revoked`. */
export function revokedNames(text: string): readonly string[] {
  const top = topOf(text)
  const map = top && pairOf(top, 'revoked')?.value
  return isMap(map) ? map.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key)) : []
}

function written(entry: Revocation): Value {
  if (typeof entry === 'string') return entry
  const { since, sessions, taken = [] } = entry
  if (sessions !== undefined) return `{ sessions: ${sessions} }`
  return taken.length > 0 ? { since: since ?? '', taken: taken.map(yamlWord) } : (since ?? '')
}

function topOf(text: string): YAMLMap | undefined {
  const { contents } = documentOf(text)
  return isMap(contents) ? contents : undefined
}

function lastSection(text: string): string | undefined {
  const last = topOf(text)?.items.at(-1)
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
