import type { Item } from '../aws/operations.ts'
import { type Block, expression, type Value } from './hcl.ts'
import type { References } from './references.ts'
import { nested, type Resource, some } from './resource.ts'
import type { Source } from './source.ts'

type LiveUser = Item<'ListUsers'>

/** Users. The import id is STORE/USER. Source: aws_identitystore_user. */
export function userResources({ facts, users }: Source, references: References): Resource[] {
  const store = facts.instance.identity_store_id
  return references.exported.user.flatMap(({ name, id }) => {
    const user = users.get(id)
    return user === undefined ? [] : [resourceOf(user, references.nameOf('user', name), `${store}/${id}`)]
  })
}

function resourceOf(user: LiveUser, name: string, id: string): Resource {
  const lists = listsOf(user)
  const foreign = unknownToProvider(user)
  return {
    ...{ type: 'aws_identitystore_user', name, id },
    ...(foreign.length > 0 ? { comments: [`Not known to this resource: ${foreign.join(', ')}`] } : {}),
    arguments: {
      identity_store_id: expression('local.identity_store_id'),
      user_name: user.UserName,
      display_name: user.DisplayName,
      nickname: some(user.NickName),
      title: some(user.Title),
      user_type: some(user.UserType),
      profile_url: some(user.ProfileUrl),
      preferred_language: some(user.PreferredLanguage),
      locale: some(user.Locale),
      timezone: some(user.Timezone),
    },
    blocks: [...nameBlock(user), ...lists.flatMap(({ blocks }) => blocks)],
    ignored: lists.flatMap(({ name: list, length }) => (length > 1 ? [list] : [])),
  }
}

function nameBlock({ Name: name = {} }: LiveUser): Block[] {
  return nested('name', {
    given_name: name.GivenName,
    family_name: name.FamilyName,
    middle_name: some(name.MiddleName),
    formatted: some(name.Formatted),
    honorific_prefix: some(name.HonorificPrefix),
    honorific_suffix: some(name.HonorificSuffix),
  })
}

/** Lists of a user: the resource takes one entry of each, so that of more, the others have to be left alone. */
function listsOf({ Emails = [], PhoneNumbers = [], Addresses = [] }: LiveUser) {
  return [
    listOf('emails', Emails, ({ Value: value, Type, Primary }) => ({
      value: some(value),
      type: some(Type),
      primary: primary(Primary),
    })),
    listOf('phone_numbers', PhoneNumbers, ({ Value: value, Type, Primary }) => ({
      value: some(value),
      type: some(Type),
      primary: primary(Primary),
    })),
    listOf('addresses', Addresses, (one) => ({
      street_address: some(one.StreetAddress),
      locality: some(one.Locality),
      region: some(one.Region),
      postal_code: some(one.PostalCode),
      country: some(one.Country),
      formatted: some(one.Formatted),
      type: some(one.Type),
      primary: primary(one.Primary),
    })),
  ]
}

function listOf<T extends { readonly Primary?: boolean | undefined }>(
  name: string,
  list: readonly T[],
  write: (one: T) => Readonly<Record<string, Value | undefined>>,
) {
  const counts = list.find(({ Primary }) => Primary) ?? list[0]
  return { name, length: list.length, blocks: counts === undefined ? [] : [{ type: name, arguments: write(counts) }] }
}

// False is the default of the resource.
function primary(isPrimary: boolean | undefined): true | undefined {
  return isPrimary ? true : undefined
}

/** Attributes of the API that the resource does not have. */
const unknown = ['Website', 'Birthdate', 'Photos', 'Roles', 'Extensions'] as const

function unknownToProvider(user: LiveUser): readonly string[] {
  const held = user as unknown as Readonly<Record<string, unknown>>
  return unknown.filter((member) => {
    const value = held[member]
    return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  })
}
