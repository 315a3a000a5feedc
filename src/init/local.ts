import { nameOf } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { SectionSpec } from '../model/specs.ts'
import { reference } from './accounts.ts'
import { type Found, type Part, type Verdicts, withoutKey } from './found.ts'
import { sorted } from './identities.ts'
import { otherRegion, type Portal, sessionAddress } from './portal.ts'

/** The `local` section of a draft, with what it refers to. */
export interface LocalPart extends Part<JsonObject | undefined> {
  readonly accounts: ReadonlySet<string>
  readonly sets: ReadonlySet<string>
}

const nothing: LocalPart = { value: undefined, notes: [], left: [], accounts: new Set(), sets: new Set() }

/** The session of this Identity Center and its profiles, as far as writing them down changes nothing in them. */
export function local(
  found: Found,
  portal: Portal,
  available: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
  verdicts: Verdicts,
): LocalPart {
  const others = portal.others.map((name) => `sso-session ${name}: a manifest holds one session`)
  const legacy = legacyProfiles(found, portal)
  const whole = verdicts.get('local')?.why ?? sessionProblem(found, portal)
  if (!portal.session) return { ...nothing, left: legacy }
  const { name } = portal.session
  if (whole) return { ...nothing, left: [`sso-session ${name} and its profiles: ${whole}`, ...others, ...legacy] }
  const rows = sorted(found.live.profile)
    .filter(([, { spec, mark }]) => spec.sso_session === name && (mark === undefined || mark === found.facts.owner))
    .map(([at, { spec }]) => ({
      at,
      name: nameOf(at),
      spec,
      why: verdicts.get(at)?.why ?? profileProblem(spec, found, available),
    }))
  const kept = rows.filter(({ why }) => !why)
  const shared = { ...common('region', kept, verdicts), ...common('output', kept, verdicts) }
  const profiles = kept.map((row) => [row.name, profile(row, shared, names, verdicts)] as const)
  return {
    value: {
      sso_session: name,
      ...shared,
      ...(profiles.length > 0 ? { profiles: Object.fromEntries(profiles) } : {}),
    },
    notes: [],
    left: [...rows.flatMap((row) => (row.why ? [`profile ${row.name}: ${row.why}`] : [])), ...others, ...legacy],
    accounts: new Set(kept.map(({ spec }) => spec.sso_account_id ?? '')),
    sets: new Set(kept.map(({ spec }) => spec.sso_role_name ?? '')),
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

interface Row {
  readonly at: string
  readonly name: string
  readonly spec: SectionSpec
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
  return sorted(live.profile).flatMap(([at, { spec }]) =>
    spec.sso_start_url && !spec.sso_session && isOurs(spec.sso_start_url)
      ? [
          `profile ${nameOf(at)}: it has the old form without sso-session; declaring it under local moves it to a session`,
        ]
      : [],
  )
}
