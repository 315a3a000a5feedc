import { partitionOf } from '../partition.ts'
import { ServiceError } from '../service-error.ts'
import type { AccountRow, OrganizationRow } from '../state/tables.ts'
import type { Context } from './context.ts'

/**
 * The organization.
 * @throws ServiceError AWSOrganizationsNotInUseException in a standalone account.
 */
export function organization({ state }: Context): OrganizationRow {
  const found = state.rows('organization').get('organization')
  if (!found) {
    const message = 'Your account is not a member of an organization.'
    throw new ServiceError('AWSOrganizationsNotInUseException', message)
  }
  return found
}

/** The organization, for the management account and its delegated administrator alone. */
export function administered(context: Context): OrganizationRow {
  const own = organization(context)
  const { account: caller } = context.caller
  if (caller !== own.managementAccount && caller !== own.delegate?.account) refuse()
  return own
}

/** The organization, for the management account alone. */
export function managed(context: Context): OrganizationRow {
  const own = organization(context)
  if (context.caller.account !== own.managementAccount) refuse()
  return own
}

function refuse(): never {
  const message = "You don't have permissions to access this resource."
  throw new ServiceError('AccessDeniedException', message)
}

/** An account of the organization. */
export function accountFor({ state }: Context, id: string, absent = 'AccountNotFoundException'): AccountRow {
  const found = state.rows('accounts').get(id)
  if (!found) throw new ServiceError(absent, `There is no account ${id} in the organization.`)
  return found
}

/** The id of a root or unit that exists. */
export function parentFor(context: Context, id: string): string {
  if (id === organization(context).root || context.state.rows('units').has(id)) return id
  throw new ServiceError('ParentNotFoundException', `There is no root or organizational unit ${id}.`)
}

/** ARN of something in the organization. */
export function arnOf(context: Context, kind: string, id: string): string {
  const { managementAccount, id: own } = organization(context)
  return `arn:${partitionOf(context.state)}:organizations::${managementAccount}:${kind}/${own}/${id}`
}
