import type { Reader } from '../aws/port.ts'
import { readBoundary } from '../kinds/permission-set-content.ts'
import { statements } from '../kinds/policy.ts'
import { policyName } from '../kinds/policy-name.ts'
import { isAdministrative } from '../kinds/policy-rights.ts'
import { formatDuration, parseDuration } from '../manifest/duration.ts'
import type { JsonObject } from '../model/json.ts'
import type { Boundary } from '../model/specs.ts'
import type { LiveSet } from './grants.ts'

/** Name, session and reach of a permission set: four calls. */
export async function readSet(reader: Reader, InstanceArn: string, arn: string): Promise<LiveSet> {
  const of = { InstanceArn, PermissionSetArn: arn }
  const [{ PermissionSet: set }, managed, inline, boundary] = await Promise.all([
    reader.get('DescribePermissionSet', of),
    reader.list('ListManagedPoliciesInPermissionSet', of),
    reader.get('GetInlinePolicyForPermissionSet', of),
    readBoundary(reader, of),
  ])
  const duration = String(set?.SessionDuration ?? 'PT1H')
  const seconds = parseDuration(duration)
  return {
    arn,
    name: set?.Name ?? arn,
    duration: seconds === undefined ? duration : formatDuration(seconds),
    administrative: allowsEverything({
      managed: managed.map(({ Arn, Name }) => policyName(Arn ?? Name ?? '')),
      inline: inline.InlinePolicy ? (JSON.parse(inline.InlinePolicy) as JsonObject) : undefined,
      boundary,
    }),
  }
}

/**
 * True for a set that an auditor has to count as an administrator's. Unlike the guard against locking oneself out it errs on the
 * side of yes: a Deny of some action leaves the rest of AdministratorAccess in place. Pure.
 */
export function allowsEverything(content: {
  readonly managed: readonly string[]
  readonly inline: JsonObject | undefined
  readonly boundary: Boundary | undefined
}): boolean {
  const { managed, inline, boundary } = content
  const narrowed = boundary && !('managed_policy' in boundary && boundary.managed_policy === 'AdministratorAccess')
  const allows = statements(inline ?? {}).filter(({ Effect }) => Effect === 'Allow')
  const everything = { session_duration: '', managed_policies: managed, inline_policy: { Statement: allows } }
  return !narrowed && isAdministrative(everything)
}
