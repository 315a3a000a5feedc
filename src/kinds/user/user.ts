import { unreadEnterprise } from '../../access/session-tags.ts'
import type { Manifest } from '../../manifest/types.ts'
import { address, nameOf } from '../../model/address.ts'
import type { CloudKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { declaresOwn, has } from '../shared/declares.ts'
import { desiredEntries } from '../shared/desired.ts'
import { storeOf } from '../shared/directory.ts'
import { ignoredBy } from '../shared/ignore-names.ts'
import { losesAsPrincipal } from '../shared/losses.ts'
import { applicationsLeftBehind } from '../shared/unread-applications.ts'
import { usersOf } from '../shared/users.ts'
import { activation, activationNamed } from './activation.ts'
import { adoptUsers } from './adopt.ts'
import { readUser, userFields } from './attributes.ts'
import { conflicts } from './conflicts.ts'
import { needsManager, withRestOfRole, written } from './desired.ts'
import { revokedNobody } from './revoked-nobody.ts'
import { effectOf, restricts } from './tags.ts'
import { takeUsers } from './take.ts'
import { clearsUnseen } from './unseen.ts'
import { words } from './words.ts'
import { create, namesIn, remove, update } from './write.ts'

function declaresUsers({ users }: Manifest): boolean {
  return declaresOwn(users)
}

/** Users of the Identity Store. They carry no tags, so no mark of ours: they leave only by name under `absent`. */
export const user: CloudKind<'user'> = {
  name: 'user',
  title: 'Users',
  summary: 'users of the Identity Store',
  sections: ['users', 'absent.users'],
  side: 'cloud',
  after: [],
  addressSays: 'name',
  complete: false,
  maps: userFields.maps,
  words,
  ignore: ignoredBy('users'),
  adopt: adoptUsers,
  takesLive: takeUsers,
  operations: {
    ListUsers: 'always',
    CreateUser: declaresUsers,
    // Read before a user is changed.
    DescribeUser: declaresUsers,
    UpdateUser: declaresUsers,
    DeleteUser: ({ absent }) => has(absent?.users),
  },
  // The only unique value besides names. Source: CreateUser in the Identity Store API.
  unique: ({ email }) => (typeof email === 'string' ? email.toLowerCase() : ''),
  coversNew: (at) => ({ memberships: new Set([at]), principals: new Set([at]), applicationPrincipals: new Set([at]) }),

  desired: (loaded) =>
    desiredEntries(loaded, ['users'], (name, { external, protect: _protect, ...attributes }) => ({
      address: address('user', name),
      spec: external ? {} : written(attributes),
      ...(external ? { external } : { fills: { display_name: `${attributes.given_name} ${attributes.family_name}` } }),
    })),

  refine: (at, entry, { live }) => withRestOfRole(entry, live.user.get(at)),

  async observe(context) {
    const { rows: users, refused } = await usersOf(context)
    const known = namesIn(users)
    const rows = users.map((one) => {
      const { UserName = '', UserId = '', UserStatus, ExternalIds = [] } = one
      const entry = {
        spec: readUser(one, known),
        ref: UserId,
        provisioned: ExternalIds.length > 0,
        disabled: UserStatus === 'DISABLED',
      }
      return [address('user', UserName), entry] as const
    })
    return {
      entries: new Map(rows),
      ...(refused ? { covers: { refused: new Map([[unreadEnterprise, refused]]) } } : {}),
    }
  },

  deleteReason: (at, _entry, { manifest }) => listedAsAbsent('users', at, manifest),
  opensPortal: ({ verb }) => verb === 'create',
  needs: needsManager,
  loses: (at, _entry, states) => losesAsPrincipal({ type: 'user', name: nameOf(at) }, states),
  problems: (input) => [...revokedNobody(input), ...clearsUnseen(input), ...applicationsLeftBehind('user', input)],
  same: userFields.same,
  conflicts,
  restricts,
  effect: effectOf,

  byHand: (verb, at, region) => (verb === 'create' ? activation(nameOf(at), region) : undefined),
  checklistStep: activationNamed,

  async apply({ verb, address: at, before, after }, context) {
    if (verb === 'create') return create(at, after ?? {}, context)
    const of = { ...storeOf(context), UserId: context.ref(at) }
    return verb === 'delete' ? remove(of, context) : update(of, before ?? {}, after ?? {}, context)
  },
}
