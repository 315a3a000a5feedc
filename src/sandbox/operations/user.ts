import { isObject, type Json, type JsonObject, present } from '../../model/json.ts'
import { tables } from '../api/table.ts'
import { violations } from '../api/validate.ts'
import type { Choices } from '../faults/choices.ts'
import { newId } from '../ids.ts'
import { answer, type PageRequest, page } from '../page.ts'
import { invalid } from '../service-error.ts'
import { type Index, index, membershipsByUser, usersByName } from '../state/indexes.ts'
import type { UserRow } from '../state/tables.ts'
import type { Context, Operation, OperationOutput } from './context.ts'
import { keptTexts } from './description.ts'
import {
  type AlternateIdentifier,
  created,
  dropApplications,
  lookUp,
  refuseReserved,
  taken,
  uniqueForm,
  updated,
  userFor,
} from './directory.ts'
import { storeFor } from './scope.ts'
import { type AttributeOperation, applyAttributes, emailOf } from './user-attributes.ts'
import { checkNames, textViolations } from './user-extensions.ts'

type ByUser = { readonly IdentityStoreId: string; readonly UserId: string }
type Desired = { readonly IdentityStoreId: string; readonly Extensions?: readonly string[] }
type Filters = { readonly Filters?: readonly { readonly AttributePath: string; readonly AttributeValue: string }[] }

/** identitystore: users. */
export const userOperations = {
  CreateUser: (context, input: JsonObject & { IdentityStoreId: string; UserName?: string }) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const { IdentityStoreId: _store, UserName: name, ...attributes } = input
    if (name === undefined) throw invalid('UserName is a required attribute.')
    refuseReserved(name)
    const user: UserRow = {
      UserId: newId.directoryObject(context.random, input.IdentityStoreId),
      UserName: name,
      UserStatus: 'ENABLED',
      attributes: modelled(withExtensions(attributes, context.choices)),
      stamp: created(context),
    }
    save(context, user, input.IdentityStoreId)
    return { UserId: user.UserId, IdentityStoreId: input.IdentityStoreId }
  },
  DescribeUser: (context, input: ByUser & Desired) => {
    storeFor(context, input.IdentityStoreId, 'read')
    return described(userFor(context, input.UserId), input, context.choices)
  },
  UpdateUser: (context, input: ByUser & { Operations: readonly AttributeOperation[] }) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const user = userFor(context, input.UserId)
    checkPaths(input.Operations, context.choices)
    const attributes = applyAttributes(user.attributes, input.Operations)
    save(context, { ...user, attributes, stamp: updated(context, user.stamp) }, input.IdentityStoreId)
    return {}
  },
  DeleteUser: (context, input: ByUser) => {
    storeFor(context, input.IdentityStoreId, 'write')
    const { UserId } = userFor(context, input.UserId)
    for (const { MembershipId } of context.state.find(membershipsByUser, UserId)) {
      context.state.remove('memberships', MembershipId)
    }
    context.state.remove('users', UserId)
    dropApplications(context, UserId)
    return {}
  },
  ListUsers: (context, input: Desired & Filters & PageRequest) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const [filter] = input.Filters ?? []
    if (filter && filter.AttributePath !== 'UserName') throw invalid(`Filtering by ${filter.AttributePath} is unknown.`)
    const users = [...context.state.rows('users').values()].filter(
      ({ UserName }) => filter === undefined || UserName === filter.AttributeValue,
    )
    return answer(
      'Users',
      page(users, ({ UserId }) => UserId, input),
      (user) => described(user, input, context.choices),
    )
  },
  GetUserId: (context, input: { IdentityStoreId: string; AlternateIdentifier: AlternateIdentifier }) => {
    storeFor(context, input.IdentityStoreId, 'read')
    const found = lookUp(context.state.rows('users').values(), input.AlternateIdentifier, {
      userName: ({ UserName }) => UserName,
      'emails.value': ({ attributes }) => emailOf(attributes),
    })
    const { UserId } = found ?? userFor(context, 'unknown')
    return { UserId, IdentityStoreId: input.IdentityStoreId }
  },
} satisfies Record<string, Operation>

/** A user as DescribeUser and ListUsers give it: with the extensions that were asked for by name. */
function described(
  user: UserRow,
  { IdentityStoreId, Extensions: desired = [] }: Desired,
  choices: Choices,
): OperationOutput {
  checkNames(desired, choices)
  const { Extensions: held, ...attributes } = user.attributes
  const extensions = Object.entries(isObject(held) ? held : {}).filter(
    ([name]) => desired.includes(name) && choices.extensions === 'known',
  )
  return present({
    IdentityStoreId,
    UserId: user.UserId,
    UserName: user.UserName,
    UserStatus: user.UserStatus,
    ...attributes,
    Extensions: extensions.length === 0 ? undefined : Object.fromEntries(extensions),
    ExternalIds: user.externalIds?.map((one) => ({ ...one })),
    ...user.stamp,
  })
}

function withExtensions({ Extensions, ...attributes }: JsonObject, choices: Choices): JsonObject {
  if (!isObject(Extensions)) return attributes
  checkNames(Object.keys(Extensions), choices)
  return choices.extensions === 'known' ? { ...attributes, Extensions } : attributes
}

function checkPaths(operations: readonly AttributeOperation[], choices: Choices): void {
  const paths = operations.flatMap(({ AttributePath: path }) => (path.includes(':') ? [path] : []))
  checkNames(
    paths.map((path) => path.split('.')[0] ?? ''),
    choices,
  )
  const [unknown] = choices.extensions === 'known' ? [] : paths
  if (unknown !== undefined) throw invalid(`The attribute path ${unknown} cannot be updated.`)
}

const table = tables.identitystore
const known = Object.keys(table.shapes.CreateUserRequest?.members ?? {})

function modelled(attributes: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => known.includes(name) && value !== null),
  )
}

/** Stores a user whose attributes, after any change, would be accepted by CreateUser. */
function save(context: Context, given: UserRow, IdentityStoreId: string): void {
  const user = { ...given, attributes: keptTexts(context.choices, given.attributes) }
  const request = { IdentityStoreId, UserName: user.UserName, ...user.attributes }
  const extended = textViolations(table, user.attributes.Extensions ?? {})
  const [problem] = [...violations(table, 'CreateUserRequest', request), ...extended]
  if (problem) throw invalid(`1 validation error detected: ${problem}`)
  const { Name: name, DisplayName: display } = user.attributes as { Name?: JsonObject; DisplayName?: string }
  if (!name?.GivenName || !name.FamilyName || !display) {
    throw invalid('Name.GivenName, Name.FamilyName and DisplayName are required attributes.')
  }
  checkUnique(context, user)
  context.state.put('users', user.UserId, user)
}

const usersByEmail = index('users', ({ attributes }) => emailOf(attributes)?.toLowerCase())

function checkUnique({ state, choices }: Context, user: UserRow): void {
  const form = (text = '') => uniqueForm(choices, text)
  const [name, email] = [form(user.UserName), form(emailOf(user.attributes))]
  const others = (index: Index<'users'>, value: string) =>
    state.find(index, value.toLowerCase()).filter(({ UserId }) => UserId !== user.UserId)
  if (others(usersByName, name).some(({ UserName }) => form(UserName) === name)) throw taken('UserName')
  if (email === '') return
  if (others(usersByEmail, email).some(({ attributes }) => form(emailOf(attributes)) === email)) {
    throw taken('Emails.Value')
  }
}
