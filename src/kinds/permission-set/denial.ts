import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import { asList, statements } from '../../policies/document.ts'

/** Users whose sessions a permission set denies: everything, everything while access remains, or `sessions before TIME`. */
export type Denials = Readonly<Record<string, string>>

/** A live inline policy taken apart. */
export interface SplitPolicy {
  /** What others wrote; absent when there is nothing else. */
  readonly own?: JsonObject
  readonly revoked: Denials
  /** The moment from which each user is denied, RFC 3339; absent where the denial does not tell. */
  readonly since: Readonly<Record<string, string>>
}

/** The denial of everything, until the longest session from before it is over. */
export const everything = 'everything'

/** The denial of everything to somebody who has a path all the same; it stays for as long as there is one. */
export const whileHeld = 'everything while access remains'

/** True for what has the form of an id of a user, which is no form of a name. Source: the model of identitystore, `ResourceId`. */
export function isUserId(name: string): boolean {
  return /^(?:[0-9a-f]{10}-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name)
}

/** The denial of sessions that began before a time. */
export function sessionsBefore(time: string): string {
  return before + time
}

const before = 'sessions before '
const sid = 'SsoReconcileRevoked'
const held = 'Held'

/** True when a set denies somebody afterwards whom it did not deny, or not so much. Pure. */
export function deniesMore(before: { readonly revoked?: Denials }, after: { readonly revoked?: Denials }): boolean {
  return Object.entries(after.revoked ?? {}).some(([user, scope]) => before.revoked?.[user] !== scope)
}

/** True for a policy that holds a statement of ours. */
export function holdsDenial(policy: Json): boolean {
  return statements(policy).some(isOurs)
}

/** A live inline policy without the statements of ours, and what those deny. `nameOf` turns a user id into a name. */
export function splitPolicy(policy: JsonObject, nameOf: (id: string) => string): SplitPolicy {
  const all = statements(policy)
  const own = all.filter((one) => !isOurs(one))
  const ours = all
    .filter(isOurs)
    .map((one) => ({ user: nameOf(userOf(one)), scope: scopeOf(one), since: sinceOf(one) }))
  return {
    ...(own.length === all.length ? { own: policy } : {}),
    ...(own.length > 0 && own.length < all.length ? { own: { ...policy, Statement: own } } : {}),
    revoked: Object.fromEntries(ours.map(({ user, scope }) => [user, scope])),
    since: Object.fromEntries(ours.flatMap(({ user, since }) => (since ? [[user, since]] : []))),
  }
}

/**
 * The inline policy to write: what the manifest says and the statements of ours; undefined when there is neither. `since` is the
 * moment from which each user is denied.
 */
export function joinPolicy(
  own: JsonObject | undefined,
  revoked: Denials,
  idOf: (user: string) => string,
  since: (user: string) => string,
): JsonObject | undefined {
  const added = Object.entries(revoked).map(([user, scope]) => denial(idOf(user), scope, since(user)))
  if (added.length === 0) return own
  return { Version: '2012-10-17', ...own, Statement: [...statements(own ?? {}), ...added] }
}

/**
 * The documented denial: everything, for one user of the directory (UG/prereqs-revoking-user-permissions). Together with a time of
 * issue it is not documented, and said to be so. Its name tells since when it has been there, in seconds since 1970: sessions that
 * began before that are over when the longest session has passed. Where sessions can still begin, it tells that instead.
 */
function denial(id: string, scope: string, since: string): JsonObject {
  const issued = scope.startsWith(before) ? { DateLessThan: { 'aws:TokenIssueTime': scope.slice(before.length) } } : {}
  const Condition = { StringEquals: { 'identitystore:userId': id }, ...issued }
  const Sid = `${sid}${id.replaceAll('-', '')}${scope === whileHeld ? held : `At${Math.floor(Date.parse(since) / 1000)}`}`
  return { Sid, Effect: 'Deny', Action: '*', Resource: '*', Condition }
}

// A statement that has our name and was changed since denies who knows what: it is somebody else's, and goes with the next update.
function isOurs(statement: JsonObject): boolean {
  const { Sid, Effect, Action, Resource, Condition, ...more } = statement
  const whole = Effect === 'Deny' && only(Action) === '*' && only(Resource) === '*' && Object.keys(more).length === 0
  const { StringEquals, DateLessThan = {}, ...other } = isObject(Condition) ? Condition : {}
  const exact = Object.keys(other).length === 0 && keys(StringEquals) === 1 && keys(DateLessThan) <= 1
  const timed = keys(DateLessThan) === 0 || member(Condition, 'DateLessThan', 'aws:TokenIssueTime') !== ''
  return String(Sid ?? '').startsWith(sid) && whole && exact && timed && userOf(statement) !== ''
}

function only(value: Json | undefined): Json | undefined {
  const items = value === undefined ? [] : asList(value)
  return items.length === 1 ? items[0] : undefined
}

function keys(value: Json | undefined): number {
  return isObject(value) ? Object.keys(value).length : 0
}

function userOf({ Condition }: JsonObject): string {
  return member(Condition, 'StringEquals', 'identitystore:userId')
}

function scopeOf({ Sid, Condition }: JsonObject): string {
  const time = member(Condition, 'DateLessThan', 'aws:TokenIssueTime')
  if (time !== '') return sessionsBefore(time)
  return String(Sid).endsWith(held) ? whileHeld : everything
}

function sinceOf({ Sid }: JsonObject): string | undefined {
  const seconds = /At(\d+)$/.exec(String(Sid))?.[1]
  return seconds === undefined ? undefined : new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')
}

// A list of one means the same as its item.
function member(condition: Json | undefined, operator: string, key: string): string {
  const keys = isObject(condition) ? condition[operator] : undefined
  const [value] = asList((isObject(keys) ? keys[key] : undefined) ?? '')
  return typeof value === 'string' ? value : ''
}
