import { grouped } from '../model/grouped.ts'
import { oncePer } from '../model/once.ts'
import { actionGlob, isUnread, type Policies, type Policy } from './decide.ts'
import { covers, type Extent, extentOf, narrower, overlap, type Pattern, type Patterns } from './patterns.ts'
import { type Rule, rulesOf } from './rules.ts'
import { hasWildcards, matchesWildcards } from './wildcards.ts'

/** How far each action of one service is allowed on all resources, as far as the texts of the policies are known. */
export type Extents = (action: string) => Extent

/**
 * What policies allow of a service, for many of its actions: the statements are looked through once. What a policy says whose text is not
 * known is left out; a boundary whose text is not known lets everything through, perhaps. Pure.
 */
export function extentsIn(policies: Policies, service: string): Extents {
  const known = remembered(policies)
  const extents = known.get(service) ?? extentsOf(policies, service)
  known.set(service, extents)
  return extents
}

/** How far an action is allowed on all resources, as far as the texts of the policies are known. Pure. */
export function extentIn(policies: Policies, action: string): Extent {
  return extentsIn(policies, action.split(':', 1)[0]?.toLowerCase() ?? '')(action)
}

// Whatever is said of policies asks of the same services again.
const remembered = oncePer((_policies: Policies) => new Map<string, Extents>())

function extentsOf({ identity, boundary }: Policies, service: string): Extents {
  const own = identity.flatMap((one) => rulesAbout(one, service))
  const bound = boundary ? rulesAbout(boundary, service) : []
  const allows = own.filter(({ effect }) => effect === 'Allow')
  const denies = [...own, ...bound].filter(({ effect }) => effect === 'Deny')
  const within = boundary && boundsOf(boundary, bound)
  return (action) => {
    const asked = actionGlob(action)
    const deny = widestOf(denies, asked)
    if (deny === 'all') return 'none'
    const allow = narrower(widestOf(allows, asked), within?.(asked) ?? 'all')
    return deny === 'none' ? allow : narrower(allow, 'some')
  }
}

/** A statement as far as it is about one service. */
interface ServiceRule {
  readonly effect: Rule['effect']
  /** It holds on each resource there is, without a condition. */
  readonly isWhole: boolean
  readonly named: Extents
}

function boundsOf(boundary: Policy, rules: readonly ServiceRule[]): Extents {
  if (isUnread(boundary)) return () => 'some'
  const allows = rules.filter(({ effect }) => effect === 'Allow')
  return (asked) => widestOf(allows, asked)
}

function widestOf(rules: readonly ServiceRule[], asked: string): Extent {
  let wide: Extent = 'none'
  for (const { named, isWhole } of rules) {
    const extent = named(asked)
    if (extent === 'all' && isWhole) return 'all'
    if (extent !== 'none') wide = 'some'
  }
  return wide
}

/** The statements that may be about a service. */
function rulesAbout({ document }: Policy, service: string): readonly ServiceRule[] {
  if (document === undefined) return []
  return rulesOf(document).rules.flatMap(({ effect, actions, resources, conditions }) => {
    const patterns = indexed(actions)(service)
    if (patterns.length === 0 && !actions.except) return []
    const isWhole = conditions.length === 0 && extentOf(resources, '*') === 'all'
    return [{ effect, isWhole, named: namer({ except: actions.except, patterns }, service) }]
  })
}

/** How far patterns name actions of a service: nearly all that is asked about is one name, and most patterns are one too. */
function namer(actions: Patterns, service: string): Extents {
  const { except, patterns } = actions
  if (patterns.some((one) => covers(one, `${service}:*`))) return () => (except ? 'none' : 'all')
  const names = new Set(patterns.map(({ glob }) => glob))
  const globs = patterns.filter(({ glob }) => hasWildcards(glob))
  return (asked) => {
    if (hasWildcards(asked)) return extentOf(actions, asked)
    const isNamed = names.has(asked) || globs.some(({ glob }) => matchesWildcards(glob, asked))
    return isNamed === except ? 'none' : 'all'
  }
}

/** Patterns by the service they name; those with a wildcard there may be about any. */
const indexed = oncePer(({ patterns }: Patterns): ((service: string) => readonly Pattern[]) => {
  const serviceOf = ({ glob }: Pattern) => glob.split(':', 1)[0] ?? ''
  const isWild = (one: Pattern) => /[*?]/.test(serviceOf(one))
  const wild = patterns.filter(isWild)
  const plain = grouped(patterns.filter((one) => !isWild(one)).map((one) => [serviceOf(one), one] as const))
  return (service) => [...(plain.get(service) ?? []), ...wild.filter(({ glob }) => overlap(glob, `${service}:*`))]
})

/** What statements name of each service, in lower case: `get*` of `s3`. */
export interface Named {
  readonly byService: ReadonlyMap<string, readonly string[]>
  /** True where some may be about any service. */
  readonly open: boolean
}

/** What the statements of identity policies name. Pure. */
export function namedIn({ identity }: Policies): Named {
  const documents = identity.flatMap(({ document }) => document ?? [])
  const actions = documents.flatMap((one) => rulesOf(one).rules.map((rule) => rule.actions))
  const parts = actions.flatMap(({ patterns }) => patterns.map(({ glob }) => partsOf(glob)))
  return {
    byService: grouped(parts.filter(([service]) => !/[*?]/.test(service))),
    open: actions.some(({ except }) => except) || parts.some(([service]) => /[*?]/.test(service)),
  }
}

function partsOf(action: string): readonly [service: string, name: string] {
  const [service = '', name = '*'] = action.split(':')
  return [service, name]
}
