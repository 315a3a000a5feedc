import { isObject, type Json } from '../../model/json.ts'
import { ServiceError } from '../service-error.ts'
import type { ServiceTable, Shape } from './table.ts'

type Report = (path: string, constraint: string) => void

/**
 * Checks a request member by member against its shape: required, type, length, range, pattern, enum. Gives one sentence
 * for each violation, in the wording style of AWS. Members the model does not know are ignored, as AWS does.
 * @throws ServiceError SerializationException when a value has the wrong JSON type.
 */
export function violations(table: ServiceTable, shape: string, input: Json): readonly string[] {
  return violationsOf(table, shape, input, '')
}

/** The same for a value at a path of a request. */
export function violationsOf(table: ServiceTable, shape: string, input: Json, at: string): readonly string[] {
  const found: string[] = []
  check(table, shape, input, at, (path, constraint) => {
    found.push(`Value at '${path || 'input'}' failed to satisfy constraint: ${constraint}`)
  })
  return found
}

function check(table: ServiceTable, name: string, value: Json, path: string, report: Report): void {
  const shape = table.shapes[name]
  if (shape === undefined || shape.type === 'document') return
  if (!typed[shape.type]?.(value)) throw new ServiceError('SerializationException', notOfType(path, shape))
  if (typeof value === 'string') checkString(shape, value, path, report)
  else if (typeof value === 'number') checkRange(shape, value, path, report, 'value')
  else if (Array.isArray(value)) {
    checkRange(shape, value.length, path, report, 'length')
    value.forEach((item: Json, index) => {
      check(table, shape.of ?? '', item, `${path}.${index + 1}.member`, report)
    })
  } else if (isObject(value)) checkObject(table, shape, value, path, report)
}

function checkObject(
  table: ServiceTable,
  shape: Shape,
  value: Readonly<Record<string, Json>>,
  path: string,
  report: Report,
): void {
  for (const name of shape.required ?? []) {
    if (!isPresent(value[name])) report(join(path, name), 'Member must not be null')
  }
  const known = shape.type === 'map' ? Object.keys(value) : Object.keys(shape.members ?? {})
  const present = known.filter((name) => isPresent(value[name]))
  if (shape.union && present.length !== 1) report(path, 'Exactly one member of the union must be set')
  for (const name of present) {
    if (shape.type === 'map') check(table, shape.key ?? '', name, `${path}.key`, report)
    check(table, shape.members?.[name] ?? shape.value ?? '', value[name] ?? null, join(path, name), report)
  }
}

function checkString(shape: Shape, value: string, path: string, report: Report): void {
  checkRange(shape, [...value].length, path, report, 'length')
  if (shape.enum && !shape.enum.includes(value)) {
    report(path, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`)
  }
  if (shape.pattern !== undefined && !anchored(shape.pattern).test(value)) {
    report(path, `Member must satisfy regular expression pattern: ${shape.pattern}`)
  }
}

function checkRange(shape: Shape, size: number, path: string, report: Report, what: 'length' | 'value'): void {
  if (shape.min !== undefined && size < shape.min) {
    report(path, `Member must have ${what} greater than or equal to ${shape.min}`)
  }
  if (shape.max !== undefined && size > shape.max) {
    report(path, `Member must have ${what} less than or equal to ${shape.max}`)
  }
}

const compiled = new Map<string, RegExp>()

/** The pattern as AWS applies it: to the whole value. Only Unicode classes need the flag that forbids needless escapes. */
function anchored(pattern: string): RegExp {
  const known = compiled.get(pattern)
  if (known) return known
  const isUnicode = pattern.includes('\\p{')
  const made = isUnicode ? new RegExp(`^(?:${withoutNeedless(pattern)})$`, 'u') : new RegExp(`^(?:${pattern})$`)
  compiled.set(pattern, made)
  return made
}

/** The pattern with a backslash only before letters, digits and signs that have a meaning in patterns. */
function withoutNeedless(pattern: string): string {
  return pattern.replace(/\\(.)/gs, (whole, sign: string) => (/[^\W_]|[$^\\.*+?()[\]{}|/-]/.test(sign) ? whole : sign))
}

const typed: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value),
  timestamp: (value) => typeof value === 'number',
  list: (value) => Array.isArray(value),
  structure: isObject,
  map: isObject,
}

function isPresent(value: Json | undefined): value is Json {
  return value !== undefined && value !== null
}

function join(path: string, name: string): string {
  const member = name.charAt(0).toLowerCase() + name.slice(1)
  return path ? `${path}.${member}` : member
}

function notOfType(path: string, shape: Shape): string {
  return `The value at '${path || 'input'}' is not of type ${shape.type}`
}
