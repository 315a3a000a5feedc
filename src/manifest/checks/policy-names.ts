import type { Json } from '../../model/json.ts'
import { policyName } from '../../policies/names.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import { at, entries, items } from '../view.ts'
import type { Check } from './check.ts'
import type { Spelling } from './spelling.ts'

const code = 'policy-name'

/**
 * Names of AWS-managed policies in permission sets and boundaries. AWS has new ones every week, so an unknown name is a warning; one that is
 * nearly a known name is an error, unless it is allowed.
 */
export const checkPolicyNames: Check = (manifest, { spelling }) => {
  if (spelling === undefined) return []
  return entries(at(manifest, 'permission_sets')).flatMap(([name, set]) =>
    written(set, ['permission_sets', name]).flatMap(([path, policy]) =>
      typeof policy === 'string' ? finding(policy, path, spelling) : [],
    ),
  )
}

function written(set: Json, path: Path): readonly (readonly [Path, Json | undefined])[] {
  const boundary = ['permissions_boundary', 'managed_policy']
  const listed = items(at(set, 'managed_policies')).map(
    ([index, one]) => [[...path, 'managed_policies', index], one] as const,
  )
  return [...listed, [[...path, ...boundary], at(set, ...boundary)]]
}

function finding(text: string, path: Path, spelling: Spelling): readonly Finding[] {
  const { names } = spelling
  const { policies, policiesAsOf: day } = names
  const name = policyName(text)
  // Without its path, or with another one, a policy is as unknown to AWS as with a wrong letter.
  const known = policies.has(name) ? name : names.policyPaths.get(lastOf(name))
  if (isOfService(known ?? name)) return [notAttachable(name, path)]
  if (known === name) return []
  const likely = known ?? spelling.meant(name, policies)
  if (likely !== undefined && withoutSeparators(likely) === withoutSeparators(name))
    return [replaced(name, likely, path, day)]
  if (likely !== undefined)
    return [spelling.misspelt(path, code, `AWS has no managed policy ${quote(name)}`, likely, day)]
  // The lists of other partitions are not known, and hardly a name is missing there by mistake.
  if (/^arn:aws-/.test(text)) return []
  const message = `AWS had no managed policy ${quote(name)} on ${day}, the day of the list that comes with this version`
  const hint = 'check its name; a policy of your own goes under customer_managed_policies'
  return [asWarning(atValue(path, code, message, hint))]
}

// AWS has renamed policies that way, and a set that holds one of the old ones keeps it (IAM User Guide, "Deprecated AWS managed policies").
function replaced(name: string, successor: string, path: Path, day: string): Finding {
  const message = `AWS did not list the managed policy ${quote(name)} on ${day}; where it is not attached already, it cannot be`
  return asWarning(atValue(path, code, message, `its successor may be ${successor}`))
}

/** Policies of service-linked roles, which AWS attaches to no other role: PolicyNotAttachable (IAM API Reference, "AttachRolePolicy"). */
function isOfService(name: string): boolean {
  return name.startsWith('aws-service-role/')
}

function notAttachable(name: string, path: Path): Finding {
  const message = `${quote(name)} is a policy of a service-linked role, which AWS attaches to no other role`
  return atValue(path, code, message, 'take a managed policy for people, or write what is needed under inline_policy')
}

function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}

function withoutSeparators(name: string): string {
  return name.replaceAll(/[_-]/g, '')
}
