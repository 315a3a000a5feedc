import type { KindName, Principal } from './specs.ts'
import { steering } from './steering.ts'

/** Stable, typable name of one thing: `permission-set/Admin`, `assignment/Admin:user:taro@111122223333`. */
export type Address = `${KindName}/${string}`

/** What an assignment ties together, by name; an orphan's principal is its id. */
export interface Grant {
  readonly set: string
  readonly principal: Principal
  readonly account: string
}

/** Address of a thing that has a single name. */
export function address(kind: KindName, name: string): Address {
  return `${kind}/${encodePart(name)}`
}

/** Address of a user's membership in a group. */
export function membershipAddress(group: string, user: string): Address {
  return `membership/${encodePart(group)}:${encodePart(user)}`
}

/** Address of an assignment. */
export function assignmentAddress({ set, principal, account }: Grant): Address {
  return `assignment/${encodePart(set)}:${principal.type}:${encodePart(principal.name)}@${account}`
}

/** Address of what lets a user or a group open an application. */
export function applicationAssignmentAddress(application: string, { type, name }: Principal): Address {
  return `application-assignment/${encodePart(application)}:${type}:${encodePart(name)}`
}

/** Application and principal of such an address; undefined for any other text. */
export function applicationAssignmentParts(
  at: string,
): { readonly application: string; readonly principal: Principal } | undefined {
  const [, application, type, name] = /^application-assignment\/([^:\s]+):(user|group):([^:\s]+)$/.exec(at) ?? []
  if (!application || !name) return undefined
  return {
    application: decodePart(application),
    principal: { type: type as Principal['type'], name: decodePart(name) },
  }
}

/** Address of the principal itself. */
export function principalAddress(principal: Principal): Address {
  return address(principal.type, principal.name)
}

/** The kind an address belongs to. */
export function kindOf(of: Address): KindName {
  return of.slice(0, of.indexOf('/')) as KindName
}

/** The name behind the kind, decoded. Of an address that ties several names together this is the encoded key. */
export function nameOf(of: Address): string {
  const key = of.slice(of.indexOf('/') + 1)
  // In a name on its own what separates parts is encoded.
  return /[:@]/.test(key) ? key : decodePart(key)
}

/** An address with its names as they are, for people to read and to write: not every such text can be told from every other. */
export function plainAddress(at: string): string {
  return at
    .split(/([:@/])/)
    .map((part) => (/^[:@/]$/.test(part) ? part : decodePart(part)))
    .join('')
}

/**
 * An address as reports show it: names that are e-mail addresses stay readable. What makes columns or steers a terminal is encoded, and
 * so no two addresses look the same: the @ in front of an account is the last one.
 */
export function shownAddress(at: string): string {
  return at.replaceAll('%40', '@')
}

/** Group and user of a membership's address; undefined for any other text. */
export function membershipParts(at: string): { readonly group: string; readonly user: string } | undefined {
  const [, group, user] = /^membership\/([^:\s]+):([^:\s]+)$/.exec(at) ?? []
  return group && user ? { group: decodePart(group), user: decodePart(user) } : undefined
}

/** What the address of an assignment ties together; undefined for any other text. */
export function assignmentParts(at: string): Grant | undefined {
  const [, set, type, name, account] = /^assignment\/([^:\s]+):(user|group):([^:@\s]+)@(\d{12})$/.exec(at) ?? []
  if (!set || !name || !account) return undefined
  const principal = { type: type as Principal['type'], name: decodePart(name) }
  return { set: decodePart(set), principal, account }
}

const ENCODED = new RegExp(`[%:@\\s${steering}]`, 'gu')

/** Where the part of an address that is an account may begin, the earliest first: a word for one may have an @ in it. None where no account is named. */
export function accountStarts(written: string): readonly number[] {
  const whole = 'delegated-administrator/'
  if (written.startsWith(whole)) return [whole.length]
  return written.startsWith('assignment/') ? [...written.matchAll(/@/g)].map(({ index }) => index + 1) : []
}

// Only what separates parts, white space and what steers a terminal is encoded: a Japanese name stays readable in a plan.
function encodePart(part: string): string {
  return part.replace(ENCODED, (char) =>
    /\p{Cs}/u.test(char) ? encodeHalf(char.charCodeAt(0)) : encodeURIComponent(char),
  )
}

// Half of a surrogate pair is no character and has no UTF-8; its three bytes would be these.
function encodeHalf(unit: number): string {
  return [0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]
    .map((byte) => `%${byte.toString(16).toUpperCase()}`)
    .join('')
}

function decodeHalves(part: string): string {
  return part.replace(/%ED%([AB][0-9A-F])%([89AB][0-9A-F])/gi, (_all, middle: string, last: string) =>
    String.fromCharCode(0xd000 | ((Number.parseInt(middle, 16) & 0x3f) << 6) | (Number.parseInt(last, 16) & 0x3f)),
  )
}

// People write addresses too, and not every % of theirs encodes something.
function decodePart(part: string): string {
  try {
    return decodeURIComponent(decodeHalves(part))
  } catch {
    return part
  }
}
