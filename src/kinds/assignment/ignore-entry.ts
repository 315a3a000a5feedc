import type { Ignore } from '../declaration.ts'
import { starless } from '../shared/ignore-names.ts'
import { untimelyWords } from './rule.ts'

/** The item of `ignore.assignments` that names one assignment. Pure. */
export const assignmentEntry: Ignore<'assignment'>['entry'] = (at, { spec }, { loaded, facts }) => {
  const { permission_set, principal_type, principal, account } = spec
  const untimely = untimelyWords(at, loaded, facts)
  if (untimely) return { never: untimely.why, instead: untimely.hint }
  const item = { [principal_type]: principal, permission_set, account }
  return starless(permission_set, principal) ?? { list: 'assignments', item }
}
