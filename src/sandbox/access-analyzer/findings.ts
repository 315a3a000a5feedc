import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { ManagedPolicies } from '../iam/managed.ts'
import type { Step } from './spans.ts'

/** What Access Analyzer says of a policy. */
export interface PolicyFinding {
  readonly type: 'ERROR' | 'SECURITY_WARNING' | 'SUGGESTION' | 'WARNING'
  readonly code: string
  readonly details: string
  readonly path: readonly Step[]
}

type Check = (policy: JsonObject, known: ManagedPolicies) => readonly PolicyFinding[]

/** Some of the checks of Access Analyzer, with its codes and words. Source: IAM User Guide, "IAM policy validation check reference". */
const checks: readonly Check[] = [
  (policy) =>
    policy.Version === undefined
      ? [
          {
            type: 'WARNING',
            code: 'MISSING_VERSION',
            details: 'We recommend that you specify the Version element to help you with debugging permission issues.',
            path: [],
          },
        ]
      : [],
  (policy) =>
    statementsOf(policy).flatMap(([path, statement]) =>
      statement.Effect === undefined || typeof statement.Effect === 'string'
        ? []
        : [mismatch([...path, 'Effect'], 'string')],
    ),
  (policy, { actions }) =>
    statementsOf(policy).flatMap(([path, statement]) =>
      actionsOf(path, statement).flatMap(([at, action]) => invalidAction(at, action, actions)),
    ),
  (policy) =>
    statementsOf(policy).flatMap(([path, statement]) => [
      ...passesAnyRole(path, statement),
      ...redundant(path, statement),
    ]),
]

/** Findings of one policy document, in the order of the checks. */
export function findingsIn(policy: JsonObject, known: ManagedPolicies): readonly PolicyFinding[] {
  return checks.flatMap((check) => check(policy, known))
}

function statementsOf({ Statement: all = [] }: JsonObject): readonly (readonly [readonly Step[], JsonObject])[] {
  if (isObject(all)) return [[['Statement'], all]]
  const list = Array.isArray(all) ? all : []
  return list.flatMap((one: Json, index) => (isObject(one) ? [[['Statement', index], one] as const] : []))
}

function actionsOf(
  path: readonly Step[],
  { Action: actions = [] }: JsonObject,
): readonly (readonly [Step[], string])[] {
  if (typeof actions === 'string') return [[[...path, 'Action'], actions]]
  const list = Array.isArray(actions) ? actions : []
  return list.flatMap((one: Json, index) =>
    typeof one === 'string' ? [[[...path, 'Action', index], one] as const] : [],
  )
}

function mismatch(path: readonly Step[], type: string): PolicyFinding {
  return {
    type: 'ERROR',
    code: 'DATA_TYPE_MISMATCH',
    details: `The text does not match the expected JSON data type ${type}.`,
    path,
  }
}

function invalidAction(
  path: readonly Step[],
  action: string,
  known: ManagedPolicies['actions'],
): readonly PolicyFinding[] {
  const [service = '', name = ''] = action.toLowerCase().split(':')
  if (/[*?]/.test(action)) return []
  const actions = known.get(service)
  if (!actions)
    return [
      {
        type: 'ERROR',
        code: 'INVALID_SERVICE_IN_ACTION',
        details: `The service ${service} specified in the action does not exist.`,
        path,
      },
    ]
  return actions.has(name)
    ? []
    : [{ type: 'ERROR', code: 'INVALID_ACTION', details: `The action ${action} does not exist.`, path }]
}

function passesAnyRole(path: readonly Step[], statement: JsonObject): readonly PolicyFinding[] {
  const resources = Array.isArray(statement.Resource) ? statement.Resource : [statement.Resource]
  const isWide = resources.some((one) => typeof one === 'string' && one.includes('*'))
  const passes = actionsOf(path, statement).find(([, action]) => action.toLowerCase() === 'iam:passrole')
  if (!passes || !isWide || statement.Effect !== 'Allow' || statement.Condition !== undefined) return []
  const details =
    'Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows iam:PassRole permissions on multiple resources. We recommend that you specify resource ARNs or add the iam:PassedToService condition key to your statement.'
  return [{ type: 'SECURITY_WARNING', code: 'PASS_ROLE_WITH_STAR_IN_RESOURCE', details, path: passes[0] }]
}

function redundant(path: readonly Step[], statement: JsonObject): readonly PolicyFinding[] {
  const all = actionsOf(path, statement)
  const stars = all.filter(([, action]) => /^[\w-]+:\*$/.test(action)).map(([, action]) => action.slice(0, -1))
  const covered = all.filter(([, action]) =>
    stars.some((prefix) => action.startsWith(prefix) && action !== `${prefix}*`),
  )
  const [first] = covered
  if (!first) return []
  const details = `The ${covered.length} action(s) are redundant because they provide similar permissions. Update the policy to remove the redundant action such as: ${first[1]}.`
  return [{ type: 'SUGGESTION', code: 'REDUNDANT_ACTION', details, path: first[0] }]
}
