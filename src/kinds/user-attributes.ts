import type { Input, Item } from '../aws/operations.ts'
import type { Json, JsonObject } from '../model/json.ts'
import type { UserSpec } from '../model/specs.ts'

type LiveUser = Item<'ListUsers'>
type UserUpdate = NonNullable<Input<'UpdateUser'>['Operations']>[number]

/** Attributes that are plain text: manifest key and member of the API; dots lead into `Name`. */
const texts = {
  given_name: 'Name.GivenName',
  family_name: 'Name.FamilyName',
  display_name: 'DisplayName',
  formatted: 'Name.Formatted',
  middle_name: 'Name.MiddleName',
  honorific_prefix: 'Name.HonorificPrefix',
  honorific_suffix: 'Name.HonorificSuffix',
  nick_name: 'NickName',
  title: 'Title',
  user_type: 'UserType',
  profile_url: 'ProfileUrl',
  preferred_language: 'PreferredLanguage',
  locale: 'Locale',
  timezone: 'Timezone',
  website: 'Website',
  birthdate: 'Birthdate',
} as const

/** Members of the one address AWS keeps. */
const addressParts = {
  street: 'StreetAddress',
  locality: 'Locality',
  region: 'Region',
  postal_code: 'PostalCode',
  country: 'Country',
} as const

/** Attributes of a live user by manifest key. Source: the User shape of the Identity Store API. */
export function readUser(user: LiveUser): UserSpec {
  const members: JsonObject = {
    ...(user as unknown as JsonObject),
    ...prefixed('Name', (user.Name ?? {}) as JsonObject),
  }
  const plain = Object.entries(texts).map(([key, member]) => [key, members[member]] as const)
  const parts = Object.entries(addressParts).map(([key, member]) => [key, user.Addresses?.[0]?.[member]] as const)
  const address = present(parts)
  return present([
    ...plain,
    ['email', user.Emails?.[0]?.Value],
    ['phone', user.PhoneNumbers?.[0]?.Value],
    ['address', Object.keys(address).length > 0 ? address : undefined],
  ])
}

/** The CreateUser request of a spec, but for store and user name. */
export function createInput(spec: UserSpec): JsonObject {
  const members = Object.fromEntries(Object.entries(texts).map(([key, member]) => [member, spec[key]]))
  const inner = Object.entries(members).filter(([member]) => member.startsWith('Name.'))
  return present([
    ['Name', present(inner.map(([member, value]) => [member.slice('Name.'.length), value]))],
    ...Object.entries(members).filter(([member]) => !member.includes('.')),
    ['Emails', spec.email && [{ Value: spec.email, Type: 'work', Primary: true }]],
    ['PhoneNumbers', spec.phone && [{ Value: spec.phone, Type: 'work', Primary: true }]],
    ['Addresses', spec.address && [addressInput(spec.address as JsonObject, (part) => part)]],
  ])
}

/**
 * UpdateUser operations that lead to a spec. Paths and the members of nested values are in camel case here, unlike everywhere
 * else in the API, lists are replaced as a whole, and leaving the value out unsets the attribute.
 */
export function updateInput(before: UserSpec, after: UserSpec): UserUpdate[] {
  const changed = (key: string) => JSON.stringify(before[key]) !== JSON.stringify(after[key])
  const plain = Object.entries(texts)
    .filter(([key]) => changed(key))
    .map(([key, member]) => operation(member.split('.').map(camel).join('.'), after[key]))
  const contact = (['email', 'phone'] as const)
    .filter(changed)
    .map((key) =>
      operation(
        `${key === 'email' ? 'emails' : 'phoneNumbers'}`,
        after[key] && [{ value: after[key], type: 'work', primary: true }],
      ),
    )
  const address = after.address as JsonObject | undefined
  return [
    ...plain,
    ...contact,
    ...(changed('address') ? [operation('addresses', address && [addressInput(address, camel)])] : []),
  ]
}

function operation(path: string, value: Json | undefined): UserUpdate {
  return { AttributePath: path, ...(value === undefined || value === '' ? {} : { AttributeValue: value as never }) }
}

function addressInput(address: JsonObject, spell: (member: string) => string): JsonObject {
  const parts = Object.entries(addressParts).map(([key, member]) => [spell(member), address[key]] as const)
  return { ...present(parts), [spell('Primary')]: true }
}

function prefixed(prefix: string, object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [`${prefix}.${key}`, value]))
}

function camel(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1)
}

function present(entries: readonly (readonly [string, Json | undefined])[]): JsonObject {
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (value === undefined || value === null || value === '' ? [] : [[key, value]])),
  )
}
