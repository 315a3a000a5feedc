import type { Plan } from '../../model/plan.ts'
import { shownIn } from '../../text/shown.ts'

/** A plan for people, with every text as `shown` but the values of fields: documents are shown as the lines that are made of them. Pure. */
export function shownPlan({ operations, ...rest }: Plan): Plan {
  return {
    ...shownIn(rest),
    operations: operations.map(({ fields, ...operation }) => ({ ...shownIn(operation), fields })),
  }
}
