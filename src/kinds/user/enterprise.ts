import { filled, isObject, type Json, type JsonObject } from '../../model/json.ts'
import { sameText } from '../../model/same-text.ts'
import type { UserSpec } from '../../model/specs.ts'
import { type Extensions, enterprise } from '../shared/users.ts'

/**
 * Attributes of the enterprise extension that are plain text: manifest key and member. Members are in camel case here, in answers too.
 * Source: DescribeUser in the Identity Store API, second example.
 */
const texts = {
  employee_number: 'employeeNumber',
  cost_center: 'costCenter',
  organization: 'organization',
  division: 'division',
  department: 'department',
} as const

/** Attributes of the enterprise extension by their manifest keys. */
export const enterpriseKeys: readonly string[] = [...Object.keys(texts), 'manager']

/** User names by id, and ids by user name. */
export interface Known {
  nameOf(id: string): string | undefined
  idOf(name: string): string
}

// No user name holds white space, so this is the manager of no manifest.
const unknownManager = ' (not a user)'

/** True for the manager of a live user who is a user of the directory; an identity provider may write any text there. */
export function isKnownManager(manager: Json | undefined): boolean {
  return typeof manager === 'string' && !manager.endsWith(unknownManager)
}

/** Attributes of the enterprise extension by manifest keys, as far as an answer shows it; the manager by name. */
export function readEnterprise(extensions: Extensions | undefined, { nameOf }: Pick<Known, 'nameOf'>): JsonObject {
  const held = heldIn(extensions)
  const plain = Object.entries(texts).map(([key, member]) => [key, textOf(memberOf(held, member))])
  const manager = textOf(memberOf(memberOf(held, 'manager'), 'value'))
  const name = manager === '' ? '' : (nameOf(manager) ?? `${manager}${unknownManager}`)
  return filled({ ...Object.fromEntries(plain), manager: name })
}

function heldIn(extensions: Extensions | undefined): Json | undefined {
  return extensions?.[enterprise] as Json | undefined
}

// The example of the API begins members in lower case; programs that read them with a capital are in use, so both are understood.
function memberOf(held: Json | undefined, member: string): Json | undefined {
  if (!isObject(held)) return undefined
  return held[member] ?? held[member.charAt(0).toUpperCase() + member.slice(1)]
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}

/** The `Extensions` of a CreateUser request; nothing for a user without any of these attributes. */
export function enterpriseInput(spec: UserSpec, { idOf }: Pick<Known, 'idOf'>): JsonObject {
  const plain = Object.entries(texts).map(([key, member]) => [member, spec[key]])
  const value = typeof spec.manager === 'string' && spec.manager !== '' ? idOf(spec.manager) : ''
  const members = filled({ ...Object.fromEntries(plain), manager: filled({ value }) })
  return filled({ [enterprise]: members })
}

/** One change of an attribute; without a value it is unset. */
export interface Change {
  readonly path: string
  readonly value?: Json | undefined
}

/**
 * Changes that lead to a spec. Each names a single member, so that whatever else the extension holds, and whatever the API answers
 * beside the id of a manager, is neither read nor sent. Paths below an extension: AttributePath in the Identity Store API.
 */
export function enterpriseChanges(before: UserSpec, after: UserSpec, { idOf }: Pick<Known, 'idOf'>): Change[] {
  const plain = Object.entries(texts)
    .filter(([key]) => !sameText(before[key], after[key]))
    .map(([key, member]) => ({ path: `${enterprise}.${member}`, value: after[key] }))
  const { manager } = after
  if (before.manager === manager) return plain
  const manages = typeof manager === 'string' && manager !== ''
  const change = manages
    ? { path: `${enterprise}.manager.value`, value: idOf(manager) }
    : { path: `${enterprise}.manager` }
  return [...plain, change]
}

/** True for a spec that says something of the extension. */
export function speaksOfEnterprise(spec: UserSpec): boolean {
  return enterpriseKeys.some((key) => spec[key] !== undefined)
}
