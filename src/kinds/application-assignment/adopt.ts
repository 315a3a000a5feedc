import { type Address, nameOf } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import { isObject, type JsonObject } from '../../model/json.ts'
import type { ApplicationAssignmentSpec } from '../../model/specs.ts'
import { type Entry, sortedEntries } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import type { Adoption, Drafting } from '../adoption.ts'
import { draftedRows, type Row, refusedRow, sectionSize } from '../shared/adopt-rows.ts'
import { isOrphan } from '../shared/orphans.ts'

/** What a verdict on who is assigned to an application is about, behind the address of the application. */
export const assignedKey = 'assigned'

/** Applications that somebody is assigned to, or that let in every user, with who is assigned. */
export const adoptApplications: Adoption = {
  section: 'applications',
  count: (manifest) => [sectionSize(manifest.applications), 'application', 'applications'],
  comment: () => ['Who may open which application; the lists are complete.'],
  refused: (refused) =>
    refusedRow('application', refused, (key) => key === 'users' || key === 'groups').map((one) =>
      one.treatment === 'external' ? { ...one, treatment: 'out' } : one,
    ),

  draft(drafting) {
    const { live } = drafting.found
    const assigned = grouped([...live['application-assignment'].values()].map((one) => [one.spec.application, one]))
    const rows = sortedEntries(live.application).map(([at, entry]) =>
      rowOf(at, entry, assigned.get(nameOf(at)) ?? [], drafting),
    )
    const refused = live.covers.applicationsRefused
    const drafted = draftedRows('applications', rows)
    const ignored = rows.flatMap(({ value, orphans = [] }) => (value?.users || value?.groups ? orphans : []))
    return {
      ...drafted,
      // An empty section says nothing.
      value: sectionSize(drafted.value) === 0 ? undefined : drafted.value,
      left: [...drafted.left, ...(refused ? [`applications: ${refused.message}`] : [])],
      ignoreBeside: { users: namesOf('user', ignored), groups: namesOf('group', ignored) },
    }
  },
}

/** An application as it is written, and who is assigned to it and gone. */
type ApplicationRow = Row & { readonly orphans?: readonly ApplicationAssignmentSpec[] }

function rowOf(
  at: Address,
  { spec }: Entry<'application'>,
  all: readonly Entry<'application-assignment'>[],
  { found, verdicts, sections }: Drafting,
): ApplicationRow {
  const name = nameOf(at)
  const isOpen = spec.assignment_required === false
  const verdict = verdicts.get(at)
  const orphans = all.filter(isOrphan).map((one) => one.spec)
  const assigned = all.filter((one) => !isOrphan(one)).map((one) => one.spec)
  if (name === '__proto__') return { left: [`application ${name}: it cannot be a key of this file`] }
  if (verdict) return { left: [`application ${name}: ${verdict.why}`] }
  const isManaged = found.handover?.taken.has(at) ?? false
  if (assigned.length === 0 && !isOpen && !isManaged) return {}
  if (spec.service !== undefined && !found.handover)
    return { left: [`application ${spec.name ?? name}: it belongs to ${spec.service}, which may assign people itself`] }
  const unknown = assigned.filter((one) => !isDeclared(one, sections))
  const isWhole = unknown.length === 0 && !['users', 'groups', assignedKey].some((key) => verdicts.has(`${at}#${key}`))
  if (!isWhole && !isOpen && !isManaged) return { left: [`application ${spec.name ?? name}: ${cannotName(unknown)}`] }
  const value = {
    ...(isWhole ? lists(assigned) : {}),
    ...(isOpen || isManaged ? { assignment_required: !isOpen } : {}),
  }
  const why = [...(isWhole ? [spec.name ?? []] : [cannotName(unknown)]), isWhole ? gone(orphans) : []].flat()
  return { name, value, why: why.join('; ') || undefined, orphans }
}

function lists(assigned: readonly ApplicationAssignmentSpec[]): JsonObject {
  const [groups, users] = (['group', 'user'] as const).map((type) => namesOf(type, assigned))
  return { ...(groups?.length ? { groups } : {}), ...(users?.length ? { users } : {}) }
}

function namesOf(type: 'user' | 'group', all: readonly ApplicationAssignmentSpec[]): readonly string[] {
  const names = all.flatMap((one) => (one.principal_type === type ? [one.principal] : []))
  return [...new Set(names)].sort()
}

function gone(orphans: readonly ApplicationAssignmentSpec[]): readonly string[] {
  if (orphans.length === 0) return []
  const names = orphans.map(({ principal_type, principal }) => `${principal_type} ${principal}`).sort()
  return [
    `assigned to ${listed(names)} too, which no longer exist${orphans.length === 1 ? 's' : ''}; ignored, so that nothing is deleted`,
  ]
}

function cannotName(unknown: readonly ApplicationAssignmentSpec[]): string {
  const names = unknown.map(({ principal }) => principal).join(', ')
  return `who is assigned is left alone: ${names === '' ? 'some' : names} cannot be named in this file`
}

function isDeclared({ principal_type, principal }: ApplicationAssignmentSpec, { users, groups }: JsonObject): boolean {
  const names = principal_type === 'user' ? users : groups
  return isObject(names) && Object.hasOwn(names, principal)
}
