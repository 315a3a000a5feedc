import { answer, type PageRequest, page } from '../page.ts'
import { invalid, ServiceError } from '../service-error.ts'
import { type Index, provisionsByAccount, provisionsBySet } from '../state/indexes.ts'
import type { ProvisionRow } from '../state/tables.ts'
import type { Context, Operation } from './context.ts'
import { type BySet, setFor } from './permission-set.ts'
import { lookAtLeaving } from './progress.ts'
import { outstanding, provisioningStatus, requestFor, requestList, start } from './request.ts'
import { guardManagementAccount, setsInstance } from './scope.ts'

type Freshness = { readonly ProvisioningStatus?: string }

const maxOutstanding = 3

/** sso-admin: where permission sets are provisioned, and with which content. */
export const provisionOperations = {
  ProvisionPermissionSet: (context, input: BySet & { TargetType: string; TargetId?: string }) => {
    const { arn } = setFor(context, input, 'read')
    guardManagementAccount(context, arn, input.TargetId)
    const isOne = input.TargetType === 'AWS_ACCOUNT'
    if (isOne && input.TargetId === undefined) throw invalid('TargetId is required for the target type AWS_ACCOUNT.')
    if (outstanding(context, 'provision').length >= maxOutstanding) {
      throw new ServiceError('ThrottlingException', 'There are too many requests processing. Please try again later.')
    }
    const account = isOne && input.TargetId !== undefined ? { account: input.TargetId } : {}
    const request = start(context, { kind: 'provision', instance: input.InstanceArn, permissionSet: arn, ...account })
    return { PermissionSetProvisioningStatus: provisioningStatus(request) }
  },
  DescribePermissionSetProvisioningStatus: (
    context,
    input: { InstanceArn: string; ProvisionPermissionSetRequestId: string },
  ) => {
    const found = requestFor(context, 'provision', input.InstanceArn, input.ProvisionPermissionSetRequestId)
    return { PermissionSetProvisioningStatus: provisioningStatus(found) }
  },
  ListPermissionSetProvisioningStatus: (
    context,
    input: { InstanceArn: string; Filter?: { Status?: string } } & PageRequest,
  ) => requestList(context, 'provision', 'PermissionSetsProvisioningStatus', input),
  ListAccountsForProvisionedPermissionSet: (context, input: BySet & Freshness & PageRequest) => {
    const { arn } = setFor(context, input, 'read')
    const rows = provisions(context, input, provisionsBySet, arn)
    const accounts = rows.map(({ account }) => account)
    return answer(
      'AccountIds',
      page(accounts, (account) => account, input),
      (account) => account,
    )
  },
  ListPermissionSetsProvisionedToAccount: (
    context,
    input: { InstanceArn: string; AccountId: string } & Freshness & PageRequest,
  ) => {
    setsInstance(context, input.InstanceArn)
    const rows = provisions(context, input, provisionsByAccount, input.AccountId)
    const sets = rows.map(({ permissionSet }) => permissionSet)
    return answer(
      'PermissionSets',
      page(sets, (arn) => arn, input),
      (arn) => arn,
    )
  },
} satisfies Record<string, Operation>

function provisions(
  { state }: Context,
  { ProvisioningStatus: desired }: Freshness,
  index: Index<'provisions'>,
  value: string,
): readonly ProvisionRow[] {
  lookAtLeaving(state, (row) => index.by(row) === value)
  const isLatest = (row: ProvisionRow): boolean =>
    row.version === state.rows('permissionSets').get(row.permissionSet)?.version
  const rows = state.find(index, value)
  return desired === undefined
    ? rows
    : rows.filter((row) => isLatest(row) === (desired === 'LATEST_PERMISSION_SET_PROVISIONED'))
}
