import { applicationsLost } from '../../access/applications.ts'
import { membersOf } from '../../access/known.ts'
import { type Loss, leftUnread, lostBy } from '../../access/losses.ts'
import { heldWords } from '../../access/words.ts'
import { principalAddress } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import type { Principal } from '../../model/specs.ts'
import type { BothStates } from '../../model/state.ts'
import { listed } from '../../text/list.ts'

/** Two states, and what names the accounts in them. */
type Told = BothStates & { readonly facts: Facts }

/** What a user or a group loses between two states, in words; undefined for nothing. Pure. */
export function losesAsPrincipal(who: Principal, told: Told): string | undefined {
  const at = principalAddress(who)
  if (told.live[who.type].has(at) && !told.end[who.type].has(at)) return 'it is deleted'
  const unread = who.type === 'user' ? leftUnread(who.name, told) : []
  const leaves = unread.length > 0 ? `it leaves ${listed(unread, 2, 3)}, whose grants were not read` : undefined
  return lossWords(lostBy(who, told), told) ?? lostApplications(who, told) ?? leaves
}

/** The same of a group, whose members are a part of it. Pure. */
export function losesAsGroup(group: string, told: Told): string | undefined {
  const left = new Set(membersOf(told.end, group).users)
  const gone = membersOf(told.live, group).users.filter((user) => !left.has(user))
  const own = losesAsPrincipal({ type: 'group', name: group }, told)
  return own ?? (gone.length > 0 ? `it loses ${listed(gone, 2, 3)}` : undefined)
}

function lostApplications(who: Principal, told: Told): string | undefined {
  const lost = applicationsLost(who, told).map((name) => `application ${name}`)
  return lost.length > 0 ? `it loses ${listed(lost, 2, 3)}` : undefined
}

function lossWords(lost: readonly Loss[], { live, facts }: Told): string | undefined {
  const words = (isPart: boolean) =>
    [...new Set(lost.filter((one) => one.isPart === isPart).map((one) => heldWords(one, live, facts)))].sort()
  const [gone, less] = [words(false), words(true)]
  const parts = [
    ...(gone.length > 0 ? [`it loses ${listed(gone, 2, 3)}`] : []),
    ...(less.length > 0 ? [`less is allowed by ${listed(less, 2, 3)}`] : []),
  ]
  return parts.length > 0 ? parts.join(', and ') : undefined
}
