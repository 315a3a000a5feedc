import type { KindName } from '../model/address.ts'
import { assignment } from './assignment/assignment.ts'
import { group } from './group/group.ts'
import type { CloudKind, Kind, LocalKind } from './kind.ts'
import { membership } from './membership/membership.ts'
import { permissionSet } from './permission-set/permission-set.ts'
import { profile } from './profile/profile.ts'
import { shell } from './shell/shell.ts'
import { ssoSession } from './sso-session/sso-session.ts'
import { user } from './user/user.ts'

/** Every kind, in the order of reports and of creation. Register a new one by adding it here. */
export const kinds: { readonly [K in KindName]: Kind<K> } = {
  user,
  group,
  membership,
  'permission-set': permissionSet,
  assignment,
  'sso-session': ssoSession,
  profile,
  shell,
}

/** The kinds that live in Identity Center. */
export const cloudKinds: readonly CloudKind[] = Object.values(kinds).filter(
  (kind) => kind.side === 'cloud',
) as CloudKind[]

/** The kinds that live in files of this machine. */
export const localKinds: readonly LocalKind[] = Object.values(kinds).filter(
  (kind) => kind.side === 'local',
) as LocalKind[]

/** The kind of a name, for code that treats all kinds alike. */
export function kindNamed(name: KindName): Kind {
  return kinds[name] as Kind
}
