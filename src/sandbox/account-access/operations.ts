import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { newId } from '../ids.ts'
import { newApplication } from '../operations/application.ts'
import type { Context } from '../operations/context.ts'
import { page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { denied, invalid, notFound } from '../service-error.ts'
import type { AccountAccessRow, EntitlementRow, InstanceRow } from '../state/tables.ts'

/** An operation of account access manager; its input is what path, query and body hold together. */
export type AccountAccessOperation = (context: Context, input: JsonObject) => JsonObject

/** Operations of account access manager that are known here (API model account-access 2018-05-10). */
export const accountAccessOperations = {
  CreateApplication: (context, { identitySource }) => ({
    applicationArn: enabled(
      context,
      organizationInstance(context, textAt(identitySource, 'identityCenter', 'instanceArn')),
    ).arn,
  }),
  ListApplications: (context, input) => {
    const rows = [...context.state.rows('accountAccess').values()].filter((row) => isSeen(context, row))
    return paged(
      'applications',
      rows,
      ({ arn }) => arn,
      input,
      (row) => ({ ...summary(row) }),
    )
  },
  GetApplication: (context, { applicationArn }) => {
    const { instance, application, ...row } = applicationFor(context, applicationArn)
    const { applicationArn: _arn, ...dates } = summary({ instance, application, ...row })
    const identityCenter = { instanceArn: instance, applicationArn: application }
    return { identitySource: { identityCenter }, status: 'ACTIVE', ...dates }
  },
  CreateEntitlement: (context, { applicationArn, entitlement }) => {
    const { arn } = applicationFor(context, applicationArn)
    return {
      entitlementId: entitled(context, arn, principalIn(entitlement), textAt(entitlement, 'principalRole', 'roleArn'))
        .id,
    }
  },
  ListEntitlements: (context, { applicationArn, filter, ...input }) => {
    const { arn } = applicationFor(context, applicationArn)
    if (!isObject(filter)) throw invalid('filter must not be null.')
    const rows = [...context.state.rows('entitlements').values()].filter(
      (row) => row.application === arn && matches(row, filter),
    )
    return paged('entitlements', rows, ({ id }) => id, input, shown)
  },
  DeleteEntitlement: (context, { applicationArn, entitlementId }) => {
    const { arn } = applicationFor(context, applicationArn)
    const row = context.state.rows('entitlements').get(String(entitlementId))
    if (row?.application === arn) context.state.remove('entitlements', row.id)
    return {}
  },
} satisfies Record<string, AccountAccessOperation>

/** The application of account access manager for an instance, made where it is not enabled yet. */
export function enabled(context: Context, { arn: instance, owner, region }: InstanceRow): AccountAccessRow {
  const { state, random, now } = context
  const there = [...state.rows('accountAccess').values()].find((row) => row.instance === instance)
  if (there) return there
  const application = newApplication(context, { instance, name: 'Account access manager', account: owner })
  state.put('applications', application.arn, application)
  const id = newId.uuid(random).replaceAll('-', '').slice(0, 16)
  const arn = `arn:${partitionOf(state)}:account-access:${region}:${owner}:application/${id}`
  const row = { arn, instance, application: application.arn, owner, created: now }
  state.put('accountAccess', arn, row)
  return row
}

/** A user or group with an IAM role from now on; the one that is there already, where it is. */
export function entitled(
  { state, random, now }: Context,
  application: string,
  principal: Pick<EntitlementRow, 'principalType' | 'principal'>,
  role: string,
): EntitlementRow {
  if (!/^arn:[a-z0-9-]+:iam::\d{12}:role\/.+$/.test(role)) throw invalid('roleArn is not the ARN of a role.')
  const table = principal.principalType === 'USER' ? state.rows('users') : state.rows('groups')
  if (!table.has(principal.principal)) throw notFound(`The principal ${principal.principal}`)
  const same = [...state.rows('entitlements').values()].find(
    (row) =>
      row.application === application &&
      row.principalType === principal.principalType &&
      row.principal === principal.principal &&
      row.role === role,
  )
  if (same) return same
  const row = { id: newId.uuid(random), application, ...principal, role, created: now }
  state.put('entitlements', row.id, row)
  return row
}

/** Account instances have no account access manager, and only the management account enables it. */
function organizationInstance({ state, caller }: Context, arn: string): InstanceRow {
  const instance = state.rows('instances').get(arn)
  if (instance?.kind !== 'organization') throw invalid(`${arn} is no organization instance.`)
  if (instance.owner !== caller.account) throw denied(`${caller.arn} is not the management account.`)
  return instance
}

function applicationFor(context: Context, arn: Json | undefined): AccountAccessRow {
  const row = context.state.rows('accountAccess').get(String(arn))
  if (!row || !isSeen(context, row)) throw notFound(`The application ${String(arn)}`)
  return row
}

/** In its Region, by its account; a delegated administrator of account access manager is not known here. */
function isSeen({ caller }: Context, { arn, owner }: AccountAccessRow): boolean {
  return owner === caller.account && arn.split(':')[3] === caller.region
}

function summary({ arn, created }: AccountAccessRow) {
  const at = new Date(created * 1000).toISOString()
  return { applicationArn: arn, createdAt: at, updatedAt: at }
}

function shown({ id, principalType, principal, role, created }: EntitlementRow): JsonObject {
  const identityCenter = principalType === 'USER' ? { userId: principal } : { groupId: principal }
  const principalRole = { principal: { identityCenter }, roleArn: role, account: accountIn(role) }
  return { entitlementId: id, entitlement: { principalRole }, createdAt: new Date(created * 1000).toISOString() }
}

function accountIn(role: string): string {
  return role.split(':')[4] ?? ''
}

function principalIn(entitlement: Json | undefined): Pick<EntitlementRow, 'principalType' | 'principal'> {
  const at = ['principalRole', 'principal', 'identityCenter'] as const
  const user = textAt(entitlement, ...at, 'userId')
  return user
    ? { principalType: 'USER', principal: user }
    : { principalType: 'GROUP', principal: textAt(entitlement, ...at, 'groupId') }
}

/** All criteria that a filter names have to match; an empty one lets everything through (EntitlementFilter names no member as required). */
function matches(row: EntitlementRow, filter: JsonObject): boolean {
  const wanted = (...path: string[]) => textAt(filter, 'principalRole', ...path)
  const criteria = [
    [wanted('account'), accountIn(row.role)],
    [wanted('roleArn'), row.role],
    [wanted('principal', 'identityCenter', 'userId'), row.principalType === 'USER' ? row.principal : ''],
    [wanted('principal', 'identityCenter', 'groupId'), row.principalType === 'GROUP' ? row.principal : ''],
  ] as const
  return criteria.every(([value, found]) => value === '' || value === found)
}

/** The text at a path of members; empty where there is none. */
function textAt(value: Json | undefined, ...path: readonly string[]): string {
  const found = path.reduce<Json | undefined>((one, name) => (isObject(one) ? one[name] : undefined), value)
  return typeof found === 'string' ? found : ''
}

function paged<T>(
  name: string,
  rows: readonly T[],
  key: (row: T) => string,
  { maxResults, nextToken }: JsonObject,
  show: (row: T) => JsonObject,
): JsonObject {
  const size = typeof maxResults === 'number' ? { MaxResults: maxResults } : {}
  const { items, next } = page(rows, key, {
    ...size,
    ...(typeof nextToken === 'string' ? { NextToken: nextToken } : {}),
  })
  return { [name]: items.map(show), ...(next === undefined ? {} : { nextToken: next }) }
}
