import { nameOf } from '../../model/address.ts'
import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { UserSpec } from '../../model/specs.ts'
import type { Entries, Entry } from '../../model/state.ts'
import { sortedEntries } from '../../model/state.ts'
import { type Adoption, type Drafting, type Verdicts, withoutKey } from '../adoption.ts'
import { draftedRows, holdsExternal, refusedRow, remarks, sectionSize } from '../shared/adopt-rows.ts'
import { isKnownManager } from './enterprise.ts'

const named = ['given_name', 'family_name', 'email'] as const

/** Every live user: by attributes, or as `{ external: true }` where another system or a gap stands in the way. */
export const adoptUsers: Adoption = {
  section: 'users',
  count: (manifest) => [sectionSize(manifest.users), 'user', 'users'],
  comment: (section) =>
    holdsExternal(section) ? ['Users with external: true are looked up by name, never changed.'] : [],
  // Attributes may be left out, which leaves them as they are.
  refused: (refused) => refusedRow('user', refused, (key) => key !== 'external' && !named.some((one) => one === key)),

  draft({ found: { live, handover }, verdicts }: Drafting) {
    const twins = sharedEmails(live.user)
    const rows = sortedEntries(live.user).map(([at, entry]) => {
      const name = nameOf(at)
      const verdict = verdicts.get(at) ?? incomplete(entry, twins)
      if (verdict?.treatment === 'out') return { left: [`user ${name}: ${verdict.why}`] }
      const plainly = entry.provisioned || handover?.referred.has(at)
      const value = plainly || verdict ? { external: true } : attributes(at, entry, verdicts)
      const { left = [] } = remarks(at, entry, verdicts)
      const strange = value.external ? [] : strangeManager(entry.spec, at)
      return { name, value, why: plainly ? undefined : verdict?.why, left: [...left, ...strange] }
    })
    return draftedRows('users', rows)
  },
}

/** One live user in the manifest's words: looked up only where another system, or a gap, stands in the way. Pure. */
export function writtenUser(at: string, entry: Entry<'user'>): JsonObject {
  return entry.provisioned || incomplete(entry, new Set()) ? { external: true } : attributes(at, entry, new Map())
}

function attributes(at: string, { spec }: Entry<'user'>, verdicts: Verdicts): JsonObject {
  const usual = `${spec.given_name} ${spec.family_name}`
  const { display_name, ...rest } = spec
  const first = Object.fromEntries(named.flatMap((key) => (spec[key] === undefined ? [] : [[key, spec[key]]])))
  const all = { ...first, ...(display_name === undefined || display_name === usual ? {} : { display_name }), ...rest }
  const said = { ...all, ...(isObject(rest.roles) ? { roles: [roleWritten(rest.roles)] } : {}) }
  return Object.fromEntries(
    Object.entries(said).filter(([key]) => !withoutKey(verdicts, at, key) && !isUnsayable(spec, key)),
  )
}

// A role that is the primary one, as a single one is, needs no more than its name.
function roleWritten({ value = '', primary, ...rest }: JsonObject): Json {
  const more = { ...rest, ...(primary === false ? { primary } : {}) }
  return Object.keys(more).length === 0 ? value : { value, ...more }
}

function isUnsayable({ manager }: UserSpec, key: string): boolean {
  return key === 'manager' && !isKnownManager(manager)
}

function strangeManager({ manager }: UserSpec, at: string): string[] {
  return manager === undefined || isKnownManager(manager)
    ? []
    : [`${at.replace('/', ' ')}, manager: ${String(manager)}; it stays as it is`]
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

function sharedEmails(all: Entries<'user'>): ReadonlySet<string> {
  const emails = [...all.values()].flatMap(({ spec }) => (spec.email ? [String(spec.email).toLowerCase()] : []))
  const seen = new Set<string>()
  return new Set(emails.filter((one) => seen.has(one) || !seen.add(one)))
}
