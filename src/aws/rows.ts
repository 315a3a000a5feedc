import { error, Refusal } from '../model/diagnostic.ts'
import { actionOf, type Definition, type OperationName, operations } from './operations.ts'

/**
 * The rows of an answer to a list. Half a list taken for a whole one would turn into creates and deletes, and so would a row that does not
 * say what it is about. Throws a Refusal where the list or a row is not whole. Pure.
 */
export function rowsOf(operation: OperationName, answer: unknown, input: unknown): readonly unknown[] {
  const { items = '', harmless, own = [], says = [], knows = {} }: Definition = operations[operation]
  const found = memberOf(answer, items)
  const rows = harmless ? (found ?? []) : found
  if (!Array.isArray(rows) || !rows.every((row) => isWhole(row, says))) throw incomplete(operation)
  for (const [member, words] of Object.entries(knows)) {
    const other = rows.map((row) => memberOf(row, member)).find((word) => !words.includes(word as string))
    if (other !== undefined) throw unknown(operation, `${member} ${other}`)
  }
  const isOwn = (row: unknown) => own.every((name) => memberOf(row, name) === memberOf(input, name))
  return own.length > 0 ? rows.filter(isOwn) : rows
}

function isWhole(row: unknown, says: readonly string[]): boolean {
  if (typeof row === 'string') return row !== ''
  return (
    typeof row === 'object' && row !== null && says.every((one) => one.split('|').some((path) => isSaid(row, path)))
  )
}

// Of all that has to be said, only the value of a tag may be empty.
function isSaid(row: object, path: string): boolean {
  const value = path.split('.').reduce<unknown>((at, name) => (at == null ? at : memberOf(at, name)), row)
  return typeof value === 'string' && (value !== '' || path === 'Value')
}

function memberOf(value: unknown, name: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[name]
}

/** Stops a run that got a part of a list. */
export function incomplete(operation: OperationName): Refusal {
  const { items }: Definition = operations[operation]
  return new Refusal(
    error('aws-error', `${actionOf(operation)} returned an incomplete list of ${items}`, {
      hint: 'nothing was changed; run this again, and if it persists check AWS_ENDPOINT_URL and what answers there',
    }),
  )
}

// What AWS has thought of since must not pass for the nearest thing that is known.
function unknown(operation: OperationName, what: string): Refusal {
  return new Refusal(
    error('aws-error', `${actionOf(operation)} returned a row of a kind that is not known here: ${what}`, {
      hint: 'nothing was changed; check AWS_ENDPOINT_URL and what answers there, and whether a newer sso-reconcile knows it',
    }),
  )
}
