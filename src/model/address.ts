import type { KindName, Principal } from './specs.ts'

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

// Only what separates parts, and white space, is encoded: a Japanese name stays readable in a plan.
function encodePart(part: string): string {
  return part.replace(/[%:@\s]/gu, (char) => encodeURIComponent(char))
}

// People write addresses too, and not every % of theirs encodes something.
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
