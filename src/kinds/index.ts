import type { KindName } from '../model/specs.ts'
import { accessControlAttributes } from './access-control-attributes/access-control-attributes.ts'
import { additionalRegion } from './additional-region/additional-region.ts'
import { application } from './application/application.ts'
import { applicationAssignment } from './application-assignment/application-assignment.ts'
import { assignment } from './assignment/assignment.ts'
import { delegatedAdministrator } from './delegated-administrator/delegated-administrator.ts'
import { group } from './group/group.ts'
import { instanceName } from './instance-name/instance-name.ts'
import type { CloudKind, Kind, LocalKind } from './kind.ts'
import { membership } from './membership/membership.ts'
import { inOrderOfNeed } from './order.ts'
import { permissionSet } from './permission-set/permission-set.ts'
import { profile } from './profile/profile.ts'
import { shell } from './shell/shell.ts'
import { ssoSession } from './sso-session/sso-session.ts'
import { trustedTokenIssuer } from './trusted-token-issuer/trusted-token-issuer.ts'
import { user } from './user/user.ts'

/** Every kind. Register a new one by adding it here. */
export const kinds = {
  user,
  group,
  membership,
  'permission-set': permissionSet,
  assignment,
  'sso-session': ssoSession,
  profile,
  shell,
  'access-control-attributes': accessControlAttributes,
  'trusted-token-issuer': trustedTokenIssuer,
  application,
  'application-assignment': applicationAssignment,
  'delegated-administrator': delegatedAdministrator,
  'additional-region': additionalRegion,
  'instance-name': instanceName,
} as const satisfies { readonly [K in KindName]: Kind<K> }

const all: readonly Kind[] = inOrderOfNeed(Object.values(kinds))

/** Names of all kinds, in the order of reports and of creation: each behind those it comes after. */
export const kindNames: readonly KindName[] = all.map(({ name }) => name)

/** The kinds that live in Identity Center. */
export const cloudKinds: readonly CloudKind[] = all.flatMap((kind) => (kind.side === 'cloud' ? [kind] : []))

/** The kinds that live in files of this machine. */
export const localKinds: readonly LocalKind[] = all.flatMap((kind) => (kind.side === 'local' ? [kind] : []))

/** The kind of a name, for code that treats all kinds alike. */
export function kindNamed(name: KindName): Kind {
  return kinds[name]
}
