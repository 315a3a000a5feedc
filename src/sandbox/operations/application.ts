import { present } from '../../model/json.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { partitionOf } from '../partition.ts'
import { denied, notFound } from '../service-error.ts'
import { assignmentsByApplication } from '../state/indexes.ts'
import type { ApplicationRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { instanceFor } from './scope.ts'
import { refuseReservedKeys, type Tag, tagMap } from './tags.ts'

/** What names an application in a request. */
export interface ByApplication {
  readonly ApplicationArn: string
}

type Applications = {
  readonly InstanceArn: string
  readonly Filter?: { readonly ApplicationAccount?: string; readonly ApplicationProvider?: string }
} & PageRequest

/** What can be said of an application when it is made, and changed later. */
interface Properties {
  readonly Name?: string
  readonly Description?: string
  readonly Status?: ApplicationRow['status']
}

type NewApplication = Properties & {
  readonly InstanceArn: string
  readonly Name: string
  readonly ApplicationProviderArn: string
  readonly Tags?: readonly Tag[]
}

/** sso-admin: applications that use the instance. How they sign people in is no part of it. */
export const applicationOperations = {
  CreateApplication: (context, input: NewApplication) => {
    const { arn: instance } = instanceFor(context, input.InstanceArn)
    refuseReservedKeys((input.Tags ?? []).map(({ Key }) => Key))
    const row = newApplication(context, { instance, name: input.Name, account: context.caller.account })
    const provider = input.ApplicationProviderArn
    put(context, { ...changed(row, input), provider, tags: tagMap(input.Tags ?? []) })
    return { ApplicationArn: row.arn }
  },
  DescribeApplication: (context, input: ByApplication) => shown(applicationFor(context, input)),
  UpdateApplication: (context, input: ByApplication & Properties) => {
    put(context, changed(applicationFor(context, input), input))
    return {}
  },
  DeleteApplication: (context, input: ByApplication) => {
    const { arn } = applicationFor(context, input)
    for (const row of context.state.find(assignmentsByApplication, arn)) {
      context.state.remove('applicationAssignments', applicationAssignmentKey(row))
    }
    context.state.remove('applications', arn)
    return {}
  },
  ListApplications: (context, input: Applications) => {
    const { arn } = instanceFor(context, input.InstanceArn)
    const { ApplicationAccount: account, ApplicationProvider: provider } = input.Filter ?? {}
    refuseUnfiltered(context, account !== undefined)
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

/** An application that has just been made, of the provider `custom`. */
export function newApplication(
  { state, random, now }: Context,
  { instance, name, account }: Pick<ApplicationRow, 'instance' | 'name' | 'account'>,
): ApplicationRow {
  const partition = partitionOf(state)
  const id = instance.slice(instance.lastIndexOf('/') + 1)
  const arn = `arn:${partition}:sso::${account}:application/${id}/${newId.application(random)}`
  return {
    arn,
    instance,
    name,
    account,
    provider: `arn:${partition}:sso::aws:applicationProvider/custom`,
    created: now,
  }
}

/** The application behind an ARN, which may be changed in further Regions too. */
export function applicationFor(context: Context, { ApplicationArn }: ByApplication): ApplicationRow {
  const row = context.state.rows('applications').get(ApplicationArn)
  if (!row) throw notFound(`The application ${ApplicationArn}`)
  instanceFor(context, row.instance)
  return row
}

/** Key of an assignment of an application. */
export function applicationAssignmentKey(row: {
  readonly application: string
  readonly principalType: string
  readonly principal: string
}): string {
  return `${row.application} ${row.principalType} ${row.principal}`
}

/** A delegated administrator is a member account, and may have to say what a list is about. */
export function refuseUnfiltered({ caller, choices, state }: Context, isFiltered: boolean): void {
  const management = state.rows('organization').get('organization')?.managementAccount
  if (isFiltered || choices.applicationListsByDelegate === 'all' || !management || caller.account === management) return
  throw denied('A member account must use a filter.')
}

function put({ state }: Context, row: ApplicationRow): void {
  state.put('applications', row.arn, row)
}

function changed(row: ApplicationRow, { Name, Description, Status }: Properties): ApplicationRow {
  return {
    ...row,
    ...(Name === undefined ? {} : { name: Name }),
    ...(Description === undefined ? {} : { description: Description }),
    ...(Status === undefined ? {} : { status: Status }),
  }
}

function shown(row: ApplicationRow): OperationOutput {
  return present({
    ApplicationArn: row.arn,
    ApplicationProviderArn: row.provider,
    Name: row.name,
    Description: row.description,
    ApplicationAccount: row.account,
    InstanceArn: row.instance,
    Status: row.status ?? 'ENABLED',
    CreatedDate: row.created,
  })
}
