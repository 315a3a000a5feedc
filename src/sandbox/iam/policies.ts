import type { JsonObject } from '../../model/json.ts'
import { partitionOf } from '../partition.ts'
import { ServiceError } from '../service-error.ts'
import type { State } from '../state/state.ts'
import type { Caller } from '../wire/caller.ts'
import { type ManagedPolicies, managedDocuments } from './managed.ts'

/** A managed policy as IAM shows it. */
export interface PolicyRow {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly version: string
  /** Absent for policies of AWS whose text is not known here. */
  readonly document?: JsonObject
}

const form = /^arn:(aws[a-z-]*):iam::(aws|\d{12}):policy(\/(?:[\x21-\x7e]+\/)?)([\w+=,.@-]{1,128})$/

/** What a customer-managed policy allows of which only name and path were given. */
const placeholder: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }],
}

/**
 * A policy of AWS, or of the account that asks.
 * @throws ServiceError InvalidInput for what is no ARN of a policy, NoSuchEntity, and AccessDenied for another account.
 */
export function policyAt(
  state: State,
  { account, arn: caller }: Caller,
  arn: string,
  known: ManagedPolicies,
): PolicyRow {
  const [, partition, owner, path = '/', name = ''] = form.exec(arn) ?? []
  if (owner === undefined) throw new ServiceError('InvalidInput', `ARN ${arn} is not valid.`)
  if (owner !== 'aws' && owner !== account) throw elsewhere(caller, arn)
  const found =
    partition === partitionOf(state) &&
    (owner === 'aws' ? ofAws(path, name, known) : ofAccount(state, owner, path, name))
  if (!found) throw new ServiceError('NoSuchEntity', `Policy ${arn} was not found.`, {}, 404)
  return { arn, name, path, ...found }
}

type Content = Pick<PolicyRow, 'version' | 'document'>

function ofAws(path: string, name: string, { names }: ManagedPolicies): Content | undefined {
  const full = `${path.slice(1)}${name}`
  return names.has(full) ? (managedDocuments[full] ?? { version: 'v1' }) : undefined
}

function ofAccount(state: State, account: string, path: string, name: string): Content | undefined {
  const policies = state.rows('accounts').get(account)?.policies ?? []
  const found = policies.find((one) => one.Name === name && one.Path === path)
  return found && { version: 'v1', document: found.Document ?? placeholder }
}

function elsewhere(caller: string, arn: string): ServiceError {
  return new ServiceError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform this on resource: policy ${arn}`,
  )
}
