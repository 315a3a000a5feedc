import { type Address, address, nameOf } from '../../model/address.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import type { SectionSpec } from '../../model/specs.ts'
import { sortedEntries } from '../../model/state.ts'
import { type Adoption, type Drafting, type Found, type Verdicts, withoutKey } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'
import { nicknames, reference } from '../shared/nicknames.ts'
import { otherRegion, type Portal, portal, sessionAddress } from '../shared/portal-session.ts'

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
  comment: () => ['Sections of ~/.aws/config. Keys of a profile that are not written here stay as they are.'],

  refused({ path: [, part, name, key], why }) {
    if (part === 'region' || part === 'output') return [{ about: `local#${part}`, treatment: 'without', why }]
    if (part !== 'profiles' || name === undefined) return [{ about: 'local', treatment: 'out', why }]
    const at = address('profile', name)
    if (key === 'region' || key === 'output') return [{ about: `${at}#${key}`, treatment: 'without', why }]
    return [{ about: at, treatment: 'out', why }]
  },

  draft({ found, verdicts }: Drafting) {
    const signIn = portal(found)
    const others = signIn.others.map((name) => `sso-session ${name}: a manifest holds one session`)
    const legacy = legacyProfiles(found, signIn)
    if (!signIn.session) return { ...nothing, left: legacy }
    const { name } = signIn.session
    const whole = wholeProblem(found, verdicts, signIn)
    if (whole) return { ...nothing, left: [`sso-session ${name} and its profiles: ${whole}`, ...others, ...legacy] }
    const rows = rowsOf(found, verdicts, name)
    const kept = rows.filter(({ why }) => !why)
    const left = rows.flatMap((row) => (row.why ? [`profile ${row.name}: ${row.why}`] : []))
    return {
      value: written(name, kept, found, verdicts),
      notes: [],
      left: [...left, ...others, ...legacy],
      accounts: new Set(kept.map(({ spec }) => spec.sso_account_id ?? '')),
    }
  },
}

const nothing = { value: undefined, notes: [] }

/** Permission sets that the profiles of a draft name. Pure. */
export function neededSets(found: Found, verdicts: Verdicts): ReadonlySet<string> {
  const signIn = portal(found)
  if (!signIn.session || wholeProblem(found, verdicts, signIn)) return new Set()
  const kept = rowsOf(found, verdicts, signIn.session.name).filter(({ why }) => !why)
  return new Set(kept.map(({ spec }) => spec.sso_role_name ?? ''))
}

function wholeProblem(found: Found, verdicts: Verdicts, signIn: Portal): string | undefined {
  return verdicts.get('local')?.why ?? sessionProblem(found, signIn)
}

function rowsOf(found: Found, verdicts: Verdicts, session: string): readonly Row[] {
  const isKept = (at: Address) => verdicts.get(at)?.treatment !== 'out'
  const available = new Set([...found.live['permission-set'].keys()].filter(isKept).map(nameOf))
  return sortedEntries(found.live.profile)
    .filter(([, { spec, mark }]) => spec.sso_session === session && (mark === undefined || mark === found.facts.owner))
    .map(([at, { spec, odd }]) => {
      const why = odd?.message ?? verdicts.get(at)?.why ?? profileProblem(spec, found, available)
      return { at, name: nameOf(at), spec, why }
    })
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

function sessionProblem({ facts, live }: Found, portal: Portal): string | undefined {
  const at = sessionAddress(portal)
  const spec = at && live['sso-session'].get(at)?.spec
  if (!spec) return undefined
  if (!spec.sso_start_url) return 'the session has no sso_start_url'
  const elsewhere = otherRegion(spec, facts)
  if (elsewhere) return elsewhere
  if (!spec.sso_registration_scopes)
    return 'it has no sso_registration_scopes, which apply would add (sso:account:access); add that line, then run init again, or declare it under local'
  return undefined
}

function profileProblem(spec: SectionSpec, { facts }: Found, available: ReadonlySet<string>): string | undefined {
  const { sso_account_id: account = '', sso_role_name: role = '' } = spec
  if (spec.sso_start_url !== undefined || spec.sso_region !== undefined)
    return 'it repeats sso_start_url or sso_region of its session; declaring it under local removes them'
  if (!account || !role) return 'it names no account or no role'
  if (!facts.instance) return undefined
  if (!facts.accounts.some(({ id }) => id === account)) return `account ${account} is not in this organization`
  return available.has(role) ? undefined : `there is no permission set ${role}`
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

function legacyProfiles({ live }: Found, { isOurs }: Portal): readonly string[] {
  return sortedEntries(live.profile).flatMap(([at, { spec }]) =>
    spec.sso_start_url && !spec.sso_session && isOurs(spec.sso_start_url)
      ? [
          `profile ${nameOf(at)}: it has the old form without sso-session; declaring it under local moves it to a session`,
        ]
      : [],
  )
}
