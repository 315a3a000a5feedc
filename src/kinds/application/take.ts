import { nameOf, shownAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import { cannotTake, objectAt } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'

/** Whether an application lets in every user, as it is live. */
export const takeApplications: Taking<'application'> = {
  taken: (things, into) => things.reduce((value, thing) => one(value, thing, into), into.value),
}

function one(value: JsonObject, { address: at, live, fields }: Differing<'application'>, { loaded }: Into): JsonObject {
  const name = nameOf(at)
  if (!live)
    throw cannotTake(at, 'Identity Center has no such application', `remove ${shownAddress(at)} from ${loaded.file}`)
  const applications = objectAt(value, 'applications')
  const { assignment_required } = live.spec
  const isMeant = fields.some(({ path }) => path === 'assignment_required') && assignment_required !== undefined
  const row = { ...objectAt(applications, name), ...(isMeant ? { assignment_required } : {}) }
  return { ...value, applications: { ...applications, [name]: row } }
}
