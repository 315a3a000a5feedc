import type { LoadedManifest } from '../../manifest/load.ts'
import type { AssignmentRule, Generate } from '../../manifest/types.ts'
import { type Diagnostic, type Position, warning } from '../../model/diagnostic.ts'
import { accountLabel, type Facts } from '../../model/facts.ts'
import { listed } from '../../text/list.ts'
import { assignment } from '../assignment/assignment.ts'
import { revokedSince } from '../shared/revocation.ts'
import { collisions, profileName } from './generate-names.ts'
import { resolvable } from './generate-offline.ts'
import { fromPortal } from './generate-portal.ts'
import type { Generated, Generation } from './generated.ts'

const nothing: Generation = { profiles: [], complete: true, diagnostics: [] }
const known = new WeakMap<LoadedManifest, WeakMap<Facts, Generation>>()

/** One profile for each account and set that the user, or one's own login, may use. Pure; worked out once a look. */
export function generation(loaded: LoadedManifest, facts: Facts): Generation {
  const { generate } = loaded.manifest.local ?? {}
  if (!generate) return nothing
  const byFacts = known.get(loaded) ?? new WeakMap<Facts, Generation>()
  known.set(loaded, byFacts)
  const found = byFacts.get(facts) ?? work(generate, loaded, facts)
  byFacts.set(facts, found)
  return found
}

function work(generate: Generate, loaded: LoadedManifest, facts: Facts): Generation {
  if (generate.user === undefined) return fromPortal(generate, loaded, facts)
  return ofUser(generate.user, generate, loaded, facts)
}

// Directly or through groups.
function ofUser(user: string, generate: Generate, loaded: LoadedManifest, facts: Facts): Generation {
  const at = loaded.position(['local', 'generate'], 'key')
  if (!loaded.manifest.assignments) return { ...nothing, complete: false, diagnostics: [noAssignments(at)] }
  const { groups, unknown } = groupsOf(user, loaded)
  const concerns = (rule: AssignmentRule) =>
    rule.users?.includes(user) || rule.groups?.some((group) => groups.has(group))
  const { rules, world, unresolved } = resolvable(loaded, facts, concerns, generate)
  const grants = revokedSince(user, loaded)
    ? []
    : [...assignment.desired(rules, world).values()].filter(({ spec }) =>
        spec.principal_type === 'user' ? spec.principal === user : groups.has(spec.principal),
      )
  const profiles = grants.map(({ spec, at: from }): Generated => {
    const { account, permission_set: permissionSet } = spec
    const name = profileName(generate, accountLabel(account, world), account, permissionSet)
    return { name, account, permissionSet, ...(from ? { at: from } : {}) }
  })
  const unique = [...new Map(profiles.map((one) => [`${one.account} ${one.permissionSet}`, one])).values()]
  const readable = unknown.filter((group) => loaded.manifest.assignments?.some((rule) => rule.groups?.includes(group)))
  return {
    profiles: unique,
    complete: unresolved.length === 0,
    diagnostics: [
      ...collisions(unique, loaded, world),
      ...(unresolved.length > 0 ? [offline(unresolved, at)] : []),
      ...(readable.length > 0 ? [unknownMembers(readable, user, at)] : []),
    ],
  }
}

/** Groups the manifest puts the user in, and those whose members it does not speak of. */
function groupsOf(user: string, { manifest }: LoadedManifest) {
  const groups = Object.entries(manifest.groups ?? {})
  return {
    groups: new Set(groups.flatMap(([name, { members }]) => (members?.includes(user) ? [name] : []))),
    unknown: groups.flatMap(([name, { members }]) => (members ? [] : [name])),
  }
}

function offline(unresolved: readonly string[], at: Position | undefined): Diagnostic {
  const list = listed(unresolved, 5)
  return warning(
    'generate-offline',
    `accounts for ${list} cannot be determined offline; profiles generated for them stay as they are`,
    {
      hint: 'run without --only local, or give the account ids under accounts (dev: "444455556666")',
      ...(at ? { at } : {}),
    },
  )
}

function noAssignments(at: Position | undefined): Diagnostic {
  return warning(
    'generate-no-assignments',
    'generate needs an assignments section, and there is none; generated profiles stay as they are',
    {
      hint: 'add the assignments section, or list the profiles under local.profiles',
      ...(at ? { at } : {}),
    },
  )
}

function unknownMembers(groups: readonly string[], user: string, at: Position | undefined): Diagnostic {
  return warning(
    'generate-unknown-members',
    `no profiles are generated through ${groups.join(', ')}: the manifest does not list the members`,
    {
      hint: `add members to a group of this manifest if ${user} is one; otherwise list the profiles under local.profiles`,
      ...(at ? { at } : {}),
    },
  )
}
