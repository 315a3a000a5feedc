import { applicationsLost } from '../../access/applications.ts'
import { membersOf } from '../../access/known.ts'
import { type Loss, leftUnread, lostBy } from '../../access/losses.ts'
import { questionKey } from '../../access/questions.ts'
import { heldWords } from '../../access/words.ts'
import { address, principalAddress } from '../../model/address.ts'
import type { Facts } from '../../model/facts.ts'
import type { Losing } from '../../model/losing.ts'
import type { Principal } from '../../model/specs.ts'
import type { BothStates } from '../../model/state.ts'
import { listed } from '../../text/list.ts'

/** Two states, and what names the accounts in them. */
type Told = BothStates & { readonly facts: Facts }

/** What a user or a group loses between two states; undefined for nothing. Pure. */
export function losesAsPrincipal(who: Principal, told: Told): Losing | undefined {
  const at = principalAddress(who)
  if (told.live[who.type].has(at) && !told.end[who.type].has(at)) return 'it is deleted'
  const unread = who.type === 'user' ? leftUnread(who.name, told) : []
  return lossOf(who, lostBy(who, told), told) ?? lostApplications(who, told) ?? leavingUnread(unread)
}

function leavingUnread(groups: readonly string[]): Losing | undefined {
  if (groups.length === 0) return undefined
  return {
    words: `it leaves ${listed(groups, 2, 3)}, whose grants were not read`,
    open: groups.map((name) => questionKey({ about: 'principal', principal: address('group', name) })),
  }
}

/** The same of a group, whose members are a part of it. Pure. */
export function losesAsGroup(group: string, told: Told): Losing | undefined {
  const left = new Set(membersOf(told.end, group).users)
  const gone = membersOf(told.live, group).users.filter((user) => !left.has(user))
  const own = losesAsPrincipal({ type: 'group', name: group }, told)
  return own ?? (gone.length > 0 ? `it loses ${listed(gone, 2, 3)}` : undefined)
}

function lostApplications(who: Principal, told: Told): Losing | undefined {
  const lost = applicationsLost(who, told)
  return sentences(who, {
    surely: named('it loses', lost.filter(isSure).map(applicationWords)),
    maybe: named('it may lose', lost.filter((one) => !isSure(one)).map(applicationWords)),
    depends: lost,
  })
}

function applicationWords({ application }: { readonly application: string }): string {
  return `application ${application}`
}

function lossOf(who: Principal, lost: readonly Loss[], { live, facts }: Told): Losing | undefined {
  const sure = new Set(lost.filter(isSure).map((one) => heldWords(one, live, facts)))
  const words = (isPart: boolean, isKnown: boolean) =>
    lost
      .filter((one) => one.isPart === isPart && isSure(one) === isKnown)
      .map((one) => heldWords(one, live, facts))
      .filter((one) => isKnown || !sure.has(one))
  return sentences(who, {
    surely: [...named('it loses', words(false, true)), ...named('less is allowed by', words(true, true))],
    maybe: [...named('it may lose', words(false, false)), ...named('less may be allowed by', words(true, false))],
    depends: lost,
  })
}

interface Depending {
  readonly depends: readonly string[]
}

function isSure({ depends }: Depending): boolean {
  return depends.length === 0
}

function named(what: string, names: readonly string[]): readonly string[] {
  return names.length > 0 ? [`${what} ${listed([...new Set(names)].sort(), 2, 3)}`] : []
}

interface Sentences {
  readonly surely: readonly string[]
  readonly maybe: readonly string[]
  readonly depends: readonly Depending[]
}

// What is not known refuses a plan all the same, and is not said to be so.
function sentences(who: Principal, { surely, maybe, depends }: Sentences): Losing | undefined {
  const groups = [...new Set(depends.flatMap((one) => one.depends))].sort()
  const known = groups.length > 1 ? 'groups whose members were not read' : 'a group whose members were not read'
  const doubtful =
    maybe.length > 0 ? [`${maybe.join(', and ')}, which depends on ${known}: ${listed(groups, 2, 3)}`] : []
  const words = [...surely, ...doubtful].join(', and ')
  if (doubtful.length === 0) return words || undefined
  return { words, open: whatTells(who, groups) }
}

/** Keys of the questions that tell who of these groups somebody is in: its own groups, or their members. */
function whatTells(who: Principal, groups: readonly string[]): readonly string[] {
  return [
    questionKey({ about: 'memberships', user: principalAddress(who) }),
    ...groups.map((name) => questionKey({ about: 'members', group: address('group', name) })),
  ]
}
