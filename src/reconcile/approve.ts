import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { planFlags } from '../session/flags.ts'
import type { Runtime, Session } from '../session/runtime.ts'
import { plural } from '../text/count.ts'
import { type Reviewed, stale } from './stale.ts'

/** How a person approves a plan: by hand, blindly, or by naming the digest of the plan that was reviewed. */
export interface Approval {
  readonly yes: boolean
  /** First digits, at least 16, of the digest of a reviewed plan. */
  readonly expect?: string
  /** The saved plan that named the digest. */
  readonly reviewed?: Reviewed
}

/** A command that asks for an approval. */
export type Approving = 'apply' | 'grant' | 'revoke'

/** Undefined when the plan may run, else why it may not. A digest that does not match is never overridden by `--yes`. */
export async function approve(
  plan: Plan,
  session: Session,
  { yes, expect, reviewed }: Approval,
  command: Approving,
): Promise<Diagnostic | undefined> {
  if (expect !== undefined)
    return plan.digest.startsWith(expect)
      ? undefined
      : stale(plan, session, { expect, ...(reviewed ? { reviewed } : {}) })
  if (yes || plan.operations.length === 0) return undefined
  if (!session.runtime.terminal.interactive || session.options.format === 'json')
    return error('not-approved', `${command} needs a terminal to confirm; nothing was done`, {
      hint: `${afterReview(plan, session, command)}--yes to apply whatever is planned`,
    })
  return (await ask(plan, session))
    ? undefined
    : error('declined', 'not confirmed; nothing was done', {
        hint: `answer yes to apply, or edit ${session.options.file} first`,
      })
}

// Only apply takes a digest; whatever else asks has a plan of its own.
function afterReview({ digest, allowances }: Plan, { options }: Session, command: Approving): string {
  if (command !== 'apply') return 'read the plan, then pass '
  return `read the plan, then run sso-reconcile apply --expect ${digest.slice(0, 16)}${planFlags(options, allowances)}, or pass `
}

/** True when a person says yes, the whole word, to what was shown before. What could not be shown cannot be agreed to. */
export async function agreed({ delivered, terminal }: Runtime, question: string): Promise<boolean> {
  return (await delivered()) && (await terminal.ask(question)) === 'yes'
}

function ask({ operations }: Plan, { runtime }: Session): Promise<boolean> {
  const what = operations.length === 1 ? 'this change' : `these ${plural(operations.length, 'change')}`
  return agreed(runtime, `Apply ${what}? Only "yes" continues.`)
}
