import { actionOf, type OperationName, operations, type Service } from '../aws/operations.ts'
import type { Manifest } from '../manifest/types.ts'
import type { JsonObject } from '../model/json.ts'
import { partitionOf } from '../model/partition.ts'
import { keyStatements } from './key.ts'
import { assignsOnManagement, managementStatements } from './management.ts'
import { canNeed } from './needs.ts'
import { resourcesOf } from './resources.ts'
import type { PolicyDocument, Statement } from './statement.ts'

/** Characters that IAM allows a managed policy; white space does not count. Source: IAM User Guide, "IAM and AWS STS quotas". */
export const managedPolicyLimit = 6_144

interface StatementGroup {
  readonly sid: string
  readonly holds: (service: Service, name: OperationName) => boolean
  readonly condition?: JsonObject
}

// First match wins, so that every operation is in exactly one statement.
const groups: readonly StatementGroup[] = [
  // The operations that know no resource (Service Authorization Reference), of services whose others do: how instances and applications
  // are found, those of account access manager too.
  { sid: 'Instances', holds: (_service, name) => /^List(?:Instances|(?:AccountAccess)?Applications)$/.test(name) },
  { sid: 'IdentityCenter', holds: (service) => service === 'sso-admin' },
  { sid: 'IdentityStore', holds: (service) => service === 'identitystore' },
  // It knows no resource either.
  { sid: 'Roles', holds: (_service, name) => name === 'ListRoles' },
  { sid: 'ManagedPolicies', holds: (service) => service === 'iam' },
  { sid: 'AccountAccess', holds: (service) => service === 'account-access' },
  { sid: 'PolicyFindings', holds: (service) => service === 'access-analyzer' },
  {
    sid: 'Delegation',
    holds: (_service, name) => /^(?:R|Der)egisterDelegatedAdministrator$/.test(name),
    // Whoever may register administrators of Identity Center need not register those of anything else.
    condition: { StringEquals: { 'organizations:ServicePrincipal': 'sso.amazonaws.com' } },
  },
  { sid: 'Organization', holds: () => true },
]

/** Services that a plan asks about policies alone. */
const checksPolicies: readonly Service[] = ['iam', 'access-analyzer']

/** What a policy is for, besides its manifest. */
export interface PolicyOptions {
  /** Only what `plan` and the reports need. */
  readonly readOnly: boolean
  /** ARN of the customer managed key that encrypts the instance; absent where the key belongs to AWS. */
  readonly key?: string
  /** With what looks policies up and has them checked, which plans do without where it is not permitted. */
  readonly policyChecks?: boolean
  /** With what lists the roles of the caller's account, for `access --arns`. */
  readonly arns?: boolean
}

/**
 * The least a caller needs for this manifest: every operation that its plan and apply, and the reports, can send, and the use of the
 * key. The same manifest and options give the same text. Pure.
 */
export function policyFor(manifest: Manifest, options: PolicyOptions): PolicyDocument {
  const { readOnly, key } = options
  const names = (Object.keys(operations) as OperationName[])
    .filter((name) => isAsked(name, options))
    .filter((name) => canNeed(name, manifest))
  const roles =
    readOnly || assignsOnManagement(manifest) === 'no' || !assigns(names)
      ? []
      : managementStatements(partitionOf(manifest.identity_center.region))
  const allowed = new Set(roles.flatMap(({ Action }) => Action))
  const statements = (['read', 'write'] as const)
    .filter((access) => access === 'read' || !readOnly)
    .flatMap((access) =>
      statementsOf(
        names.filter((name) => operations[name].access === access && !allowed.has(actionOf(name))),
        access,
        manifest,
      ),
    )
  const using = key === undefined ? [] : keyStatements(key, manifest, readOnly)
  return { Version: '2012-10-17', Statement: [...statements, ...roles, ...using] }
}

function isAsked(name: OperationName, { policyChecks = false, arns = false }: PolicyOptions): boolean {
  if (name === 'ListRoles') return arns
  return policyChecks || !checksPolicies.includes(operations[name].service)
}

function statementsOf(names: readonly OperationName[], access: 'read' | 'write', manifest: Manifest): Statement[] {
  const groupOf = (name: OperationName) => groups.find(({ holds }) => holds(operations[name].service, name))
  return groups.flatMap((group) => {
    const mine = names.filter((name) => groupOf(name) === group)
    const Action = [...new Set(mine.map(actionOf))].sort()
    const service =
      group.sid === 'Instances' || group.sid === 'Roles' ? undefined : mine[0] && operations[mine[0]].service
    const Sid = `${access === 'read' ? 'Read' : 'Change'}${group.sid}`
    const Resource = resourcesOf(service, manifest, partitionOf(manifest.identity_center.region))
    const Condition = group.condition === undefined ? {} : { Condition: group.condition }
    return Action.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource, ...Condition }]
  })
}

function assigns(names: readonly OperationName[]): boolean {
  return names.includes('CreateAccountAssignment')
}

/** Characters of a policy as IAM counts them. */
export function policySize(policy: PolicyDocument): number {
  return JSON.stringify(policy).replace(/\s/gu, '').length
}
