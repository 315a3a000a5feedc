import type { Input, Item } from '../../aws/operations.ts'
import { filled, isObject, type Json, type JsonObject } from '../../model/json.ts'
import { sameText } from '../../model/same-text.ts'
import type { UserSpec } from '../../model/specs.ts'
import { enterpriseChanges, enterpriseInput, type Known, readEnterprise } from './enterprise.ts'

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

/** Members of an address. */
const addressParts = {
  street: 'StreetAddress',
  locality: 'Locality',
  region: 'Region',
  postal_code: 'PostalCode',
  country: 'Country',
} as const

/** Members of a role. Source: the Role shape of the Identity Store API. */
const roleParts = { value: 'Value', type: 'Type', primary: 'Primary' } as const

/** Attributes of which the manifest speaks of several members. */
const parts: Readonly<Record<string, Readonly<Record<string, string>>>> = { address: addressParts, roles: roleParts }

/**
 * Attributes that are lists in the API, of which the manifest speaks of the primary entry: manifest key, member of a user, members
 * of an entry that belong to the manifest, and what a new entry has besides.
 */
const lists = {
  email: { member: 'Emails', owned: ['Value'], fresh: { Type: 'work', Primary: true } },
  phone: { member: 'PhoneNumbers', owned: ['Value'], fresh: { Type: 'work', Primary: true } },
  address: { member: 'Addresses', owned: Object.values<string>(addressParts), fresh: { Primary: true } },
  roles: { member: 'Roles', owned: Object.values<string>(roleParts), fresh: { Primary: true } },
} as const

/** How two users are compared. */
export const userFields = {
  maps: ['address', 'roles'],
  same: (_path: string, live: Json, asked: Json) => sameText(live, asked),
} as const

type ListKey = keyof typeof lists

const listKeys = Object.keys(lists) as ListKey[]

/** The lists of a live user, which an update replaces as a whole. */
export type Lists = Pick<LiveUser, (typeof lists)[ListKey]['member']>

interface ListEntry {
  readonly Primary?: boolean | undefined
}

/** Attributes of a live user by manifest key. Source: the User shape of the Identity Store API. */
export function readUser(user: LiveUser, known: Pick<Known, 'nameOf'>): UserSpec {
  const members: JsonObject = {
    ...(user as unknown as JsonObject),
    ...prefixed('Name', (user.Name ?? {}) as JsonObject),
  }
  const plain = Object.entries(texts).map(([key, member]) => [key, members[member]] as const)
  return filledFrom([
    ...plain,
    ['email', primaryOf(user.Emails)?.Value],
    ['phone', primaryOf(user.PhoneNumbers)?.Value],
    ['address', partsOf(primaryOf(user.Addresses), addressParts)],
    ['roles', partsOf(primaryOf(user.Roles), roleParts)],
    ...Object.entries(readEnterprise(user.Extensions, known)),
  ])
}

function partsOf(entry: ListEntry | undefined, members: Readonly<Record<string, string>>): JsonObject {
  const held = (entry ?? {}) as JsonObject
  return filledFrom(Object.entries(members).map(([key, member]) => [key, held[member]]))
}

/** The entry of a list that counts: the one marked as primary, and the first where none is. */
function primaryOf<T extends ListEntry>(list: readonly T[] = []): T | undefined {
  return list.find(({ Primary }) => Primary) ?? list[0]
}

/** The CreateUser request of a spec, but for store and user name. */
export function createInput(spec: UserSpec, known: Pick<Known, 'idOf'>): JsonObject {
  const members = Object.fromEntries(Object.entries(texts).map(([key, member]) => [member, spec[key]]))
  const inner = Object.entries(members).filter(([member]) => member.startsWith('Name.'))
  return filledFrom([
    ['Name', filledFrom(inner.map(([member, value]) => [member.slice('Name.'.length), value]))],
    ...Object.entries(members).filter(([member]) => !member.includes('.')),
    ...listKeys.map((key) => [lists[key].member, listInput(key, spec[key], [])] as const),
    ['Extensions', enterpriseInput(spec, known)],
  ])
}

/** True for an update that replaces a list, for which the list has to be known as it is now. */
export function replacesList(before: UserSpec, after: UserSpec): boolean {
  return changedLists(before, after).length > 0
}

/**
 * UpdateUser operations that lead to a spec. Paths and the members of nested values are in camel case here, unlike everywhere
 * else in the API, and leaving the value out unsets the attribute.
 *
 * Lists are replaced as a whole, so what `held` has besides is sent back: types, the mark of the primary entry, further entries.
 * So is the `Formatted` text of an address whose parts change. It may tell the old address from then on, but it is text "for
 * display" (Address shape of the API) that cannot be derived from the parts, and what the manifest cannot say it does not delete.
 * An attribute that the manifest clears goes with all of that.
 */
export function updateInput(before: UserSpec, after: UserSpec, held: Lists, known: Pick<Known, 'idOf'>): UserUpdate[] {
  const plain = Object.entries(texts)
    .filter(([key]) => !sameText(before[key], after[key]))
    .map(([key, member]) => operation(member.split('.').map(camel).join('.'), after[key]))
  const whole = changedLists(before, after).map((key) => {
    const { member } = lists[key]
    const entries = listInput(key, after[key], held[member] ?? [])
    return operation(camel(member), entries?.map(spelled))
  })
  const extended = enterpriseChanges(before, after, known).map(({ path, value }) => operation(path, value))
  return [...plain, ...whole, ...extended]
}

function changedLists(before: UserSpec, after: UserSpec): ListKey[] {
  return listKeys.filter((key) => {
    const [was, becomes] = [entryInput(key, before[key]), entryInput(key, after[key])]
    return lists[key].owned.some((member) => !sameText(was[member], becomes[member]))
  })
}

/** A list with the entry that the manifest speaks of as the manifest says; undefined when it says that there is none. */
function listInput(key: ListKey, value: Json | undefined, held: readonly ListEntry[]): JsonObject[] | undefined {
  const { owned, fresh } = lists[key]
  const own = new Set<string>(owned)
  const entry = entryInput(key, value)
  if (Object.keys(entry).length === 0) return undefined
  const counts = primaryOf(held)
  if (counts === undefined) return [{ ...fresh, ...entry }]
  return held.map((one) => {
    const kept = Object.entries(one).filter(([member]) => one !== counts || !own.has(member))
    return { ...(one === counts ? entry : {}), ...filledFrom(kept) }
  })
}

/** What the manifest says of an entry, by members of the API. */
function entryInput(key: ListKey, value: Json | undefined): JsonObject {
  const members = parts[key]
  if (members === undefined) return filledFrom([['Value', value]])
  const said = isObject(value) ? value : {}
  return filledFrom(Object.entries(members).map(([part, member]) => [member, said[part]]))
}

function operation(path: string, value: Json | undefined): UserUpdate {
  return {
    AttributePath: path,
    ...(value === undefined || value === '' ? {} : { AttributeValue: value as UserUpdate['AttributeValue'] }),
  }
}

function spelled(entry: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(entry).map(([member, value]) => [camel(member), value]))
}

function prefixed(prefix: string, object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [`${prefix}.${key}`, value]))
}

function camel(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1)
}

/** An object of the entries that hold something: what AWS answers empty is absent. */
function filledFrom(entries: readonly (readonly [string, Json | undefined])[]): JsonObject {
  return filled(Object.fromEntries(entries))
}
