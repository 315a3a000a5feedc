import type { Item } from '../../aws/operations.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import type { UserSpec } from '../../model/specs.ts'
import type { WriteContext } from '../contexts.ts'
import { fieldChanges } from '../fields.ts'
import { appeared } from '../shared/appeared.ts'
import { storeOf } from '../shared/directory.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { settled } from '../shared/settled.ts'
import { withEnterprise } from '../shared/users.ts'
import { createInput, readUser, replacesList, updateInput, userFields } from './attributes.ts'
import { isKnownManager, type Known, speaksOfEnterprise } from './enterprise.ts'

/** A user as requests name one. */
interface UserReference {
  readonly IdentityStoreId: string
  readonly UserId: string
}

/** The users of a list by their ids. */
export function namesIn(users: readonly Item<'ListUsers'>[]): Pick<Known, 'nameOf'> {
  const names = new Map(users.map(({ UserId = '', UserName }) => [UserId, UserName]))
  return { nameOf: (id) => names.get(id) }
}

// Ids are known of whom a change names: the manager that there is to be.
function knownFor({ manager }: UserSpec, context: WriteContext): Known {
  const idOf = (name: string) => (isKnownManager(name) ? context.ref(address('user', name)) : name)
  const id = typeof manager === 'string' ? idOf(manager) : undefined
  return { idOf, nameOf: (asked) => (asked === id && isKnownManager(manager) ? String(manager) : undefined) }
}

/**
 * Changes a user. What is in the lists beside what the manifest says is read anew: a list of users may leave things out, and others may
 * have changed it.
 */
export async function update(
  of: UserReference,
  before: UserSpec,
  after: UserSpec,
  context: WriteContext,
): Promise<undefined> {
  const { writer } = context
  const known = knownFor(after, context)
  const held = replacesList(before, after) ? await writer.get('DescribeUser', of) : {}
  const Operations = updateInput(before, after, held, known)
  const asked = [before, after].some(speaksOfEnterprise) ? withEnterprise(of) : of
  return settled(
    () => writer.send('UpdateUser', { ...of, Operations }),
    async () => updateInput(readUser(await writer.get('DescribeUser', asked), known), after, {}, known).length === 0,
    context,
  )
}

/** Deletes a user. */
export function remove(of: UserReference, context: WriteContext): Promise<undefined> {
  const { writer } = context
  return settled(
    () => ignoreNotFound(() => writer.send('DeleteUser', of)),
    async () => !(await writer.list('ListUsers', storeOf(context))).some(({ UserId }) => UserId === of.UserId),
    context,
  )
}

/** Creates a user, and gives the id. */
export async function create(at: Address, spec: UserSpec, context: WriteContext): Promise<string> {
  const { writer } = context
  const request = { ...storeOf(context), UserName: nameOf(at), ...createInput(spec, knownFor(spec, context)) }
  const created = await writer.send('CreateUser', request, async (mayBeOurs) => {
    const users = await listedFor(spec, context)
    const holder = holderOf(at, spec, users)
    if (!holder) return undefined
    const isSame = holder.UserName === nameOf(at) && isAsAsked(holder, spec, users, context)
    const answer = { UserId: holder.UserId, IdentityStoreId: holder.IdentityStoreId }
    const what = `user ${holder.UserName}, with this name or email address,`
    return appeared({ what, mayBeOurs, asAsked: isSame ? answer : undefined }, context)
  })
  return answered(created.UserId, 'identitystore:CreateUser', 'a user id')
}

function listedFor(spec: UserSpec, context: WriteContext): Promise<readonly Item<'ListUsers'>[]> {
  const store = storeOf(context)
  return context.writer.list('ListUsers', speaksOfEnterprise(spec) ? withEnterprise(store) : store)
}

/** Who holds the user name or the e-mail that was to be given; undefined when nobody does. */
function holderOf(at: Address, spec: UserSpec, users: readonly Item<'ListUsers'>[]): Item<'ListUsers'> | undefined {
  const same = (a: unknown, b: unknown) => String(a).toLowerCase() === String(b).toLowerCase()
  return users.find(
    ({ UserName, Emails = [] }) =>
      same(UserName, nameOf(at)) || Emails.some(({ Value }) => Value && same(Value, spec.email)),
  )
}

// One of an identity provider, or one that was disabled, is nobody that was just created.
function isAsAsked(
  user: Item<'ListUsers'>,
  spec: UserSpec,
  users: readonly Item<'ListUsers'>[],
  context: WriteContext,
): boolean {
  const request = createInput(spec, knownFor(spec, context)) as unknown as Item<'ListUsers'>
  const isPlain = (user.ExternalIds ?? []).length === 0 && user.UserStatus !== 'DISABLED'
  const names = namesIn(users)
  return isPlain && fieldChanges(readUser(user, names), readUser(request, names), userFields).length === 0
}
