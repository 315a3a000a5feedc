import { readUser } from '../../kinds/user/attributes.ts'
import { filled, isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { UserSpec } from '../../model/specs.ts'
import { listOf } from './claim.ts'

/** A user in the manifest's words, as the attributes of the resource have it. Source: aws_identitystore_user. */
export function userRow(values: JsonObject): UserSpec {
  const item = {
    ...renamed(values, own),
    Name: renamed(listOf(values, 'name')[0], names),
    Emails: listOf(values, 'emails').map((one) => renamed(one, contact)),
    PhoneNumbers: listOf(values, 'phone_numbers').map((one) => renamed(one, contact)),
    Addresses: listOf(values, 'addresses').map((one) => renamed(one, places)),
  }
  // The resource has no manager, and nobody has to be known by an id.
  return readUser(item as unknown as Parameters<typeof readUser>[0], { nameOf: () => undefined })
}

/** The attribute of the resource that a key of the manifest comes from. */
export function userAttribute(key: string): string {
  return Object.hasOwn(names, key) ? 'name' : (lists[key] ?? key)
}

const lists: Readonly<Record<string, string>> = {
  email: 'emails',
  phone: 'phone_numbers',
  address: 'addresses',
  nick_name: 'nickname',
}

const own = {
  display_name: 'DisplayName',
  nickname: 'NickName',
  title: 'Title',
  user_type: 'UserType',
  profile_url: 'ProfileUrl',
  preferred_language: 'PreferredLanguage',
  locale: 'Locale',
  timezone: 'Timezone',
}

const names = {
  given_name: 'GivenName',
  family_name: 'FamilyName',
  formatted: 'Formatted',
  middle_name: 'MiddleName',
  honorific_prefix: 'HonorificPrefix',
  honorific_suffix: 'HonorificSuffix',
}

const contact = { value: 'Value', primary: 'Primary' }

const places = {
  street_address: 'StreetAddress',
  locality: 'Locality',
  region: 'Region',
  postal_code: 'PostalCode',
  country: 'Country',
  primary: 'Primary',
}

function renamed(values: Json | undefined, names: Readonly<Record<string, string>>): JsonObject {
  if (!isObject(values)) return {}
  return filled(Object.fromEntries(Object.entries(names).map(([from, to]) => [to, values[from]])))
}
