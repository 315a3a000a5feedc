import type { Facts } from '../../model/facts.ts'
import type { JsonObject } from '../../model/json.ts'

/** How a manifest names an account: by the nickname it has there, `management`, or its id. Pure. */
export function accountWord(id: string, { accounts }: JsonObject, { management }: Facts): string {
  const nicknames = Object.entries((accounts ?? {}) as Readonly<Record<string, string>>)
  return nicknames.find(([, one]) => one === id)?.[0] ?? (id === management ? 'management' : id)
}
