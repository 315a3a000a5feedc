import type { Ignore } from '../declaration.ts'
import { starless } from '../shared/ignore-names.ts'

/** The item of `ignore.assignments` that names one assignment. Pure. */
export const assignmentEntry: Ignore<'assignment'>['entry'] = (_at, { spec }) => {
  const { permission_set, principal_type, principal, account } = spec
  const item = { [principal_type]: principal, permission_set, account }
  return starless(permission_set, principal) ?? { list: 'assignments', item }
}
