import { fieldChanges } from '../kinds/fields.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Operation } from '../model/operation.ts'

/** Operations as they are run: what ends somebody's access comes before all else, also where it is a part of an update. Pure. */
export function inSteps(operations: readonly Operation[]): readonly Operation[] {
  return [...operations.flatMap((operation) => firstPart(operation) ?? []), ...operations.map(remainder)]
}

/** The part of an update that is run by itself and first; undefined where there is none. */
export function firstPart(operation: Operation): Operation | undefined {
  const { first, ...rest } = operation
  return first && ({ ...rest, fields: changes(operation, rest.before, first), after: first } as Operation)
}

/** An operation without its first part. */
export function remainder(operation: Operation): Operation {
  const { first, urgent: _done, ...rest } = operation
  return first ? ({ ...rest, fields: changes(operation, first, rest.after), before: first } as Operation) : operation
}

function changes({ kind: name }: Operation, before: Operation['before'], after: Operation['after']) {
  const kind = kindNamed(name)
  return fieldChanges((before ?? {}) as never, (after ?? {}) as never, kind.same?.bind(kind))
}
