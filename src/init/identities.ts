import { address, nameOf } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { Entries, Entry } from '../model/state.ts'
import type { Foreign } from './foreign.ts'
import { type Found, type Note, type Part, type Verdicts, withoutKey } from './found.ts'

const named = ['given_name', 'family_name', 'email'] as const

/** Every live user: by attributes, or as `{ external: true }` where another system or a gap stands in the way. */
export function users({ live }: Found, verdicts: Verdicts): Part<JsonObject> {
  const twins = sharedEmails(live.user)
  const rows = sorted(live.user).map(([at, entry]) => {
    const name = nameOf(at)
    const verdict = verdicts.get(at) ?? incomplete(entry, twins)
    if (verdict?.treatment === 'out') return { left: [`user ${name}: ${verdict.why}`] }
    const external = entry.provisioned || verdict !== undefined
    const value = external ? { external } : attributes(at, entry, verdicts)
    return { name, value, why: entry.provisioned ? undefined : verdict?.why, ...remarks(at, entry, verdicts) }
  })
  return section('users', rows)
}

/** Every group that is not foreign, with its members. */
export function groups(found: Found, { groups: taken }: Foreign, verdicts: Verdicts): Part<JsonObject> {
  const all = sorted(found.live.group).filter(([at]) => !taken.has(nameOf(at)))
  const members = membersByGroup(found)
  const rows = all.map(([at, entry]) => {
    const name = nameOf(at)
    const verdict = verdicts.get(at)
    if (verdict?.treatment === 'out') return { left: [`group ${name}: ${verdict.why}`] }
    if (entry.provisioned || verdict) return { name, value: { external: true }, why: verdict?.why }
    const { description } = entry.spec
    const people = members.get(name) ?? []
    const unsaid = people.filter((user) => !sayable(user, found, verdicts))
    const value = {
      ...(description === undefined || withoutKey(verdicts, at, 'description') ? {} : { description }),
      ...(unsaid.length > 0 || withoutKey(verdicts, at, 'members') ? {} : { members: people }),
    }
    const why =
      unsaid.length > 0 ? `members are left alone: ${unsaid.join(', ')} cannot be named in this file` : undefined
    return { name, value, why, ...remarks(at, entry, verdicts) }
  })
  return section('groups', rows)
}

/** True for a user that the manifest declares. */
export function sayable(user: string, { live }: Found, verdicts: Verdicts): boolean {
  const at = address('user', user)
  return live.user.has(at) && verdicts.get(at)?.treatment !== 'out'
}

interface Row {
  readonly name?: string
  readonly value?: JsonObject
  readonly why?: string | undefined
  readonly left?: readonly string[]
}

function section(title: string, rows: readonly Row[]): Part<JsonObject> {
  const kept = rows.flatMap(({ name, value, why }) => (name === undefined || !value ? [] : [{ name, value, why }]))
  const notes: Note[] = kept.flatMap(({ name, value, why }) =>
    why ? [{ path: [title, name], text: `${name}: ${why}${value.external ? '; looked up, never changed' : ''}` }] : [],
  )
  return {
    value: Object.fromEntries(kept.map(({ name, value }) => [name, value])),
    notes,
    left: rows.flatMap(({ left = [] }) => left),
  }
}

function attributes(at: string, { spec }: Entry<'user'>, verdicts: Verdicts): JsonObject {
  const usual = `${spec.given_name} ${spec.family_name}`
  const { display_name, ...rest } = spec
  const first = Object.fromEntries(named.flatMap((key) => (spec[key] === undefined ? [] : [[key, spec[key]]])))
  const all = { ...first, ...(display_name === undefined || display_name === usual ? {} : { display_name }), ...rest }
  return Object.fromEntries(Object.entries(all).filter(([key]) => !withoutKey(verdicts, at, key)))
}

// A file can only name a user in full: whoever lacks a part is looked up and left as it is.
function incomplete({ spec, provisioned }: Entry<'user'>, twins: ReadonlySet<string>) {
  if (provisioned) return undefined
  const missing = [...named, 'display_name'].filter((key) => !spec[key]).map((key) => key.replaceAll('_', ' '))
  if (missing.length > 0) return external(`has no ${missing.join(' and no ')}`)
  return twins.has(String(spec.email).toLowerCase()) ? external('shares an email with another user') : undefined
}

function external(why: string) {
  return { treatment: 'external', why } as const
}

function remarks(at: string, { disabled }: Entry, verdicts: Verdicts): Row {
  const keys = [...verdicts].filter(([key]) => key.startsWith(`${at}#`))
  const left = keys.map(([key, { why }]) => `${key.replace('#', ', ').replace('/', ' ')}: ${why}`)
  return {
    left: [...left, ...(disabled ? [`${at.replace('/', ' ')} is disabled; only the console can change that`] : [])],
  }
}

function sharedEmails(all: Entries<'user'>): ReadonlySet<string> {
  const emails = [...all.values()].flatMap(({ spec }) => (spec.email ? [String(spec.email).toLowerCase()] : []))
  const seen = new Set<string>()
  return new Set(emails.filter((one) => seen.has(one) || !seen.add(one)))
}

function membersByGroup({ live }: Found): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>()
  for (const { spec } of live.membership.values())
    members.set(spec.group, [...(members.get(spec.group) ?? []), spec.user])
  for (const people of members.values()) people.sort()
  return members
}

/** Entries by address, so that the file does not depend on the order in which AWS answers. */
export function sorted<K extends 'user' | 'group' | 'permission-set' | 'profile' | 'sso-session'>(entries: Entries<K>) {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
}
