import type { Json } from '../../model/json.ts'
import { type ActionResources, isOfForm } from '../../policies/action-resources.ts'
import { arnParts, withoutVariables } from '../../policies/arn.ts'
import { hasWildcards } from '../../policies/wildcards.ts'
import { asWarning, atValue, type Finding, listed, type Path } from '../finding.ts'
import { at } from '../view.ts'
import type { Check } from './check.ts'
import { inlineStatements, listOf } from './inline-statements.ts'

/** Statements of inline policies whose actions are about none of their resources: they neither allow nor deny these actions. */
export const checkActionResources: Check = (manifest, { resources }) => {
  if (resources === undefined) return []
  return inlineStatements(manifest).flatMap(([path, statement]) => statementFindings(statement, path, resources))
}

/**
 * Services whose resources are listed so well that all it finds in AWS-managed policies is true. Elsewhere AWS decides some actions
 * about ARNs that its Service Authorization Reference does not have.
 */
const wellListed = ['s3', 'ec2', 'dynamodb', 'sqs', 'iam', 'kms', 'lambda', 'secretsmanager']

/**
 * Of these, those whose actions that take no resource are decided about "*" alone; s3:ListAllMyBuckets is about arn:aws:s3:::* too, and
 * iam:ListRoles about roles by their path.
 */
const strict = ['ec2']

/** True where some statement is worth the reading of what actions are about. */
export function namesResourcesOfActions(manifest: Json): boolean {
  return inlineStatements(manifest).some(
    ([, one]) =>
      listOf(at(one, 'Action'), []).some(([, action]) => isListed(action)) && wholeResources(one) !== undefined,
  )
}

/** Actions and resources compared with each other: a statement of more of them is no work of a person. */
const mostPairs = 5000

function statementFindings(statement: Json, path: Path, known: ActionResources): readonly Finding[] {
  const resources = wholeResources(statement)
  const actions = listOf(at(statement, 'Action'), [...path, 'Action'])
  if (resources === undefined || resources.length * actions.length > mostPairs) return []
  const without = actions.flatMap(([where, action]) => {
    const forms = isListed(action) ? formsOf(action, known) : undefined
    const isAbout = forms?.some((form) => resources.some((one) => isOfForm(form, one)))
    return forms === undefined || isAbout ? [] : [{ where, action: String(action), forms }]
  })
  const [first] = without
  return first === undefined
    ? []
    : [
        withoutResource(
          without.map(({ action }) => action),
          first,
        ),
      ]
}

function isListed(action: Json): action is string {
  return typeof action === 'string' && !hasWildcards(action) && wellListed.includes(serviceOf(action))
}

function serviceOf(action: string): string {
  return action.slice(0, Math.max(0, action.indexOf(':'))).toLowerCase()
}

/** What an action is about; undefined where that is not known well enough. */
function formsOf(action: string, known: ActionResources): readonly string[] | undefined {
  const forms = known.resourcesOf(action)
  return forms?.length === 0 && !strict.includes(serviceOf(action)) ? undefined : forms
}

/** The resources of a statement, where all of them say in full what they are. */
function wholeResources(statement: Json): readonly string[] | undefined {
  const texts = listOf(at(statement, 'Resource'), []).map(([, one]) => (typeof one === 'string' ? one : ''))
  return texts.length > 0 && texts.every(isWhole) ? texts.map(withoutVariables) : undefined
}

/** True for an ARN in six parts: others may be completed to anything, or have errors of their own. */
function isWhole(resource: string): boolean {
  const parts = arnParts(resource)
  return parts[0] === 'arn' && parts.length === 6
}

interface Unmatched {
  readonly where: Path
  readonly action: string
  readonly forms: readonly string[]
}

function withoutResource(actions: readonly string[], { where, action, forms }: Unmatched): Finding {
  const verb = actions.length === 1 ? 'is' : 'are'
  const message = `${listed(actions)} ${verb} about none of the resources of this statement, which has no effect on ${actions.length === 1 ? 'it' : 'them'}`
  const shortest = [...forms].sort((a, b) => a.length - b.length).slice(0, 3)
  const hint =
    forms.length === 0
      ? `${action} is about no single resource: put it into a statement with Resource: "*"`
      : `${action} is about ${listed(shortest)}${forms.length > 3 ? ' and others' : ''}`
  return asWarning(atValue(where, 'action-resource', message, hint))
}
