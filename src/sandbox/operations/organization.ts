import type { Json } from '../../model/json.ts'
import { present } from '../../model/json.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { foundOrganization } from '../seed.ts'
import { ServiceError } from '../service-error.ts'
import type { OrganizationRow } from '../state/tables.ts'
import { account } from './account.ts'
import type { Context, Operation } from './context.ts'
import { accountFor, administered, arnOf, managed, organization } from './organization-scope.ts'
import { isActive } from './scope.ts'

type ByDelegate = { readonly AccountId: string; readonly ServicePrincipal: string }

const identityCenter = 'sso.amazonaws.com'

/** organizations: the organization and who may administer it. */
export const organizationOperations = {
  CreateOrganization: (context, input: { FeatureSet?: 'ALL' | 'CONSOLIDATED_BILLING' }) => {
    const { state, caller, now, random } = context
    if (state.rows('organization').size > 0) {
      throw new ServiceError('AlreadyInOrganizationException', 'The account is already a member of an organization.')
    }
    foundOrganization(state, caller.account, input.FeatureSet ?? 'ALL', now, random)
    return { Organization: described(context, organization(context)) }
  },
  DescribeOrganization: (context) => ({ Organization: described(context, organization(context)) }),
  ListDelegatedAdministrators: (context, input: { ServicePrincipal?: string } & PageRequest) => {
    const { delegate } = administered(context)
    const matches = delegate && (input.ServicePrincipal ?? identityCenter) === identityCenter
    const rows = matches ? [accountFor(context, delegate.account)] : []
    return answer(
      'DelegatedAdministrators',
      page(rows, ({ id }) => id, input),
      (row) => ({
        ...account(context, row),
        DelegationEnabledDate: delegate?.since ?? 0,
      }),
    )
  },
  RegisterDelegatedAdministrator: (context, input: ByDelegate) => {
    const own = managed(context)
    onlyIdentityCenter(input.ServicePrincipal)
    const { id } = accountFor(context, input.AccountId)
    if (id === own.managementAccount) {
      const message = 'You cannot register the management account as delegated administrator for your organization.'
      const Reason = 'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR'
      throw new ServiceError('ConstraintViolationException', message, { Reason })
    }
    if (!isActive(context.state, id)) {
      const message = 'You cannot register a suspended account as delegated administrator.'
      const Reason = 'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR'
      throw new ServiceError('ConstraintViolationException', message, { Reason })
    }
    if (own.delegate) throw new ServiceError('AccountAlreadyRegisteredException', 'There is a delegated administrator.')
    const delegate = { account: id, since: context.now }
    context.state.put('organization', 'organization', { ...own, delegate })
    return {}
  },
  DeregisterDelegatedAdministrator: (context, input: ByDelegate) => {
    const { delegate, ...own } = managed(context)
    onlyIdentityCenter(input.ServicePrincipal)
    if (delegate?.account !== input.AccountId) {
      throw new ServiceError('AccountNotRegisteredException', `${input.AccountId} is not a delegated administrator.`)
    }
    context.state.put('organization', 'organization', own)
    return {}
  },
  ListDelegatedServicesForAccount: (context, input: { AccountId: string } & PageRequest) => {
    const { delegate } = administered(context)
    if (delegate?.account !== input.AccountId) {
      throw new ServiceError('AccountNotRegisteredException', `${input.AccountId} is not a delegated administrator.`)
    }
    return { DelegatedServices: [{ ServicePrincipal: identityCenter, DelegationEnabledDate: delegate.since }] }
  },
  ListAWSServiceAccessForOrganization: (context, input: PageRequest) => {
    administered(context)
    const instances = [...context.state.rows('instances').values()].filter(({ kind }) => kind === 'organization')
    return answer(
      'EnabledServicePrincipals',
      page(instances, ({ arn }) => arn, input),
      ({ created }) => ({
        ServicePrincipal: identityCenter,
        DateEnabled: created,
      }),
    )
  },
} satisfies Record<string, Operation>

function onlyIdentityCenter(principal: string): void {
  if (principal === identityCenter) return
  throw new ServiceError('InvalidInputException', `${principal} is not served here.`, { Reason: 'INVALID_ENUM' })
}

function described(context: Context, own: OrganizationRow): Json {
  return present({
    Id: own.id,
    Arn: `arn:${partitionOf(context.state)}:organizations::${own.managementAccount}:organization/${own.id}`,
    FeatureSet: own.featureSet,
    MasterAccountArn: arnOf(context, 'account', own.managementAccount),
    MasterAccountId: own.managementAccount,
    MasterAccountEmail: context.state.rows('accounts').get(own.managementAccount)?.email,
    AvailablePolicyTypes: [],
  })
}
