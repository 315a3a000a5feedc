import { fieldChanges } from '../kinds/fields.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Operation } from '../model/operation.ts'
import { type Phase, phases, phasesOf } from './order.ts'

/** What runs in one phase. */
export interface Turn {
  readonly phase: Phase
  readonly operations: readonly Operation[]
}

/** Operations as they are run: what ends somebody's access comes before all else, also where it is a part of an update. Pure. */
export function turns(operations: readonly Operation[]): readonly Turn[] {
  const when = phasesOf(operations)
  const parts = operations.flatMap((operation) => firstPart(operation) ?? [])
  return phases.map((phase) => {
    const whole = operations.filter(({ address }) => when.get(address) === phase).map(remainder)
    return { phase, operations: phase === 'revoke' ? [...parts, ...whole] : whole }
  })
}

/** The part of an update that is run by itself and first; undefined where there is none. */
function firstPart(operation: Operation): Operation | undefined {
  const { first, ...rest } = operation
  return first && ({ ...rest, fields: changes(operation, rest.before, first), after: first } as Operation)
}

/** An operation without its first part. */
function remainder(operation: Operation): Operation {
  const { first, urgent: _done, ...rest } = operation
  return first ? ({ ...rest, fields: changes(operation, first, rest.after), before: first } as Operation) : operation
}

function changes({ kind: name }: Operation, before: Operation['before'], after: Operation['after']) {
  const kind = kindNamed(name)
  return fieldChanges(before ?? {}, after ?? {}, kind)
}
