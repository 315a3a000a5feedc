import { address, shownAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { MembershipSpec } from '../../model/specs.ts'
import { beyondLimit } from '../shared/beyond-limit.ts'
import { cannotTake, objectAt } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** Live memberships: a user more, or less, in the list of a group. */
export const takeMemberships: Taking<'membership'> = {
  taken: (things, into) => things.reduce((value, thing) => one(value, thing, into), into.value),
  unsayable: ({ live }, { loaded }) =>
    live && beyondLimit(loaded, ['groups', live.spec.group, 'members'], 'users', live.spec.user),
}

function one(value: JsonObject, thing: Differing<'membership'>, into: Into): JsonObject {
  const { live, desired } = thing
  const spec = live?.spec ?? desired?.spec
  if (!spec) return value
  const groups = objectAt(value, 'groups')
  if (live) refuseUnknown(thing, spec, value, into)
  // It went with its group.
  else if (!Object.hasOwn(groups, spec.group)) return value
  const row = objectAt(groups, spec.group)
  const members = Array.isArray(row.members) ? row.members.filter((name) => name !== spec.user) : []
  const next = { ...row, members: live ? [...members, spec.user] : members }
  return { ...value, groups: { ...groups, [spec.group]: next } }
}

function refuseUnknown(
  { address: at }: Differing,
  { group, user }: MembershipSpec,
  value: JsonObject,
  into: Into,
): void {
  const missing = [
    ...(Object.hasOwn(objectAt(value, 'groups'), group) ? [] : [address('group', group)]),
    ...(Object.hasOwn(objectAt(value, 'users'), user) ? [] : [address('user', user)]),
  ]
  if (missing.length === 0) return
  const names = missing.map(shownAddress).join(' and ')
  throw cannotTake(
    at,
    `${into.loaded.file} does not declare ${names}`,
    `adopt them together: ${into.command([...missing, at])}`,
  )
}
