import type { RoleReport, RoleTrouble } from '../../access/roles.ts'
import type { AccessRow } from '../../access/rows.ts'
import type { JsonObject } from '../../model/json.ts'
import { reservedPath } from '../../model/reserved-path.ts'
import { listed } from '../../text/list.ts'
import { awsFlag, trailing } from '../../text/quote.ts'
import { accountText } from './words.ts'

/** What a report says of roles beside them. */
export interface RolesTold extends RoleReport {
  /** A profile of this machine for an account, where there is one. */
  readonly profiles: ReadonlyMap<string, string>
  /** What a suggested command repeats so that it means the same manifest and the same AWS. */
  readonly flags: string
}

/** The ARN of a role, else its pattern; empty where neither is known. */
export function arnOf({ role_arn, role_arn_pattern }: Pick<AccessRow, 'role_arn' | 'role_arn_pattern'>): string {
  return role_arn ?? role_arn_pattern ?? ''
}

/** The lines about roles under a report, each a paragraph of its own; none where nobody asked. */
export function roleLines(roles: RolesTold | undefined): readonly string[] {
  if (!roles) return []
  const { home, elsewhere } = roles
  const open = elsewhere.length > 0 || home?.trouble !== undefined || roles.unclear.length > 0
  return [
    ...(home?.trouble ? [troubleLine(home, home.trouble, roles.flags)] : []),
    ...unclearLines(roles),
    ...unassignedLines(roles),
    ...(elsewhere.length > 0 ? [elsewhereLine(roles)] : []),
    ...(open ? [`Each ? is one character of a suffix that is not known. ${naming}`] : [naming]),
  ]
}

const naming =
  'A role that is deleted and created again has another suffix: policies that name it by the pattern, with ArnLike on aws:PrincipalArn, keep working.'

function troubleLine(home: NonNullable<RoleReport['home']>, { unread, denied }: RoleTrouble, flags: string): string {
  const next = denied ? ` sso-reconcile iam-policy --arns${flags} prints the permission.` : ''
  return `The role ARNs of ${accountText(home)} could not be read: ${unread}.${next}`
}

function unclearLines({ home, unclear }: RoleReport): readonly string[] {
  if (!home) return []
  const named = (some: RoleReport['unclear']) => listed(some.map(({ permission_set }) => permission_set))
  const [none, several] = [unclear.filter(({ roles }) => roles === 0), unclear.filter(({ roles }) => roles > 0)]
  return [
    ...(none.length > 0 ? [`IAM of ${accountText(home)} has no role yet of ${named(none)}.`] : []),
    ...(several.length > 0
      ? [`IAM of ${accountText(home)} has more than one role of ${named(several)}: run this again in a few minutes.`]
      : []),
  ]
}

/** How many roles without an assignment are named. */
const most = 5

function unassignedLines({ home, unassigned }: RoleReport): readonly string[] {
  if (!home || unassigned.length === 0) return []
  const words = unassigned.map(({ role_arn, reason }) => `${role_arn} (${reason})`)
  return [`Roles in ${accountText(home)} that no assignment accounts for: ${listed(words, most)}.`]
}

function elsewhereLine({ elsewhere, profiles }: RolesTold): string {
  const names = listed(elsewhere.map(accountText))
  const known = elsewhere.flatMap(({ account }) => profiles.get(account) ?? [])
  const flags = trailing(['--path-prefix', reservedPath, ...awsFlag('--profile', known[0] ?? 'PROFILE')])
  const whose = elsewhere.length > 1 ? 'a profile of each account' : 'a profile of the account'
  return `IAM lists roles of the caller's own account only. For the exact ARNs of ${names}, with ${whose}: aws iam list-roles${flags}`
}

/** What is known of the roles beside them, as data. */
export function rolesJson({ home, unassigned, unclear }: RoleReport): JsonObject {
  return {
    account: home?.account ?? null,
    read: home !== undefined && home.trouble === undefined,
    reason: home?.trouble?.unread ?? null,
    unclear: unclear.map((one) => ({ ...one })),
    without_assignment: unassigned.map((one) => ({ ...one })),
  }
}
