import type { Kind } from '../../../src/kinds/kind.ts'
import type { Operation } from '../../../src/model/operation.ts'
import type { KindName } from '../../../src/model/specs.ts'
import type { Example } from './example.ts'

export type Check = (kind: Kind, example: Example, name: KindName) => Promise<readonly string[]>

/** A sentence where something does not hold. */
export function unless(holds: boolean, problem: string): readonly string[] {
  return holds ? [] : [problem]
}

export const isText = (value: unknown) => typeof value === 'string' && value.trim() !== ''

export function differs(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) !== JSON.stringify(b)
}

export function operationOn(operations: readonly Operation[], { address: at }: Example): Operation | undefined {
  return operations.find((one) => one.address === at)
}
