import { expect, it } from 'vitest'
import { announced } from '../../../src/plan/announced.ts'
import { diff } from '../../../src/plan/diff.ts'
import { ordered } from '../../../src/plan/order.ts'
import { type Case, sidesOf, told } from './planning.ts'

/** A case and what its plan must hold. */
export interface Row extends Case {
  readonly name: string
  /** Every operation, in order, as `told` tells it. */
  readonly plan?: readonly string[]
  /** Why each delete is made, in the order of the plan; not looked at when left out. */
  readonly because?: readonly string[]
  /** Live things that are left alone; not looked at when left out. */
  readonly leaves?: readonly string[]
  /** Codes of what stands in the way or is to be known; none when left out. */
  readonly errors?: readonly string[]
}

/** One test a row. */
export function table(rows: readonly Row[]): void {
  for (const { name, plan, because, leaves, errors = [], ...one } of rows)
    it(name, async () => {
      const sides = await sidesOf(one)
      const { operations, unmanaged, diagnostics } = diff(sides)
      const inOrder = ordered(operations)
      expect([...announced(sides), ...diagnostics].map(({ code }) => code)).toEqual(errors)
      if (plan) expect(inOrder.map(told)).toEqual(plan)
      if (because) expect(inOrder.filter(({ verb }) => verb === 'delete').map(({ reason }) => reason)).toEqual(because)
      if (leaves) expect(unmanaged).toEqual(leaves)
    })
}
