import type { Json } from '../../model/json.ts'
import type { KnownNames } from '../../policies/known-names.ts'
import { policyName } from '../../policies/names.ts'
import { hasWildcards, matchesWildcards } from '../../policies/wildcards.ts'
import { nearMiss } from '../../text/near.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items } from '../view.ts'
import type { Check, CheckContext } from './check.ts'

/**
 * Names of AWS in permission sets: managed policies, and services and actions in inline policies. AWS has new ones every week, so an unknown
 * name is a warning; one that is nearly a known name is an error, unless it is allowed.
 */
export const checkPolicyNames: Check = (manifest, context) =>
  entries(at(manifest, 'permission_sets')).flatMap(([name, set]) => {
    const path = ['permission_sets', name]
    return [
      ...managedNames(set, path, context),
      ...actionNames(at(set, 'inline_policy'), [...path, 'inline_policy'], context),
    ]
  })

function managedNames(set: Json, path: Path, context: CheckContext): readonly Finding[] {
  const boundary = ['permissions_boundary', 'managed_policy']
  const listed = items(at(set, 'managed_policies')).map(
    ([index, one]) => [[...path, 'managed_policies', index], one] as const,
  )
  return [...listed, [[...path, ...boundary], at(set, ...boundary)] as const].flatMap(([where, written]) =>
    typeof written === 'string' ? managedName(written, where, context) : [],
  )
}

function managedName(written: string, path: Path, { names, allowUnknown }: CheckContext): readonly Finding[] {
  const name = policyName(written)
  if (names === undefined || names.policies.has(name)) return []
  const likely = meantPolicy(name, names)
  if (likely !== undefined) {
    const message = `AWS has no managed policy ${quote(name)}`
    // AWS has renamed policies that way, and a set that holds one of the old ones keeps it (IAM User Guide, "Deprecated AWS managed policies").
    const isRenamed = withoutSeparators(likely) === withoutSeparators(name)
    if (isRenamed)
      return [
        asWarning(atValue(path, 'policy-name', deprecated(name, names.policiesAsOf), `its successor may be ${likely}`)),
      ]
    return unlessAllowed(allowUnknown, atValue(path, 'policy-name', message, suggestion(likely, names.policiesAsOf)))
  }
  // The lists of other partitions are not known, and hardly a name is missing there by mistake.
  if (/^arn:aws-/.test(written)) return []
  const message = `AWS had no managed policy ${quote(name)} on ${names.policiesAsOf}, the day of the list that comes with this version`
  const hint = 'check its name; a policy of your own goes under customer_managed_policies'
  return [asWarning(atValue(path, 'policy-name', message, hint))]
}

function withoutSeparators(name: string): string {
  return name.replaceAll(/[_-]/g, '')
}

function deprecated(name: string, day: string): string {
  return `AWS did not list the managed policy ${quote(name)} on ${day}; where it is not attached already, it cannot be`
}

// Without its path, or with another one, a policy is as unknown to AWS as with a wrong letter.
function meantPolicy(name: string, { policies }: KnownNames): string | undefined {
  const last = name.slice(name.lastIndexOf('/') + 1)
  return [...policies].find((one) => one.slice(one.lastIndexOf('/') + 1) === last) ?? nearMiss(name, [...policies])
}

function actionNames(policy: Json | undefined, path: Path, context: CheckContext): readonly Finding[] {
  const { names } = context
  if (names === undefined) return []
  return listOf(at(policy, 'Statement'), [...path, 'Statement']).flatMap(([where, statement]) =>
    ['Action', 'NotAction'].flatMap((key) =>
      listOf(at(statement, key), [...where, key]).flatMap(([place, action]) =>
        typeof action === 'string' ? actionName(action, place, names, context.allowUnknown) : [],
      ),
    ),
  )
}

/** The items of a list, or what stands alone in its place, with their paths. */
function listOf(value: Json | undefined, path: Path): readonly (readonly [Path, Json])[] {
  if (Array.isArray(value)) return items(value).map(([index, one]) => [[...path, index], one] as const)
  return value === undefined ? [] : [[path, value]]
}

function actionName(action: string, path: Path, names: KnownNames, allowUnknown = false): readonly Finding[] {
  if (/^\*+$/.test(action)) return []
  const colon = action.indexOf(':')
  if (colon < 0) return [withoutService(action, path, names)]
  const [service, name] = [action.slice(0, colon), action.slice(colon + 1)]
  if (hasWildcards(service)) return []
  const actions = names.actionsOf(service)
  if (actions === undefined) return unknownService(service, name, path, names, allowUnknown)
  if (isKnown(name, actions)) return []
  const likely = hasWildcards(name) ? undefined : nearMiss(name, actions)
  const message = `${service} has no action ${quote(name)}`
  if (likely !== undefined)
    return unlessAllowed(
      allowUnknown,
      atValue(path, 'action-name', message, suggestion(`${service}:${likely}`, names.actionsAsOf)),
    )
  const what = hasWildcards(name) ? `no action of ${service} matches ${quote(name)}` : message
  const told = `${what} as of ${names.actionsAsOf}, so it has no effect`
  return [
    asWarning(
      atValue(path, 'action-name', told, `AWS lists the actions of ${service} in the Service Authorization Reference`),
    ),
  ]
}

function isKnown(name: string, actions: readonly string[]): boolean {
  const plain = name.toLowerCase()
  return actions.some((one) => matchesWildcards(plain, one.toLowerCase()))
}

// IAM refuses such a document: "Actions/Conditions must be prefaced by a vendor".
function withoutService(action: string, path: Path, names: KnownNames): Finding {
  const isOwn = (known: string) => known.toLowerCase() === action.toLowerCase()
  const owners = names.services.filter((one) => names.actionsOf(one)?.some(isOwn))
  const [first] = owners.sort((a, b) => a.length - b.length)
  const hint =
    first === undefined
      ? 'write SERVICE:ACTION, for example s3:GetObject'
      : `did you mean ${quote(`${first}:${action}`)}?`
  return atValue(path, 'action-form', `${quote(action)} names no service`, hint)
}

function unknownService(
  service: string,
  name: string,
  path: Path,
  names: KnownNames,
  allowUnknown: boolean,
): readonly Finding[] {
  const likely = nearMiss(service, names.services)
  const message = `AWS has no service ${quote(service)}`
  if (likely !== undefined)
    return unlessAllowed(
      allowUnknown,
      atValue(path, 'action-name', message, suggestion(`${likely}:${name}`, names.actionsAsOf)),
    )
  const hint = 'AWS lists the prefixes of services in the Service Authorization Reference'
  return [
    asWarning(
      atValue(
        path,
        'action-name',
        `${message} as of ${names.actionsAsOf}, so ${quote(`${service}:${name}`)} has no effect`,
        hint,
      ),
    ),
  ]
}

function suggestion(likely: string, day: string): string {
  return `did you mean ${quote(likely)}? If AWS added it after ${day}, pass --allow-unknown`
}

function unlessAllowed(allowUnknown: boolean | undefined, finding: Finding): readonly Finding[] {
  return [allowUnknown ? asWarning(finding) : finding]
}
