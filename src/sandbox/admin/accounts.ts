import type { Json } from '../../model/json.ts'
import { invalid } from '../service-error.ts'
import type { State } from '../state/state.ts'
import type { OrganizationRow } from '../state/tables.ts'

/** Takes accounts out of the organization, by id; what is assigned in them stays. */
export function removeAccounts(state: State, ids: readonly Json[]): void {
  for (const id of ids) {
    const account = accountIn(state, id)
    const { managementAccount, delegate } = organizationIn(state)
    if (account === managementAccount) throw invalid(`The management account ${account} cannot leave.`)
    if (account === delegate?.account) throw invalid(`${account} is the delegated administrator, and cannot leave.`)
    state.remove('accounts', account)
  }
}

/** Makes an account the delegated administrator of Identity Center, in the place of another if there is one. */
export function delegateTo(state: State, id: Json | undefined, now: number): void {
  const account = accountIn(state, id)
  const organization = organizationIn(state)
  if (account === organization.managementAccount) throw invalid('The management account needs no delegation.')
  state.put('organization', 'organization', { ...organization, delegate: { account, since: now } })
}

function organizationIn(state: State): OrganizationRow {
  const organization = state.rows('organization').get('organization')
  if (!organization) throw invalid('There is no organization.')
  return organization
}

function accountIn(state: State, id: Json | undefined): string {
  if (typeof id === 'string' && state.rows('accounts').has(id)) return id
  throw invalid(`There is no account ${JSON.stringify(id)} in the organization.`)
}
