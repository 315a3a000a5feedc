import type { KindName } from '../../src/model/specs.ts'
import { example as accessControlAttributes } from './access-control-attributes/example.ts'
import { example as additionalRegion } from './additional-region/example.ts'
import { example as application } from './application/example.ts'
import { example as applicationAssignment } from './application-assignment/example.ts'
import { example as assignment } from './assignment/example.ts'
import type { Example } from './contract/example.ts'
import { example as delegatedAdministrator } from './delegated-administrator/example.ts'
import { example as group } from './group/example.ts'
import { example as instanceName } from './instance-name/example.ts'
import { example as membership } from './membership/example.ts'
import { example as permissionSet } from './permission-set/example.ts'
import { example as profile } from './profile/example.ts'
import { example as shell } from './shell/example.ts'
import { example as ssoSession } from './sso-session/example.ts'
import { example as trustedTokenIssuer } from './trusted-token-issuer/example.ts'
import { example as user } from './user/example.ts'

/** One example a kind; the contract runs over all of them. */
export const examples = {
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
} as const satisfies { readonly [K in KindName]: Example }
