import { takeNamed } from '../shared/take-named.ts'

/** Live groups. Their members are things of their own: without a list they are left alone. */
export const takeGroups = takeNamed<'group'>({
  section: 'groups',
  written: (_at, { spec, provisioned }) => {
    if (provisioned) return { external: true }
    return spec.description === undefined ? {} : { description: spec.description }
  },
})
