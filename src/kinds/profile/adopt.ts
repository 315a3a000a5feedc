import { type Address, address, nameOf } from '../../model/address.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import type { SectionSpec } from '../../model/specs.ts'
import { sortedEntries } from '../../model/state.ts'
import { type Adoption, type Drafting, type Found, type Verdicts, withoutKey } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'
import { nicknames, reference } from '../shared/nicknames.ts'
import { type Portal, portal } from '../shared/portal-session.ts'
import { whyLeftOut } from './left-out.ts'

interface Row {
  readonly at: Address
  readonly name: string
  readonly spec: SectionSpec
  readonly why: string | undefined
}

/** The session of this Identity Center and its profiles, as far as writing them down changes nothing in them. */
export const adoptProfiles: Adoption = {
  section: 'local',
  count: ({ local }) => [isObject(local) ? sectionSize(local.profiles) : 0, 'profile', 'profiles'],
  comment: () => ['Sections of ~/.aws/config. Keys you leave out of a profile stay as they are.'],

  refused({ path: [, part, name, key], why }) {
    if (part === 'region' || part === 'output') return [{ about: `local#${part}`, treatment: 'without', why }]
    if (part !== 'profiles' || name === undefined) return [{ about: 'local', treatment: 'out', why }]
    const at = address('profile', name)
    if (key === 'region' || key === 'output') return [{ about: `${at}#${key}`, treatment: 'without', why }]
    return [{ about: at, treatment: 'out', why }]
  },

  draft({ found, verdicts }: Drafting) {
    const signIn = portal(found)
    const rows = rowsOf(found, verdicts, signIn)
    const kept = rows.filter(({ why }) => !why)
    const left = [
      ...rows.flatMap(({ name, why }) => (why ? [`profile ${name}: ${why}`] : [])),
      ...signIn.others.map(({ name, why }) => `sso-session ${name}: ${why}`),
      ...(found.machine?.others ?? []),
    ]
    const whole = verdicts.get('local')?.why
    if (!signIn.session) return { ...nothing, left }
    const { name } = signIn.session
    if (whole) return { ...nothing, left: [...left, `sso-session ${name}: ${whole}`] }
    return {
      value: written(name, kept, found, verdicts),
      notes: [],
      left: [...left, ...keysLeftOut(kept, verdicts)],
      accounts: new Set(kept.map(({ spec }) => spec.sso_account_id ?? '')),
    }
  },
}

const nothing = { value: undefined, notes: [] }

/** Permission sets that the profiles of a draft name. Pure. */
export function neededSets(found: Found, verdicts: Verdicts): ReadonlySet<string> {
  const kept = rowsOf(found, verdicts, portal(found)).filter(({ why }) => !why)
  return new Set(kept.map(({ spec }) => spec.sso_role_name ?? ''))
}

/** Every profile of this machine, with why it is left out. */
function rowsOf(found: Found, verdicts: Verdicts, signIn: Portal): readonly Row[] {
  const isKept = (at: Address) => verdicts.get(at)?.treatment !== 'out'
  const sets = new Set([...found.live['permission-set'].keys()].filter(isKept).map(nameOf))
  const odd = found.machine?.odd ?? new Map<Address, string>()
  const whole = verdicts.get('local')
  const read = sortedEntries(found.live.profile).map(([at, entry]) => {
    const why = whyLeftOut(nameOf(at), entry, { found, signIn, sets, verdict: verdicts.get(at) ?? whole })
    return { at, name: nameOf(at), spec: entry.spec, why: odd.get(at) ?? why ?? found.machine?.refused.get(at) }
  })
  const unread = [...odd].filter(([at]) => at.startsWith('profile/') && !found.live.profile.has(at))
  return [...read, ...unread.map(([at, why]) => ({ at, name: nameOf(at), spec: {}, why }))]
}

/** Keys of profiles that are declared without them. */
function keysLeftOut(kept: readonly Row[], verdicts: Verdicts): readonly string[] {
  return kept.flatMap(({ at, name }) =>
    (['region', 'output'] as const).flatMap((key) => {
      const verdict = verdicts.get(`${at}#${key}`)
      return verdict ? [`profile ${name}, ${key}: ${verdict.why}`] : []
    }),
  )
}

function written(session: string, kept: readonly Row[], { facts }: Found, verdicts: Verdicts): JsonObject {
  const shared = { ...common('region', kept, verdicts), ...common('output', kept, verdicts) }
  const names = nicknames(facts)
  const profiles = kept.map((row) => [row.name, profile(row, shared, names, verdicts)] as const)
  return {
    sso_session: session,
    ...shared,
    ...(profiles.length > 0 ? { profiles: Object.fromEntries(profiles) } : {}),
  }
}

/** A key that all profiles have with one value is written once for all of them. */
function common(key: 'region' | 'output', rows: readonly Row[], verdicts: Verdicts): JsonObject {
  const [first] = rows
  const value = first?.spec[key]
  const same = rows.every(({ at, spec }) => spec[key] === value && !withoutKey(verdicts, at, key))
  return value && same && !withoutKey(verdicts, 'local', key) ? { [key]: value } : {}
}

function profile(row: Row, shared: JsonObject, names: ReadonlyMap<string, string>, verdicts: Verdicts): JsonObject {
  const { at, spec } = row
  const own = (key: 'region' | 'output') =>
    spec[key] && shared[key] === undefined && !withoutKey(verdicts, at, key) ? { [key]: spec[key] } : {}
  return {
    account: reference(spec.sso_account_id ?? '', names),
    permission_set: spec.sso_role_name ?? '',
    ...own('region'),
    ...own('output'),
  }
}
