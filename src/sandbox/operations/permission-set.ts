import { present } from '../../model/json.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { conflict, invalid, notFound, ServiceError } from '../service-error.ts'
import { requestsByStatus } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { PermissionSetRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { keptDescription } from './description.ts'
import { guardManagementAccount, isActive, setsInstance } from './scope.ts'
import { refuseReservedKeys, type Tag, tagMap } from './tags.ts'

/** Members that name a permission set. */
export interface BySet {
  readonly InstanceArn: string
  readonly PermissionSetArn: string
}

interface Fields {
  readonly Description?: string
  readonly SessionDuration?: string
  readonly RelayState?: string
}

const maxSets = 3500

/** sso-admin: permission sets themselves. */
export const permissionSetOperations = {
  ListPermissionSets: (context, input: { InstanceArn: string } & PageRequest) => {
    setsInstance(context, input.InstanceArn)
    const all = [...context.state.rows('permissionSets').values()]
    const own = all.filter(({ instance }) => instance === input.InstanceArn)
    return answer(
      'PermissionSets',
      page(own, ({ arn }) => arn, input),
      ({ arn }) => arn,
    )
  },
  CreatePermissionSet: (context, input: { InstanceArn: string; Name: string; Tags?: readonly Tag[] } & Fields) => {
    const instance = setsInstance(context, input.InstanceArn)
    refuseReservedKeys((input.Tags ?? []).map(({ Key }) => Key))
    const description = keptDescription(context.choices, input.Description)
    const sets = [...context.state.rows('permissionSets').values()]
    if (sets.some(({ name }) => name === input.Name)) {
      throw conflict(`PermissionSet with name ${input.Name} already exists.`)
    }
    if (sets.length >= maxSets) throw quota(maxSets, 'permission sets')
    const set = checked({
      arn: `${instance.arn.replace(':instance/', ':permissionSet/')}/${newId.permissionSet(context.random)}`,
      instance: instance.arn,
      name: input.Name,
      sessionDuration: input.SessionDuration ?? 'PT1H',
      ...(description === undefined ? {} : { description }),
      ...(input.RelayState === undefined ? {} : { relayState: input.RelayState }),
      created: context.now,
      version: 1,
      managed: [],
      customer: [],
      tags: tagMap(input.Tags ?? []),
    })
    context.state.put('permissionSets', set.arn, set)
    return { PermissionSet: described(set) }
  },
  DescribePermissionSet: (context, input: BySet) => ({ PermissionSet: described(setFor(context, input, 'read')) }),
  UpdatePermissionSet: (context, input: BySet & Fields) => {
    const { relayState: _cleared, ...kept } = setFor(context, input, 'write')
    const description = keptDescription(context.choices, input.Description)
    changeContent(
      context,
      checked({
        ...kept,
        sessionDuration: input.SessionDuration ?? kept.sessionDuration,
        ...(description === undefined ? {} : { description }),
        ...(input.RelayState === undefined ? {} : { relayState: input.RelayState }),
      }),
    )
    return {}
  },
  DeletePermissionSet: (context, input: BySet) => {
    const { arn } = setFor(context, input, 'write')
    if (isInUse(context, arn)) throw conflict('PermissionSet has ApplicationProfile associated with it.')
    removeTraces(context.state, arn)
    context.state.remove('permissionSets', arn)
    return {}
  },
} satisfies Record<string, Operation>

/** The set an input names; writing respects the limits of a delegated administrator. */
export function setFor(context: Context, input: BySet, access: 'read' | 'write'): PermissionSetRow {
  setsInstance(context, input.InstanceArn)
  const set = context.state.rows('permissionSets').get(input.PermissionSetArn)
  if (!set || set.instance !== input.InstanceArn) throw notFound(`The permission set ${input.PermissionSetArn}`)
  if (access === 'write') guardManagementAccount(context, set.arn)
  return set
}

/** Stores changed content under a new version: places that carry the old one are now behind. */
export function changeContent({ state }: Context, set: PermissionSetRow): void {
  state.put('permissionSets', set.arn, { ...set, version: set.version + 1 })
}

/** The error for a limit of sso-admin. */
export function quota(limit: number, what: string): ServiceError {
  const message = `You have exceeded AWS SSO limits. Cannot create or attach more than ${limit} ${what}.`
  return new ServiceError('ServiceQuotaExceededException', message)
}

function isInUse({ state, choices }: Context, arn: string): boolean {
  if (state.find(requestsByStatus, 'IN_PROGRESS').some(({ permissionSet }) => permissionSet === arn)) return true
  const places = [...state.rows('provisions').values(), ...state.rows('assignments').values()]
  const counts = (account: string) => choices.deleteSetInClosedAccounts === 'conflict' || isActive(state, account)
  return places.some(({ permissionSet, account }) => permissionSet === arn && counts(account))
}

/** What is left of a set that may be deleted is in accounts that do not count, and goes along. */
function removeTraces(state: State, arn: string): void {
  for (const table of ['assignments', 'provisions'] as const) {
    for (const [key, { permissionSet }] of state.rows(table)) if (permissionSet === arn) state.remove(table, key)
  }
}

function checked(set: PermissionSetRow): PermissionSetRow {
  const seconds = durationSeconds(set.sessionDuration)
  if (seconds === undefined || seconds < 3600 || seconds > 12 * 3600) {
    throw invalid(`SessionDuration must be from PT1H to PT12H, but is ${set.sessionDuration}.`)
  }
  return set
}

const duration = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** Seconds of an ISO 8601 duration of days and smaller units. */
export function durationSeconds(text: string): number | undefined {
  const parts = duration.exec(text)
  if (!parts) return undefined
  const [days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0))
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)
}

function described(set: PermissionSetRow): OperationOutput {
  return present({
    Name: set.name,
    PermissionSetArn: set.arn,
    Description: set.description,
    CreatedDate: set.created,
    SessionDuration: set.sessionDuration,
    RelayState: set.relayState,
  })
}
