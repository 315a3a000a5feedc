import { isObject, type Json } from '../../model/json.ts'
import { invalid } from '../service-error.ts'
import { withChange } from './user-extensions.ts'

/** One change of UpdateUser or UpdateGroup; an absent or null value unsets the attribute. */
export interface AttributeOperation {
  readonly AttributePath: string
  readonly AttributeValue?: Json
}

type Attributes = Readonly<Record<string, Json>>

const whole = [
  'displayName',
  'nickName',
  'profileUrl',
  'emails',
  'addresses',
  'phoneNumbers',
  'userType',
  'title',
  'preferredLanguage',
  'locale',
  'timezone',
  'photos',
  'website',
  'birthdate',
  'roles',
  'name',
]
const nameParts = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix']

/**
 * Attributes after the operations. Paths and the keys inside values are camelCase on the wire of an update, while
 * stored attributes carry the names of the model.
 * @throws ServiceError ValidationException for a path that cannot be updated, `userName` above all.
 */
export function applyAttributes(attributes: Attributes, operations: readonly AttributeOperation[]): Attributes {
  return operations.reduce(applyOne, attributes)
}

/** The e-mail address of a user, of which there is at most one. */
export function emailOf(attributes: Attributes): string | undefined {
  const [first] = Array.isArray(attributes.Emails) ? attributes.Emails : []
  return isObject(first) && typeof first.Value === 'string' ? first.Value : undefined
}

function applyOne(attributes: Attributes, { AttributePath: path, AttributeValue }: AttributeOperation): Attributes {
  const value = AttributeValue === undefined || AttributeValue === null ? undefined : modelled(AttributeValue)
  if (whole.includes(path)) return set(attributes, pascal(path), value)
  if (path.startsWith('aws:identitystore:')) {
    const extensions = isObject(attributes.Extensions) ? attributes.Extensions : {}
    const held = withChange(extensions, path, AttributeValue ?? undefined)
    return set(attributes, 'Extensions', Object.keys(held).length === 0 ? undefined : held)
  }
  const [parent, part, ...more] = path.split('.')
  if (parent !== 'name' || part === undefined || !nameParts.includes(part) || more.length > 0) {
    throw invalid(`The attribute path ${path} cannot be updated.`)
  }
  const name = isObject(attributes.Name) ? attributes.Name : {}
  return set(attributes, 'Name', set(name, pascal(part), value))
}

function set(object: Attributes, key: string, value: Json | undefined): Attributes {
  const { [key]: _old, ...rest } = object
  return value === undefined ? rest : { ...rest, [key]: value }
}

function modelled(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => modelled(item))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [pascal(key), modelled(inner)]))
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
