import type { LoadedManifest } from '../manifest/load.ts'
import type { AssignmentRule } from '../manifest/types.ts'
import type { Facts } from '../model/facts.ts'
import { isObject, type Json, type JsonObject } from '../model/json.ts'
import { statements } from './policy.ts'

/** Users whose sessions a permission set denies: everything, or `sessions before TIME`. */
export type Revocations = Readonly<Record<string, string>>

const everything = 'everything'
const before = 'sessions before '

/** The longest a role session can last, in milliseconds: after that no session from before is left (UG/howtosessionduration). */
const longestSession = 12 * 3_600_000

/** When a user's grants were withdrawn; undefined for a user who has them, also one whose old sessions alone were ended. */
export function revokedSince(user: string, { manifest }: LoadedManifest): string | undefined {
  const entry = manifest.revoked?.[user]
  return typeof entry === 'string' ? entry : undefined
}

/** What a declared set has to deny now, because somebody who could use it is revoked and old sessions may still run. */
export function denies(set: string, loaded: LoadedManifest, { now }: Facts): Revocations {
  const rows = Object.entries(loaded.manifest.revoked ?? {}).flatMap(([user, entry]) => {
    const time = typeof entry === 'string' ? entry : entry.sessions
    const over = now.getTime() > Date.parse(time) + longestSession
    if (over || !mayUse(user, set, loaded)) return []
    return [[user, typeof entry === 'string' ? everything : before + time]]
  })
  return Object.fromEntries(rows)
}

// Who is in a group whose members the manifest does not list cannot be known here, so everybody may be.
function mayUse(user: string, set: string, { manifest }: LoadedManifest): boolean {
  const inGroup = (group: string) => manifest.groups?.[group]?.members?.includes(user) ?? true
  const grants = ({ permission_sets, users = [], groups = [] }: AssignmentRule) =>
    permission_sets.includes(set) && (users.includes(user) || groups.some(inGroup))
  return (manifest.assignments ?? []).some(grants)
}

const sid = 'SsoReconcileRevoked'

/** A live inline policy without the statements of ours, and what those deny. `nameOf` turns a user id into a name. */
export function splitPolicy(
  policy: JsonObject,
  nameOf: (id: string) => string,
): { own?: JsonObject; revoked: Revocations } {
  const ours = (one: JsonObject) => String(one.Sid ?? '').startsWith(sid)
  const all = statements(policy)
  const own = all.filter((one) => !ours(one))
  const revoked = Object.fromEntries(all.filter(ours).map((one) => revocationOf(one, nameOf)))
  if (own.length === all.length) return { own: policy, revoked }
  return { ...(own.length > 0 ? { own: { ...policy, Statement: own } } : {}), revoked }
}

/** The inline policy to write: what the manifest says and the statements of ours; undefined when there is neither. */
export function joinPolicy(
  own: JsonObject | undefined,
  revoked: Revocations,
  idOf: (user: string) => string,
): JsonObject | undefined {
  const added = Object.entries(revoked).map(([user, scope]) => denial(idOf(user), scope))
  if (added.length === 0) return own
  return { Version: '2012-10-17', ...own, Statement: [...statements(own ?? {}), ...added] }
}

/**
 * The documented denial: everything, for one user of the directory (UG/prereqs-revoking-user-permissions). Together with a time of
 * issue it is not documented, and said to be so.
 */
function denial(id: string, scope: string): JsonObject {
  const issued = scope.startsWith(before) ? { DateLessThan: { 'aws:TokenIssueTime': scope.slice(before.length) } } : {}
  const Condition = { StringEquals: { 'identitystore:userId': id }, ...issued }
  return { Sid: sid + id.replaceAll('-', ''), Effect: 'Deny', Action: '*', Resource: '*', Condition }
}

function revocationOf({ Condition }: JsonObject, nameOf: (id: string) => string): [string, string] {
  const id = member(Condition, 'StringEquals', 'identitystore:userId')
  const time = member(Condition, 'DateLessThan', 'aws:TokenIssueTime')
  return [nameOf(id), time === '' ? everything : before + time]
}

function member(condition: Json | undefined, operator: string, key: string): string {
  const keys = isObject(condition) ? condition[operator] : undefined
  const value = isObject(keys) ? keys[key] : undefined
  return typeof value === 'string' ? value : ''
}
