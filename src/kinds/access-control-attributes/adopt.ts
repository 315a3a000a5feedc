import { address } from '../../model/address.ts'
import type { Adoption } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'

const at = address('access-control-attributes', 'instance')

/** By what a state names the reason why the attributes could not be read. */
export const unread = 'attributes for access control'

/** The attributes of the instance, as they are. */
export const adoptAttributes: Adoption = {
  section: 'access_control_attributes',
  count: ({ access_control_attributes }) => [
    sectionSize(access_control_attributes),
    'attribute for access control',
    'attributes for access control',
  ],
  comment: () => [
    'Attributes of users that AWS passes on into accounts as session tags; this list is the whole truth.',
  ],
  refused: ({ why }) => [{ about: at, treatment: 'out', why }],

  draft({ found: { live }, verdicts }) {
    const spec = live['access-control-attributes'].get(at)?.spec
    const why = verdicts.get(at)?.why ?? live.covers.refused.get(unread)?.message
    if (!why && (!spec || Object.keys(spec.attributes).length === 0)) return { value: undefined, notes: [], left: [] }
    return why
      ? { value: undefined, notes: [], left: [`${unread}: ${why}`] }
      : { value: spec?.attributes, notes: [], left: [] }
  },
}
