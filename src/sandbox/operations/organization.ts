import type { Json } from '../../model/json.ts'
import { ServiceError } from '../fault.ts'
import { answer, defaultPage, type PageRequest, page } from '../page.ts'
import { foundOrganization } from '../seed.ts'
import type { AccountRow, OrganizationRow } from '../state/tables.ts'
import { type Answer, type Context, type Operation, present } from './context.ts'
import { tagList } from './tags.ts'

type ByDelegate = { readonly AccountId: string; readonly ServicePrincipal: string }

const accountPage = 20
const identityCenter = 'sso.amazonaws.com'

/** organizations: the organization and its accounts. */
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
  ListAccounts: (context, input: PageRequest) => {
    administered(context)
    return accountList(context, [...context.state.rows('accounts').values()], input)
  },
  ListAccountsForParent: (context, input: { ParentId: string } & PageRequest) => {
    administered(context)
    const all = [...context.state.rows('accounts').values()]
    return accountList(
      context,
      all.filter(({ parent }) => parent === parentFor(context, input.ParentId)),
      input,
    )
  },
  DescribeAccount: (context, input: { AccountId: string }) => {
    administered(context)
    return { Account: account(context, accountFor(context, input.AccountId)) }
  },
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
  ListRoots: (context, input: PageRequest) => {
    const own = administered(context)
    const arn = arnOf(own, 'root', own.root)
    const root = { Id: own.root, Arn: arn, Name: 'Root', PolicyTypes: [] }
    return answer(
      'Roots',
      page([root], ({ Id }) => Id, input),
      (one) => one,
    )
  },
  ListOrganizationalUnitsForParent: (context, input: { ParentId: string } & PageRequest) => {
    const own = administered(context)
    const parent = parentFor(context, input.ParentId)
    const units = [...context.state.rows('units').values()].filter((unit) => unit.parent === parent)
    return answer(
      'OrganizationalUnits',
      page(units, ({ id }) => id, input),
      ({ id, name }) => ({
        Id: id,
        Arn: arnOf(own, 'ou', id),
        Name: name,
      }),
    )
  },
  DescribeOrganizationalUnit: (context, input: { OrganizationalUnitId: string }) => {
    const own = administered(context)
    const unit = context.state.rows('units').get(input.OrganizationalUnitId)
    if (!unit) throw new ServiceError('OrganizationalUnitNotFoundException', 'There is no such organizational unit.')
    return { OrganizationalUnit: { Id: unit.id, Arn: arnOf(own, 'ou', unit.id), Name: unit.name } }
  },
  ListParents: (context, input: { ChildId: string } & PageRequest) => {
    const { root } = administered(context)
    const { accounts, units } = { accounts: context.state.rows('accounts'), units: context.state.rows('units') }
    const parent = (accounts.get(input.ChildId) ?? units.get(input.ChildId))?.parent
    if (parent === undefined) throw new ServiceError('ChildNotFoundException', `There is no child ${input.ChildId}.`)
    return { Parents: [{ Id: parent, Type: parent === root ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] }
  },
  ListChildren: (context, input: { ParentId: string; ChildType: string } & PageRequest) => {
    administered(context)
    const parent = parentFor(context, input.ParentId)
    const table = input.ChildType === 'ACCOUNT' ? 'accounts' : 'units'
    const rows: { readonly id: string; readonly parent: string }[] = [...context.state.rows(table).values()]
    const children = rows.filter((row) => row.parent === parent)
    return answer(
      'Children',
      page(children, ({ id }) => id, input),
      ({ id }) => ({ Id: id, Type: input.ChildType }),
    )
  },
  ListTagsForResource: (context, input: { ResourceId: string } & PageRequest) => {
    const { root } = administered(context)
    const isUnit = input.ResourceId === root || context.state.rows('units').has(input.ResourceId)
    const tags = isUnit ? {} : accountFor(context, input.ResourceId, 'TargetNotFoundException').tags
    return answer(
      'Tags',
      page(tagList(tags), ({ Key }) => Key, input),
      (tag) => ({ ...tag }),
    )
  },
} satisfies Record<string, Operation>

