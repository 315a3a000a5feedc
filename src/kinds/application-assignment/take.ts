import { address, shownAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { beyondLimit } from '../shared/beyond-limit.ts'
import { orphanUnsayable } from '../shared/orphans.ts'
import { cannotTake, objectAt } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** Who is assigned live: one more, or one less, in a list of the application. */
export const takeApplicationAssignments: Taking<'application-assignment'> = {
  taken: (things, into) => things.reduce((value, thing) => one(value, thing, into), into.value),
  unsayable: ({ live }, { loaded }) => {
    if (!live) return undefined
    const { application, principal_type, principal } = live.spec
    const section = `${principal_type}s` as const
    return (
      orphanUnsayable(live, `list ${principal} under ignore.${section}`) ??
      beyondLimit(loaded, ['applications', application, section], section, principal)
    )
  },
}

function one(value: JsonObject, thing: Differing<'application-assignment'>, into: Into): JsonObject {
  const { live, desired } = thing
  const spec = live?.spec ?? desired?.spec
  if (!spec) return value
  const { application, principal_type, principal } = spec
  const section = principal_type === 'user' ? 'users' : 'groups'
  if (live) refuseUnknown(thing, section, principal, { ...into, value })
  const applications = objectAt(value, 'applications')
  const row = objectAt(applications, application)
  const listed = row[section]
  const others = Array.isArray(listed) ? listed.filter((name) => name !== principal) : []
  const next = { ...row, [section]: live ? [...others, principal] : others }
  return { ...value, applications: { ...applications, [application]: next } }
}

function refuseUnknown(
  { address: at, live }: Differing<'application-assignment'>,
  section: 'users' | 'groups',
  name: string,
  { value, loaded, command }: Into,
): void {
  const applications = objectAt(value, 'applications')
  const row = objectAt(applications, live?.spec.application ?? '')
  // With a list, the manifest would be the whole truth for an application of which it says nothing so far.
  if (row.users === undefined && row.groups === undefined)
    throw cannotTake(
      at,
      `${loaded.file} does not say who is assigned to ${live?.spec.application}, and with this one alone all others would be removed`,
      'sso-reconcile init writes an application with everybody who is assigned to it',
    )
  if (Object.hasOwn(objectAt(value, section), name)) return
  const principal = address(section === 'users' ? 'user' : 'group', name)
  throw cannotTake(
    at,
    `${loaded.file} does not declare ${shownAddress(principal)}`,
    `adopt them together: ${command([principal, at])}`,
  )
}
