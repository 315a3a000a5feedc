import type { ErrorObject } from 'ajv'
import { isObject } from '../model/json.ts'
import { atValue, type Finding, label, type Path, quote } from './finding.ts'
import { describe } from './schema-values.ts'

/** A finding about a value of the wrong type. */
export function wrongType(one: ErrorObject, path: Path): Finding {
  const expected: readonly string[] = [one.params.type].flat()
  const { data } = one
  if (path.length === 0)
    return atValue(path, 'manifest', `expected a map of keys, found ${found(data)}`, 'start with version: 1')
  if (data === null) return atValue(path, 'value-empty', `${label(path)} is empty`, whenEmpty(expected, one))
  const message = `${label(path)}: expected ${expected.map((type) => names[type] ?? type).join(' or ')}, found ${found(data)}`
  return atValue(path, 'value-type', message, whenWrong(expected, data, one))
}

const names: Readonly<Record<string, string>> = {
  string: 'text',
  object: 'a map',
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  number: 'a number',
}

function found(data: unknown): string {
  if (Array.isArray(data)) return 'a list'
  if (isObject(data)) return 'a map'
  if (typeof data === 'string') return `the text ${quote(data)}`
  return typeof data === 'number' ? `the number ${data}` : `${data}`
}

function whenEmpty(expected: readonly string[], one: ErrorObject): string {
  if (expected.includes('array')) return 'write [] for an empty list, or remove the key'
  if (expected[0] === 'object') return 'write {} for an empty map, or remove the key'
  return describe(one)
}

function whenWrong(expected: readonly string[], data: unknown, one: ErrorObject): string {
  if (one.parentSchema?.title === 'Duration' && typeof data === 'number') return withUnit(data)
  if (one.parentSchema?.title === 'Duration') return 'write hours or minutes, from 1h to 12h, for example 8h or 90m'
  if (expected.includes('string') && typeof data === 'number')
    return `put it in quotes: "${data}", with any zeros in front that it has`
  if (expected.includes('string') && typeof data !== 'object') return `put it in quotes: "${data}"`
  if (expected.includes('array') && typeof data === 'string') return `write a list: [${data}]`
  if (expected.includes('boolean') && typeof data === 'string') return 'write true or false, without quotes'
  return describe(one)
}

// Only what can be meant is offered: a session lasts from 1 to 12 hours.
function withUnit(data: number): string {
  const inHours = (minutes: number) => (minutes % 60 === 0 ? `${minutes / 60}h` : `${minutes}m`)
  if (data >= 1 && data <= 12) return `add a unit: ${data}h for hours; from 1h to 12h`
  if (data >= 60 && data <= 720) return `${data} minutes are ${inHours(data)}; write hours or minutes, from 1h to 12h`
  if (data >= 3600 && data <= 43_200 && data % 60 === 0)
    return `${data} seconds are ${inHours(data / 60)}; write hours or minutes, from 1h to 12h`
  return 'write hours or minutes, from 1h to 12h, for example 8h or 90m'
}