function organization({ state }: Context): OrganizationRow {
  const found = state.rows('organization').get('organization')
  if (!found) {
    const message = 'Your account is not a member of an organization.'
    throw new ServiceError('AWSOrganizationsNotInUseException', message)
  }
  return found
}

/** The organization, for the management account and its delegated administrator alone. */
function administered(context: Context): OrganizationRow {
  const own = organization(context)
  const { account: caller } = context.caller
  if (caller !== own.managementAccount && caller !== own.delegate?.account) refuse()
  return own
}

function managed(context: Context): OrganizationRow {
  const own = organization(context)
  if (context.caller.account !== own.managementAccount) refuse()
  return own
}

function refuse(): never {
  const message = "You don't have permissions to access this resource."
  throw new ServiceError('AccessDeniedException', message)
}

function onlyIdentityCenter(principal: string): void {
  if (principal === identityCenter) return
  throw new ServiceError('InvalidInputException', `${principal} is not served here.`, { Reason: 'INVALID_ENUM' })
}

function accountFor({ state }: Context, id: string, absent = 'AccountNotFoundException'): AccountRow {
  const found = state.rows('accounts').get(id)
  if (!found) throw new ServiceError(absent, `There is no account ${id} in the organization.`)
  return found
}

function parentFor(context: Context, id: string): string {
  if (id === organization(context).root || context.state.rows('units').has(id)) return id
  throw new ServiceError('ParentNotFoundException', `There is no root or organizational unit ${id}.`)
}

/** Accounts come 20 a page at most, and AWS documents that a page may be empty and still not be the last. */
function accountList(context: Context, rows: readonly AccountRow[], input: PageRequest): Answer {
  const isSecond = input.NextToken?.startsWith(emptyMark) === true
  const token = input.NextToken?.replace(emptyMark, '')
  const request = { ...input, ...(token === undefined ? {} : { NextToken: token }) }
  if (isSecond && token !== undefined) return { Accounts: [], NextToken: token }
  const size = Math.min(input.MaxResults ?? defaultPage, accountPage)
  const { items, next } = page(rows, ({ id }) => id, { ...request, MaxResults: size })
  const isFirst = input.NextToken === undefined
  const further = next === undefined ? {} : { NextToken: isFirst ? emptyMark + next : next }
  return { Accounts: items.map((row) => account(context, row)), ...further }
}

const emptyMark = 'empty.'

function account(context: Context, row: AccountRow): Answer {
  return {
    Id: row.id,
    Arn: arnOf(organization(context), 'account', row.id),
    Email: row.email,
    Name: row.name,
    State: row.state,
    Status: statuses[row.state] ?? row.state,
    JoinedMethod: row.id === organization(context).managementAccount ? 'INVITED' : 'CREATED',
    JoinedTimestamp: row.joined,
  }
}

/** `Status` is the older member with fewer values. */
const statuses: Readonly<Record<string, string>> = { PENDING_ACTIVATION: 'SUSPENDED', CLOSED: 'SUSPENDED' }

function arnOf(own: OrganizationRow, kind: string, id: string): string {
  return `arn:aws:organizations::${own.managementAccount}:${kind}/${own.id}/${id}`
}

function described({ state }: Context, own: OrganizationRow): Json {
  return present({
    Id: own.id,
    Arn: `arn:aws:organizations::${own.managementAccount}:organization/${own.id}`,
    FeatureSet: own.featureSet,
    MasterAccountArn: arnOf(own, 'account', own.managementAccount),
    MasterAccountId: own.managementAccount,
    MasterAccountEmail: state.rows('accounts').get(own.managementAccount)?.email,
    AvailablePolicyTypes: [],
  })
}
