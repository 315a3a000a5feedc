import { assignedId, plainUrl } from './portal.ts'

/**
 * True for two start URLs of one access portal, false for two portals. Undefined where the URLs alone do not tell: a customised one
 * names neither the instance nor the identity store, and one URL may name the store where the other names the instance.
 */
export function samePortal(one: string, other: string): boolean | undefined {
  if (plainUrl(one) === plainUrl(other)) return true
  const [first, second] = [assignedId(one), assignedId(other)]
  if (first === undefined || second === undefined || formOf(first) !== formOf(second)) return undefined
  return first === second
}

function formOf(id: string): string {
  return id.slice(0, id.indexOf('-'))
}
