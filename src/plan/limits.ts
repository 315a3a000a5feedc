import { kindNamed } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { shownAddress } from '../model/address.ts'
import { type Diagnostic, error, type Position } from '../model/diagnostic.ts'
import { grouped } from '../model/grouped.ts'
import type { Limit } from '../model/limit.ts'
import type { Operation } from '../model/operation.ts'
import type { BothStates } from '../model/state.ts'
import { isUnread } from '../policies/decide.ts'
import { extentIn } from '../policies/extents.ts'
import type { KnownNames } from '../policies/known-names.ts'
import { actionsMatching } from '../policies/matching.ts'
import { isWider } from '../policies/patterns.ts'
import type { PoliciesChange } from '../policies/policies-change.ts'
import { givesMore } from '../policies/takes-away.ts'
import { plural } from '../text/count.ts'
import { listed } from '../text/list.ts'
import { policyChanges } from './rights.ts'

/**
 * Why a plan goes beyond limits: it gives somebody an action that they name, under whatever conditions, or a policy that may, as its text
 * is not known. One error a limit and set of policies, however many get it. Pure.
 */
export function beyondLimits(
  operations: readonly Operation[],
  states: BothStates,
  limits: readonly Limit[],
  names: KnownNames,
): readonly Diagnostic[] {
  if (limits.length === 0) return []
  const changes = operations.flatMap((operation) =>
    policyChanges(operation, states).map((change) => [change.after, { operation, change }] as const),
  )
  return limits.flatMap((limit) => [...grouped(changes)].flatMap(([, given]) => beyond(given, limit, names) ?? []))
}

interface Given {
  readonly operation: Operation
  readonly change: PoliciesChange
}

/** What the first of those who get the same gets too much; the others are counted. */
function beyond(given: readonly Given[], { pattern, at }: Limit, names: KnownNames): Diagnostic | undefined {
  const over = given.flatMap(({ operation, change }) => {
    const what = newActions(change, pattern, names)
    return what === undefined ? [] : [{ operation, what }]
  })
  // Where the permission set itself changes, that is where it can be mended.
  const first = over.find(({ operation }) => kindNamed(operation.kind).addressSays === 'name') ?? over[0]
  if (!first) return undefined
  const others = over.length > 1 ? ` and ${plural(over.length - 1, 'grant')} of it` : ''
  const limit = at ? `limits in ${at.file}:${at.line}` : '--deny-new'
  const message = `${first.operation.verb} ${shownAddress(first.operation.address)}${others} would give ${first.what}, which ${limit} (${pattern}) forbids`
  const hint = at
    ? 'give less, or have the limit changed by whoever set it'
    : 'give less, or plan without this limit if the access is meant'
  return error('limit-exceeded', message, { hint, ...(first.operation.at ? { at: first.operation.at } : {}) })
}

/** The actions of a pattern that a change gives, in words; undefined for none. */
function newActions({ before, after }: PoliciesChange, pattern: string, names: KnownNames): string | undefined {
  const isGiven = (action: string) => isWider(extentIn(after, action), extentIn(before, action))
  const given = actionsMatching(pattern, names).filter(isGiven)
  if (given.length > 0) return `new access to ${listed(given, 2, 3)}`
  // AWS may have added actions since the lists were made, and a policy may name them.
  if (isGiven(pattern)) return `new access to ${pattern}`
  return givesMore(before, after, pattern) ? moreOf({ before, after }, pattern, names) : undefined
}

/** As many actions are looked at one by one, where more of some is given. */
const mostActions = 500

/** What of a pattern is given more of, although none of it is new: on more resources, or with less in the way. */
function moreOf({ before, after }: PoliciesChange, pattern: string, names: KnownNames): string | undefined {
  const unknown = after.identity.filter(isUnread).map(({ name }) => name)
  if (unknown.length > 0) return `new access to what ${listed(unknown)} may allow, whose text is not known`
  const there = [...actionsMatching(pattern, names), pattern].filter((action) => extentIn(after, action) !== 'none')
  if (there.length === 0) return undefined
  const more = there.length > mostActions ? [] : there.filter((action) => givesMore(before, after, action))
  const named = more.filter((action) => action !== pattern)
  return `more of ${named.length > 0 ? listed(named, 2, 3) : pattern}`
}

/** The limits that a manifest sets. Pure. */
export function limitsIn({ manifest: { limits = [] }, position }: LoadedManifest): readonly Limit[] {
  return limits.map((pattern, index) => ({ pattern, ...placed(position(['limits', index])) }))
}

function placed(at: Position | undefined): Pick<Limit, 'at'> {
  return at ? { at } : {}
}
