import { oncePer } from '../model/once.ts'
import { isNothing, type Rights, type RightsChange, type ServiceRights } from '../model/rights.ts'
import { isUnread, type Policies, type Policy } from './decide.ts'
import { nothingAllowed } from './effective.ts'
import { givesEverything } from './everything.ts'
import { type Extents, extentsIn, namedIn } from './extents.ts'
import type { AccessLevel, ClassedAction, KnownNames } from './known-names.ts'
import { isWider } from './patterns.ts'
import { risksBetween } from './risks.ts'
import { givesMore } from './takes-away.ts'

/** As many actions of a service are named, where so many services are told of at most; else their number says it. */
const few = { actions: 20, services: 40 }

/**
 * What policies give that others did not, and what they no longer give, by service and kind of access: from managed, inline and boundary
 * texts together, action by action. What is not known of them is named. Pure.
 */
export function rightsChange(before: Policies, after: Policies, names: KnownNames): RightsChange {
  // What somebody had before everything is no news.
  const { left: _had, ...gives } = rightsBetween(before, after, names)
  return { gives, takes: rightsBetween(after, before, names) }
}

/** True for a change that gives or takes nothing, as far as is known. */
export function isNoChange({ gives, takes }: RightsChange): boolean {
  return isNothing(gives) && isNothing(takes)
}

/** What `more` allows beyond `less`. */
function rightsBetween(less: Policies, more: Policies, names: KnownNames): Rights {
  const left =
    givesEverything(more) && !givesEverything(less) ? servicesBetween(nothingAllowed, less, names) : undefined
  // Where somebody has much all the same, what comes or goes is not everything.
  const everything = left !== undefined && left.length <= few.services
  return {
    everything,
    services: everything ? [] : servicesBetween(less, more, names),
    risks: everything ? [] : risksBetween(less, more),
    unknown: newlyUnknown(less, more),
    ...(everything && left.length > 0 ? { left } : {}),
  }
}

function servicesBetween(less: Policies, more: Policies, names: KnownNames): readonly ServiceRights[] {
  if (givesEverything(less)) return []
  const { byService, open } = namedIn(more)
  const listed = open ? names.services : names.services.filter((one) => byService.has(one))
  const others = [...byService.keys()].filter((one) => names.actionsOf(one) === undefined)
  const found = [...listed, ...others].flatMap((service) => {
    const extents = {
      ...{ less: extentsIn(less, service), more: extentsIn(more, service) },
      isMore: moreOf(known(less), known(more), service),
    }
    return inService(service, actionsIn(service, names, byService.get(service)), extents) ?? []
  })
  return found.length > few.services ? found.map(({ actions: _many, ...rest }) => rest) : found
}

/** Whether more of an action is given: asked of the service first, and only once somebody asks, as it takes its time. */
function moreOf(less: Policies, more: Policies, service: string): (action: string) => boolean {
  let ofService: boolean | undefined
  return (action) => {
    ofService ??= givesMore(less, more, `${service}:*`)
    return ofService && givesMore(less, more, action)
  }
}

/** The actions of a service; of one that is not known, what statements say of it. */
function actionsIn(service: string, names: KnownNames, named: readonly string[] = []): readonly ClassedAction[] {
  const known = names.classedOf(service)
  return known.length > 0 ? known : [...new Set(named)].map((name) => ({ name, level: likelyLevel(name) }))
}

function likelyLevel(name: string): AccessLevel {
  if (name === '*') return 'permissions'
  return /^(get|list|describe|batchget|search|view)/.test(name) ? 'read' : 'write'
}

/** What is allowed of a service on both sides. */
interface ServiceExtents {
  readonly less: Extents
  readonly more: Extents
  /** True for an action that is allowed in part before and after, and of which there is more. */
  isMore(action: string): boolean
}

/** Policies without those whose text is not known. */
const known = oncePer(
  ({ identity, boundary }: Policies): Policies => ({
    identity: identity.filter((one) => !isUnread(one)),
    ...(boundary ? { boundary } : {}),
  }),
)

function inService(
  service: string,
  actions: readonly ClassedAction[],
  { less, more, isMore }: ServiceExtents,
): ServiceRights | undefined {
  const all = actions.map(({ name, level }) => {
    const action = `${service}:${name}`
    const [before, after] = [less(action), more(action)]
    return {
      name,
      level,
      after,
      isGiven: isWider(after, before) || (before === 'some' && after === 'some' && isMore(action)),
    }
  })
  const given = all.filter(({ isGiven }) => isGiven)
  if (given.length === 0) return undefined
  const isAll = all.every(({ after }) => after !== 'none')
  const has = (...wanted: readonly AccessLevel[]) => given.some(({ level }) => wanted.includes(level))
  const changes = has('write', 'tagging')
  return {
    service,
    access: has('permissions') || (isAll && changes) ? 'administer' : changes ? 'write' : 'read',
    count: given.length,
    ...(given.length > few.actions ? {} : { actions: given.map(({ name }) => name) }),
    of: all.length,
    conditional: given.every(({ after }) => after === 'some'),
  }
}

/** Policies that come and whose text is not known, by name. Pure. */
export function newlyUnknown(less: Policies, more: Policies): readonly string[] {
  const there = new Set(less.identity.map(({ name }) => name))
  return more.identity.filter((one: Policy) => isUnread(one) && !there.has(one.name)).map(({ name }) => name)
}
