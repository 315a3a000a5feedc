import { answer, type PageRequest, page } from '../page.ts'
import type { ApplicationRow } from '../state/tables.ts'
import type { Operation, OperationOutput } from './context.ts'
import { instanceFor } from './scope.ts'

type Applications = {
  readonly InstanceArn: string
  readonly Filter?: { readonly ApplicationAccount?: string; readonly ApplicationProvider?: string }
} & PageRequest

/** sso-admin: applications that use the instance; they are read here and nothing more. */
export const applicationOperations = {
  ListApplications: (context, input: Applications) => {
    const { arn } = instanceFor(context, input.InstanceArn)
    const { ApplicationAccount: account, ApplicationProvider: provider } = input.Filter ?? {}
    const rows = [...context.state.rows('applications').values()].filter(
      (row) =>
        row.instance === arn && row.account === (account ?? row.account) && row.provider === (provider ?? row.provider),
    )
    return answer(
      'Applications',
      page(rows, (row) => row.arn, input),
      shown,
    )
  },
} satisfies Record<string, Operation>

function shown(row: ApplicationRow): OperationOutput {
  return {
    ApplicationArn: row.arn,
    ApplicationProviderArn: row.provider,
    Name: row.name,
    ApplicationAccount: row.account,
    InstanceArn: row.instance,
    Status: 'ENABLED',
    CreatedDate: row.created,
  }
}
