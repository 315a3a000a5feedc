import type { Choices } from '../faults/choices.ts'
import { invalid, ServiceError } from '../service-error.ts'
import { applicationsByPrincipal } from '../state/indexes.ts'
import type { GroupRow, Stamp, UserRow } from '../state/tables.ts'
import { applicationAssignmentKey } from './application.ts'
import type { Context } from './context.ts'

/** identitystore: what is not there, in the shape of its model. */
export function missing(type: 'USER' | 'GROUP' | 'GROUP_MEMBERSHIP', id: string): ServiceError {
  return new ServiceError('ResourceNotFoundException', `${type} not found.`, { ResourceType: type, ResourceId: id })
}

/** identitystore: a value that has to be unique is taken. */
export function taken(what: string): ServiceError {
  return new ServiceError('ConflictException', `Duplicate ${what}.`, { Reason: 'UNIQUENESS_CONSTRAINT_VIOLATION' })
}

/** The form of a name or address in which it has to be unique. */
export function uniqueForm({ caseInNames }: Choices, text: string): string {
  return caseInNames === 'folded' ? text.toLowerCase() : text
}

/** The user with this id. */
export function userFor({ state }: Context, id: string): UserRow {
  const user = state.rows('users').get(id)
  if (!user) throw missing('USER', id)
  return user
}

/** The group with this id. */
export function groupFor({ state }: Context, id: string): GroupRow {
  const group = state.rows('groups').get(id)
  if (!group) throw missing('GROUP', id)
  return group
}

/** Nothing documents what becomes of assignments to applications whose user or group is deleted. */
export function dropApplications({ state, choices }: Context, principal: string): void {
  if (choices.applicationsOfDeleted === 'stay') return
  for (const row of state.find(applicationsByPrincipal, principal)) {
    state.remove('applicationAssignments', applicationAssignmentKey(row))
  }
}

/** Marks of a new object. */
export function created({ now, caller }: Context): Stamp {
  return { CreatedAt: now, CreatedBy: caller.arn, UpdatedAt: now, UpdatedBy: caller.arn }
}

/** Marks of a changed object. */
export function updated({ now, caller }: Context, stamp: Stamp): Stamp {
  return { ...stamp, UpdatedAt: now, UpdatedBy: caller.arn }
}

const reserved = ['administrator', 'awsadministrators']

/** Names AWS keeps for itself cannot be given to users or groups. */
export function refuseReserved(name: string): void {
  if (reserved.includes(name.toLowerCase())) throw invalid(`${name} is a reserved name.`)
}

/** The value of an attribute a unique-attribute lookup may ask for. */
export interface AlternateIdentifier {
  readonly ExternalId?: { readonly Issuer: string; readonly Id: string }
  readonly UniqueAttribute?: { readonly AttributePath: string; readonly AttributeValue: unknown }
}

/** Finds an object by a unique attribute or by its id at an identity provider; undefined when there is none. */
export function lookUp<R extends UserRow | GroupRow>(
  rows: Iterable<R>,
  by: AlternateIdentifier,
  paths: Readonly<Record<string, (row: R) => unknown>>,
): R | undefined {
  const { ExternalId: external, UniqueAttribute: unique } = by
  if (external) {
    return [...rows].find(({ externalIds }) =>
      externalIds?.some(({ Issuer, Id }) => Issuer === external.Issuer && Id === external.Id),
    )
  }
  // Terraform's data sources ask for UserName and DisplayName; AWS reads a path in any case (aws_identitystore_group, "alternate_identifier").
  const asked = (unique?.AttributePath ?? '').toLowerCase()
  const read = Object.entries(paths).find(([path]) => path.toLowerCase() === asked)?.[1]
  if (!read) throw invalid(`Attribute path ${unique?.AttributePath} is not one of ${Object.keys(paths).join(', ')}.`)
  return [...rows].find((row) => read(row) === unique?.AttributeValue)
}
