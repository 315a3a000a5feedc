import { kinds } from '../kinds/index.ts'
import { desiredState, refinedDesired } from '../kinds/states.ts'
import { checks } from '../manifest/checks/index.ts'
import type { Finding } from '../manifest/finding.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { schemaFindings } from '../manifest/schema-errors.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Address, address, type KindName, kindNames, kindOf } from '../model/address.ts'
import type { JsonObject } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import type { AssignmentSpec, MembershipSpec } from '../model/specs.ts'
import { diff, type PlanInput } from '../plan/diff.ts'
import { cellKey } from './assignments.ts'
import type { Draft, Found, Treatment } from './found.ts'

/** Why something cannot stay in a draft as it is. */
export interface Objection {
  /** Key of a verdict. */
  readonly about: string
  readonly treatment: Treatment
  readonly why: string
}

/**
 * What is wrong with a draft: first what the manifest's own rules refuse, then whatever the next plan would do or complain
 * about. None is what makes a draft fit to be written.
 */
export function objections(draft: Draft, found: Found): readonly Objection[] {
  const findings = [...schemaFindings(draft.value), ...checks.flatMap((check) => check(draft.value, {}))]
  const errors = findings.filter(({ severity }) => severity === 'error')
  // What is said about a user explains what is said about the places that name the user.
  const users = errors.filter(({ path }) => path[0] === 'users')
  if (errors.length > 0) return (users.length > 0 ? users : errors).flatMap((one) => refused(one, draft))
  const input = sidesOf(unplaced(draft.value, found.file), found)
  const { operations, diagnostics } = diff(input)
  const complaints = diagnostics.filter(({ severity }) => severity === 'error')
  return [
    ...operations.flatMap(planned),
    ...complaints.map(({ message }) => ({ about: 'plan', treatment: 'out', why: message }) as const),
  ]
}

/** Both sides of the plan that a manifest leads to on what was found. */
export function sidesOf(manifest: LoadedManifest, { facts: seen, live }: Found): PlanInput {
  const startUrl = manifest.manifest.identity_center.start_url ?? seen.startUrl
  const facts = { ...seen, ...(startUrl ? { startUrl } : {}) }
  const desired = refinedDesired(desiredState(manifest, facts), { manifest, facts, live })
  return { manifest, facts, live, desired, selected: selected(seen.instance !== undefined) }
}

function selected(online: boolean): ReadonlySet<KindName> {
  return new Set(kindNames.filter((name) => online || kinds[name].side === 'local'))
}

/** A manifest that was never text, and so has no places. */
export function unplaced(value: JsonObject, file: string): LoadedManifest {
  return { file, manifest: value as unknown as Manifest, warnings: [], position: () => undefined }
}

const kindOfSection: Readonly<Record<string, KindName>> = {
  users: 'user',
  groups: 'group',
  permission_sets: 'permission-set',
}

/** Attributes that may be left out, which leaves them as they are. Whatever a permission set leaves out is cleared. */
const required = new Set(['given_name', 'family_name', 'email', 'external'])

function refused({ path, of, message }: Finding, { value }: Draft): readonly Objection[] {
  const [section = '', name, key] = path.map(String)
  const kind = kindOfSection[section]
  if (section === 'identity_center' && name === 'start_url')
    return [{ about: 'start_url', treatment: 'out', why: message }]
  if (kind && name !== undefined) {
    const at = address(kind, name)
    if (key !== undefined && kind !== 'permission-set' && !required.has(key))
      return [{ about: `${at}#${key}`, treatment: 'without', why: message }]
    return [{ about: at, treatment: key === undefined && of === 'key' ? 'out' : 'external', why: message }]
  }
  if (section === 'local') return refusedHere(path.map(String), message)
  if (section === 'ignore') return unignorable(value, name, Number(key), message)
  return [{ about: path.join('/'), treatment: 'out', why: message }]
}

function refusedHere([, part, name, key]: readonly string[], why: string): readonly Objection[] {
  if (part === 'region' || part === 'output') return [{ about: `local#${part}`, treatment: 'without', why }]
  if (part !== 'profiles' || name === undefined) return [{ about: 'local', treatment: 'out', why }]
  const at = address('profile', name)
  if (key === 'region' || key === 'output') return [{ about: `${at}#${key}`, treatment: 'without', why }]
  return [{ about: at, treatment: 'out', why }]
}

// A name with an asterisk in it would ignore the assignments of others as well: the sets then stay somebody else's.
function unignorable(value: JsonObject, list: string | undefined, index: number, why: string): readonly Objection[] {
  const sets = Object.keys((value.permission_sets ?? {}) as JsonObject)
  if (list !== 'assignments' || Number.isNaN(index)) return [{ about: 'ignore', treatment: 'out', why }]
  return sets.map((name) => ({ about: address('permission-set', name), treatment: 'external', why }))
}

function planned(operation: Operation): readonly Objection[] {
  const { address: at, verb, fields } = operation
  const changes = fields.map(({ path }) => path.replaceAll('_', ' ')).join(', ')
  const why = verb === 'update' ? `the next plan would change ${changes}` : `the next plan would ${verb} it`
  if (operation.kind === 'permission-set' && fields.some(({ path }) => path === 'outdated_in'))
    return [{ about: at, treatment: 'external', why: 'accounts still hold an older version of it' }]
  if (operation.kind === 'permission-set' && fields.some(({ path }) => path.startsWith('revoked')))
    return [{ about: at, treatment: 'external', why: 'it holds the deny of a revocation' }]
  return [{ ...subject(at, operation), why }]
}

function subject(at: Address, { verb, before, after }: Operation): Omit<Objection, 'why'> {
  const kind = kindOf(at)
  const spec = before ?? after
  if (kind === 'membership')
    return { about: `${address('group', (spec as MembershipSpec).group)}#members`, treatment: 'without' }
  if (kind === 'assignment') return { about: cellKey(spec as AssignmentSpec), treatment: 'out' }
  // Sections of ours that cannot be said again would be removed as soon as there is a local section.
  if (kind === 'sso-session' || (kind === 'profile' && verb === 'delete')) return { about: 'local', treatment: 'out' }
  if (kind === 'profile') return { about: at, treatment: 'out' }
  return { about: at, treatment: verb === 'update' ? 'external' : 'out' }
}
