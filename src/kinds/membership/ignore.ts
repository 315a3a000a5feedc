import type { Ignore } from '../declaration.ts'
import { isIgnored } from '../shared/ignore-names.ts'

/** Memberships of an ignored group, or of an ignored user. */
export const ignoreMemberships: Ignore<'membership'> = {
  names: (_at, { spec }, manifest) =>
    isIgnored(manifest, 'groups', spec.group) || isIgnored(manifest, 'users', spec.user),
  entry: () => ({ never: 'ignore names users and groups, and no single membership' }),
}
