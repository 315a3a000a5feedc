import { limitsOf } from '../../access/delegate.ts'
import { type Address, nameOf } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { JsonObject } from '../../model/json.ts'
import type { PermissionSetSpec } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'
import { excessOf } from '../../policies/size.ts'
import type { LiveContext } from '../contexts.ts'
import { denialsOf } from '../shared/revocation.ts'
import { type Denials, deniesMore, joinPolicy } from './denial.ts'

/** An id as long as ids of the directory get. */
const longestId = 'f'.repeat(47)

/** What a declared set denies, as far as its inline policy has room for it. Pure. */
export function fittingDenials(at: Address, { spec, keep = [] }: Entry<'permission-set'>, live: LiveContext): Denials {
  const found = live.live['permission-set'].get(at)
  const own = (found && keep.includes('inline_policy') ? found : { spec }).spec.inline_policy
  const desired = Object.entries(denialsOf(at, live))
  const count = desired.findIndex((_one, index) => !fits(own, Object.fromEntries(desired.slice(0, index + 1))))
  return Object.fromEntries(count < 0 ? desired : desired.slice(0, count))
}

/** A set that denies more than before and is otherwise as it was, up to date in every account; undefined where it denies no more. Pure. */
export function denyingFirst(before: PermissionSetSpec, after: PermissionSetSpec): PermissionSetSpec | undefined {
  if (!deniesMore(before, after)) return undefined
  const revoked = { ...before.revoked, ...after.revoked }
  const { outdated_in: _reached, ...rest } = before
  // Where there is room for the denial only after the change, all of the change comes first.
  return fits(before.inline_policy, revoked) ? { ...rest, revoked } : after
}

function fits(own: JsonObject | undefined, denials: Denials): boolean {
  const policy = joinPolicy(
    own,
    denials,
    () => longestId,
    () => '2026-01-01T00:00:00Z',
  )
  return policy === undefined || excessOf(policy) === undefined
}

/** Denials that a set has no room for: whoever is revoked keeps the sessions that run. Pure. */
export function denialsWithoutRoom(live: LiveContext & { readonly desired: State }): Diagnostic[] {
  const { sets: forbidden } = limitsOf(live.live, live.facts)
  return [...live.desired['permission-set']].flatMap(([at, entry]) => {
    const left =
      entry.external || forbidden.has(at)
        ? []
        : Object.keys(denialsOf(at, live)).filter((user) => !entry.spec.revoked?.[user])
    return left.map((user) => noRoom(nameOf(at), user, entry))
  })
}

function noRoom(set: string, user: string, { at }: Entry): Diagnostic {
  return warning(
    'denial-without-room',
    `the denial of ${user} does not fit into the inline policy of ${set}: running sessions of ${set} stay valid until they expire`,
    {
      hint: `AWS limits inline policies to 10,240 bytes without white space: shorten the one of ${set}, then apply`,
      ...(at ? { at } : {}),
    },
  )
}
