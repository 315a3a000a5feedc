import type { Item } from '../../aws/operations.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { canonical, isObject, type JsonObject } from '../../model/json.ts'
import type { UserSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { appeared } from '../shared/appeared.ts'
import { declaresOwn, has } from '../shared/declares.ts'
import { desiredEntries } from '../shared/desired.ts'
import { storeOf } from '../shared/directory.ts'
import { ignoredBy } from '../shared/ignore-names.ts'
import { losesAsPrincipal } from '../shared/losses.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { sameText } from '../shared/same-text.ts'
import { settled } from '../shared/settled.ts'
import { activation, activationNamed } from './activation.ts'
import { adoptUsers } from './adopt.ts'
import { createInput, readUser, replacesList, updateInput } from './attributes.ts'
import { conflicts } from './conflicts.ts'
import { revokedNobody } from './revoked-nobody.ts'
import { takeUsers } from './take.ts'

function declaresUsers({ users }: Manifest): boolean {
  return declaresOwn(users)
}

/** A user as requests name one. */
interface UserReference {
  readonly IdentityStoreId: string
  readonly UserId: string
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
  maps: ['address'],
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
      spec: external ? {} : written(attributes as JsonObject),
      ...(external ? { external } : { fills: { display_name: `${attributes.given_name} ${attributes.family_name}` } }),
    })),

  async observe(context) {
    const users = await context.reader.list('ListUsers', storeOf(context))
    const rows = users.map((one) => {
      const { UserName = '', UserId = '', UserStatus, ExternalIds = [] } = one
      const entry = {
        spec: readUser(one),
        ref: UserId,
        provisioned: ExternalIds.length > 0,
        disabled: UserStatus === 'DISABLED',
      }
      return [address('user', UserName), entry] as const
    })
    return { entries: new Map(rows) }
  },

  deleteReason: (at, _entry, { manifest }) => listedAsAbsent('users', at, manifest),
  opensPortal: ({ verb }) => verb === 'create',
  needs: () => [],
  loses: (at, _entry, states) => losesAsPrincipal({ type: 'user', name: nameOf(at) }, states),
  problems: revokedNobody,
  same: sameText,
  conflicts,

  byHand: (verb, at, region) => (verb === 'create' ? activation(nameOf(at), region) : undefined),
  checklistStep: activationNamed,

  async apply({ verb, address: at, before, after }, context) {
    if (verb === 'create') return create(at, after ?? {}, context)
    const of = { ...storeOf(context), UserId: context.ref(at) }
    return verb === 'delete' ? remove(of, context) : update(of, before ?? {}, after ?? {}, context)
  },
}

// What is in the lists beside what the manifest says is read anew: a list of users may leave things out, and others may have changed it.
async function update(of: UserReference, before: UserSpec, after: UserSpec, context: WriteContext): Promise<undefined> {
  const { writer } = context
  const held = replacesList(before, after) ? await writer.get('DescribeUser', of) : {}
  const Operations = updateInput(before, after, held)
  return settled(
    () => writer.send('UpdateUser', { ...of, Operations }),
    async () => updateInput(readUser(await writer.get('DescribeUser', of)), after, {}).length === 0,
    context,
  )
}

function remove(of: UserReference, context: WriteContext): Promise<undefined> {
  const { writer } = context
  return settled(
    () => ignoreNotFound(() => writer.send('DeleteUser', of)),
    async () => !(await writer.list('ListUsers', storeOf(context))).some(({ UserId }) => UserId === of.UserId),
    context,
  )
}

async function create(at: Address, spec: UserSpec, context: WriteContext): Promise<string> {
  const { writer } = context
  const request = { ...storeOf(context), UserName: nameOf(at), ...createInput(spec) }
  const created = await writer.send('CreateUser', request, async (mayBeOurs) => {
    const holder = await holderOf(at, spec, context)
    if (!holder) return undefined
    const isSame = holder.UserName === nameOf(at) && isAsAsked(holder, spec)
    const answer = { UserId: holder.UserId, IdentityStoreId: holder.IdentityStoreId }
    const what = `user ${holder.UserName}, with this name or email address,`
    return appeared({ what, mayBeOurs, asAsked: isSame ? answer : undefined }, context)
  })
  return answered(created.UserId, 'identitystore:CreateUser', 'a user id')
}

/** Who holds the user name or the e-mail that was to be given; undefined when nobody does. */
async function holderOf(at: Address, spec: UserSpec, context: WriteContext): Promise<Item<'ListUsers'> | undefined> {
  const users = await context.writer.list('ListUsers', storeOf(context))
  const same = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase()
  return users.find(
    ({ UserName, Emails = [] }) =>
      same(UserName, nameOf(at)) || Emails.some(({ Value }) => Value && same(Value, spec.email)),
  )
}

// One of an identity provider, or one that was disabled, is nobody that was just created.
function isAsAsked(user: Item<'ListUsers'>, spec: UserSpec): boolean {
  const request = createInput(spec) as unknown as Item<'ListUsers'>
  const isPlain = (user.ExternalIds ?? []).length === 0 && user.UserStatus !== 'DISABLED'
  return isPlain && canonical(readUser(user)) === canonical(readUser(request))
}

// The address is replaced as a whole, so an empty part of it is a part that is left out.
function written({ address: parts, ...rest }: JsonObject): JsonObject {
  if (!isObject(parts)) return rest
  return { ...rest, address: Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== '')) }
}
