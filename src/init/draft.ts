import { nameOf } from '../model/address.ts'
import type { Json, JsonObject } from '../model/json.ts'
import { nicknames } from './accounts.ts'
import { assignments } from './assignments.ts'
import { foreign, patterns } from './foreign.ts'
import type { Draft, Found, Verdicts } from './found.ts'
import { groups, users } from './identities.ts'
import { local } from './local.ts'
import { permissionSets } from './permission-sets.ts'
import { otherRegion, portal } from './portal.ts'

/** A manifest that says what was found, but for what verdicts keep out of it. Pure: equal finds give equal drafts. */
export function draft(found: Found, verdicts: Verdicts): Draft {
  const names = nicknames(found.facts)
  const taken = foreign(found)
  const access = portal(found)
  const available = new Set([...found.live['permission-set'].keys()].filter(isKept(verdicts)).map(nameOf))
  const here = local(found, access, available, names, verdicts)
  const people = users(found, verdicts)
  const teams = groups(found, taken, verdicts)
  const sets = permissionSets(found, taken, here.sets, verdicts)
  const declared = { users: people.value, groups: teams.value, permission_sets: sets.value }
  const grants = assignments(found, declared, new Set(taken.groups.keys()), names, verdicts)
  const used = new Set([...here.accounts, ...grants.accounts])
  const spec = access.session?.spec
  const own = spec && otherRegion(spec, found.facts) === undefined ? spec.sso_start_url : undefined
  const startUrl = own ?? found.facts.startUrl
  const parts = [people, teams, sets, grants, here]
  return {
    value: filled({
      version: 1,
      name: found.name,
      identity_center: filled({
        region: found.facts.region,
        instance: found.instance,
        start_url: verdicts.has('start_url') ? undefined : startUrl,
      }),
      accounts: accounts(names, used, found),
      users: people.value,
      groups: teams.value,
      permission_sets: sets.value,
      assignments: grants.value,
      local: here.value,
      ignore: filled({
        groups: patterns([...taken.groups.keys()], Object.keys(teams.value)),
        permission_sets: patterns(sets.ignored, Object.keys(sets.value)),
        assignments: grants.ignored,
      }),
    }),
    notes: parts.flatMap(({ notes }) => notes),
    left: [...[...taken.groups].map(([name, why]) => `group ${name}: ${why}`), ...parts.flatMap(({ left }) => left)],
  }
}

function isKept(verdicts: Verdicts): (at: string) => boolean {
  return (at) => verdicts.get(at)?.treatment !== 'out'
}

/** Nicknames that are used, and the management account, whose id the local half needs when it works offline. */
function accounts(
  names: ReadonlyMap<string, string>,
  used: ReadonlySet<string>,
  { facts }: Found,
): JsonObject | undefined {
  const kept = [...names].filter(([id]) => used.has(id) || id === facts.management)
  const rank = ([id, name]: readonly [string, string]) => (id === facts.management ? '' : name)
  return Object.fromEntries(kept.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map(([id, name]) => [name, id]))
}

/** Without what is empty: a section that is absent is left alone, and an empty one would mean "remove all". */
function filled(object: { readonly [key: string]: Json | undefined }): JsonObject {
  const present = Object.entries(object).filter(([, value]) => value !== undefined && !isEmpty(value))
  return Object.fromEntries(present) as JsonObject
}

function isEmpty(value: Json | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
