import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { plural } from '../report/plan-text.ts'
import type { Session } from './context.ts'

/** How a person approves a plan: by hand, blindly, or by naming the digest of the plan that was reviewed. */
export interface Approval {
  readonly yes: boolean
  /** First digits, at least 16, of the digest of a reviewed plan. */
  readonly expect?: string
}

/** Undefined when the plan may run, else why it may not. A digest that does not match is never overridden by `--yes`. */
export async function approve(
  plan: Plan,
  session: Session,
  { yes, expect }: Approval,
): Promise<Diagnostic | undefined> {
  if (expect !== undefined) return plan.digest.startsWith(expect) ? undefined : stale(plan, expect)
  if (yes || plan.operations.length === 0) return undefined
  if (!session.shell.terminal.interactive || session.options.format === 'json')
    return error('not-approved', 'apply needs a terminal to confirm; nothing was done', {
      hint: `review the plan, then pass --expect ${plan.digest.slice(0, 16)}, or --yes to apply whatever the plan says`,
    })
  return (await ask(plan, session))
    ? undefined
    : error('declined', 'not confirmed; nothing was done', { hint: 'answer yes to apply, or change sso.yaml first' })
}

async function ask({ operations }: Plan, { shell }: Session): Promise<boolean> {
  const what = operations.length === 1 ? 'this change' : `these ${plural(operations.length, 'change')}`
  return (await shell.terminal.ask(`Apply ${what}? Only "yes" continues.`)) === 'yes'
}

function stale({ digest }: Plan, expect: string): Diagnostic {
  return error(
    'plan-stale',
    `the plan is no longer the one that was reviewed (expected ${expect}, now ${digest.slice(0, 16)}); nothing was done`,
    {
      hint: 'read the plan above; if it is right, use its digest',
    },
  )
}
