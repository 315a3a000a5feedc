import { present } from '../../model/json.ts'
import type { Choices } from '../faults/choices.ts'
import { conflict, invalid, notFound } from '../service-error.ts'
import type { AccessControlRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { setsInstance } from './scope.ts'

interface ByInstance {
  readonly InstanceArn: string
}

/** An attribute on the wire; the model has exactly one source. */
interface Attribute {
  readonly Key: string
  readonly Value: { readonly Source: readonly string[] }
}

type Configuration = ByInstance & {
  readonly InstanceAccessControlAttributeConfiguration: { readonly AccessControlAttributes: readonly Attribute[] }
}

/** sso-admin: the attributes of users that go along into accounts as session tags, for attribute-based access control. */
export const accessControlOperations = {
  CreateInstanceAccessControlAttributeConfiguration: (context, input: Configuration) => {
    const { arn, owner } = setsInstance(context, input.InstanceArn)
    const attributes = checked(context.choices, input)
    if (context.state.rows('accessControl').has(arn)) throw conflict(`${what(arn)} already exists.`)
    const failure = context.doom([owner])[owner]
    context.state.put('accessControl', arn, {
      instance: arn,
      attributes,
      ...course(context),
      ...(failure === undefined ? {} : { failure }),
    })
    return {}
  },
  DescribeInstanceAccessControlAttributeConfiguration: (context, input: ByInstance) => {
    const row = rowFor(context, input)
    const status = statusOf(context, row)
    if (row.looks > 0) context.state.put('accessControl', row.instance, { ...row, looks: row.looks - 1 })
    return present({
      Status: status,
      StatusReason: status === 'CREATION_FAILED' ? row.failure : undefined,
      InstanceAccessControlAttributeConfiguration: { AccessControlAttributes: row.attributes.map(shown) },
    })
  },
  UpdateInstanceAccessControlAttributeConfiguration: (context, input: Configuration) => {
    const row = settledRow(context, input)
    if (row.failure !== undefined) throw conflict(`${what(row.instance)} was not created: ${row.failure}`)
    context.state.put('accessControl', row.instance, { ...row, attributes: checked(context.choices, input) })
    return {}
  },
  DeleteInstanceAccessControlAttributeConfiguration: (context, input: ByInstance) => {
    context.state.remove('accessControl', settledRow(context, input).instance)
    return {}
  },
} satisfies Record<string, Operation>

/** The list as it goes over the wire, of keys and their sources. */
export function accessControlList(attributes: Readonly<Record<string, string>>): OperationOutput {
  return { AccessControlAttributes: Object.entries(attributes).map(([key, source]) => shown({ key, source })) }
}

function rowFor(context: Context, { InstanceArn }: ByInstance): AccessControlRow {
  const { arn } = setsInstance(context, InstanceArn)
  const row = context.state.rows('accessControl').get(arn)
  if (!row) throw notFound(what(arn))
  return row
}

/** The configuration to be changed, which is not on its way any more. */
function settledRow(context: Context, input: ByInstance): AccessControlRow {
  const row = rowFor(context, input)
  if (statusOf(context, row) === 'CREATION_IN_PROGRESS') throw conflict(`${what(row.instance)} is being created.`)
  return row
}

function course({ choices, now, pace }: Context): Pick<AccessControlRow, 'looks' | 'due'> {
  if (choices.accessControlCreation === 'done') return { looks: 0 }
  return { looks: pace.looks, ...(pace.seconds === null ? {} : { due: now + pace.seconds }) }
}

function statusOf({ now }: Context, { looks, due, failure }: AccessControlRow): string {
  if (looks > 0 && (due === undefined || due > now)) return 'CREATION_IN_PROGRESS'
  return failure === undefined ? 'ENABLED' : 'CREATION_FAILED'
}

const placeholders = /^(\$\{(path|user|dir):[^${}]+\})+$/

/** What the table of requests cannot say about the attributes. */
function checked(choices: Choices, input: Configuration): AccessControlRow['attributes'] {
  const { AccessControlAttributes: given } = input.InstanceAccessControlAttributeConfiguration
  const attributes = given.map(({ Key, Value }) => ({ key: Key, source: Value.Source[0] ?? '' }))
  const forms = attributes.map(({ key }) => (choices.caseInAttributeKeys === 'folded' ? key.toLowerCase() : key))
  const twice = forms.findIndex((form, index) => forms.indexOf(form) < index)
  if (twice >= 0) throw invalid(`The attribute key ${attributes[twice]?.key} is given twice.`)
  const constant = attributes.find(({ source }) => !placeholders.test(source))
  if (constant && choices.attributeSources === 'placeholders') {
    throw invalid(`The source of ${constant.key} is not a user attribute: ${constant.source}`)
  }
  return attributes
}

function shown({ key, source }: AccessControlRow['attributes'][number]): OperationOutput {
  return { Key: key, Value: { Source: [source] } }
}

function what(arn: string): string {
  return `The access control attribute configuration of ${arn}`
}
