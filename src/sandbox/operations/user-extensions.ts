import { isObject, type Json, type JsonObject } from '../../model/json.ts'
import type { ServiceTable } from '../api/table.ts'
import { violationsOf } from '../api/validate.ts'
import type { Choices } from '../faults/choices.ts'
import { invalid } from '../service-error.ts'

/** The one extension there is. Source: the model (CreateUser, DescribeUser, ListUsers). */
const enterprise = 'aws:identitystore:enterprise'

/**
 * Checks the extensions that a request names.
 * @throws ServiceError ValidationException for one that does not exist.
 */
export function checkNames(names: readonly string[], { extensions }: Choices): void {
  const [other] = extensions === 'refused' ? names : names.filter((name) => name !== enterprise)
  if (other !== undefined && extensions !== 'ignored') throw invalid(`The extension ${other} is not supported.`)
}

/** Extensions of a user after a change at a path, each member by itself; an extension without members is none. */
export function withChange(extensions: JsonObject, path: string, value: Json | undefined): JsonObject {
  const [name = '', ...members] = path.split('.')
  return changed(extensions, [name, ...members], value)
}

function changed(holder: JsonObject, [member = '', ...more]: readonly string[], value: Json | undefined): JsonObject {
  const { [member]: held, ...rest } = holder
  const next = more.length === 0 ? value : changed(isObject(held) ? held : {}, more, value)
  return next === undefined || isEmpty(next) ? rest : { ...rest, [member]: next }
}

function isEmpty(value: Json): boolean {
  return isObject(value) && Object.keys(value).length === 0
}

/** What keeps the texts in extensions from being texts of attributes; none where nothing does. */
export function textViolations(table: ServiceTable, value: Json, path = 'extensions'): readonly string[] {
  if (typeof value === 'string') return violationsOf(table, 'SensitiveStringType', value, path)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => textViolations(table, inner, `${path}.${key}`))
}
