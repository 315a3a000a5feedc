import { denied, invalid, notFound, ServiceError } from '../service-error.ts'
import { placeOf } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { InstanceRow, OrganizationRow } from '../state/tables.ts'
import type { Context } from './context.ts'

/** The organization, if there is one. */
export function organizationOf({ state }: Context): OrganizationRow | undefined {
  return state.rows('organization').get('organization')
}

/** True for the account that owns the instance and, for an organization instance, its delegated administrator. */
export function administers(context: Context, instance: InstanceRow): boolean {
  const { account } = context.caller
  return account === instance.owner || (instance.kind === 'organization' && account === delegateOf(context))
}

/** The Region of the call is the instance's own or one it has been extended to. */
export function isServedHere({ caller }: Context, instance: InstanceRow): boolean {
  const isReplica = instance.replicas.some((one) => one.region === caller.region && one.status === 'ACTIVE')
  return instance.region === caller.region || isReplica
}

/** The instance behind an ARN, for reading. */
export function instanceFor(context: Context, arn: string, absent = notFound): InstanceRow {
  const instance = context.state.rows('instances').get(arn)
  if (!instance || !isServedHere(context, instance)) throw absent(`The instance ${arn} in ${context.caller.region}`)
  if (!administers(context, instance)) throw denied(`${context.caller.arn} is not authorized to use ${arn}`)
  return instance
}

/** The instance behind an ARN, for writing, which only its primary Region takes. */
export function instanceToChange(context: Context, arn: string): InstanceRow {
  const instance = instanceFor(context, arn)
  requirePrimary(context, instance)
  return instance
}

/** The instance behind an ARN when it can hold permission sets: these cannot even be read outside of the primary Region. */
export function setsInstance(context: Context, arn: string): InstanceRow {
  const instance = instanceFor(context, arn)
  if (instance.kind === 'account') throw invalid('The operation is not supported for account instances.')
  if (!instance.permissionSetsEnabled) throw invalid(`Permission sets are not enabled for the instance ${arn}.`)
  requirePrimary(context, instance)
  return instance
}

/** The identity store with this id, as an instance sees it. */
export function storeFor(context: Context, id: string, access: 'read' | 'write'): InstanceRow {
  const instance = [...context.state.rows('instances').values()].find((one) => one.identityStoreId === id)
  if (!instance || !isServedHere(context, instance)) {
    throw new ServiceError('ResourceNotFoundException', 'IDENTITY_STORE not found.', {
      ResourceType: 'IDENTITY_STORE',
      ResourceId: id,
    })
  }
  if (!administers(context, instance)) throw denied(`${context.caller.arn} is not authorized to use ${id}`)
  if (access === 'write') requirePrimary(context, instance)
  return instance
}

/**
 * A delegated administrator must leave alone what is provisioned in the management account.
 * @throws ServiceError AccessDeniedException
 */
export function guardManagementAccount(context: Context, permissionSet: string, target?: string): void {
  const organization = organizationOf(context)
  if (!organization || context.caller.account === organization.managementAccount) return
  const key = placeOf({ account: organization.managementAccount, permissionSet })
  if (target === organization.managementAccount || context.state.rows('provisions').has(key)) {
    throw denied('A delegated administrator cannot manage permission sets provisioned in the management account.')
  }
}

/** True for an account that is in the organization and neither closed nor on its way in or out. */
export function isActive(state: State, account: string): boolean {
  return state.rows('accounts').get(account)?.state === 'ACTIVE'
}

function delegateOf(context: Context): string | undefined {
  return organizationOf(context)?.delegate?.account
}

function requirePrimary({ caller }: Context, instance: InstanceRow): void {
  if (instance.region !== caller.region) {
    throw invalid(`The operation is only supported in the primary Region ${instance.region}.`)
  }
}
