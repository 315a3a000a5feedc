import {
  type Question,
  questionsOfAccount,
  questionsOfChange,
  questionsOfGroupsOf,
  questionsOfLosses,
  questionsOfUsers,
} from '../access/questions.ts'
import { protectedUsers } from '../kinds/shared/declares.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { PlanInput } from '../plan/diff.ts'
import type { Planned } from '../plan/plan.ts'

/** True for a refusal of a plan that would lock people out. Pure. */
export function isLockout({ code }: Diagnostic): boolean {
  return code.startsWith('lockout-')
}

/**
 * What has to be read before a plan can be judged and told: who is concerned by what it changes, and, where it would lock people out as
 * far as is known, whether somebody remains; `losses`: what those who lose something could do with it, too. Pure.
 */
export function questionsOf(
  { plan, end }: Planned,
  { live, manifest, facts }: PlanInput,
  losses = false,
): readonly Question[] {
  const { management, caller } = facts
  const doubtful = plan.refusals.some(isLockout)
  const isProtected = plan.refusals.some(({ code }) => code === 'protected')
  const accounts = doubtful ? [management, caller?.account].filter((id) => id !== undefined) : []
  return [
    ...questionsOfChange(live, end),
    ...(losses ? questionsOfLosses(live, end) : []),
    ...questionsOfUsers(live, Object.keys(manifest.manifest.revoked ?? {})),
    // Whether somebody protected is in a group that holds less decides whether the plan is refused.
    ...(isProtected ? questionsOfGroupsOf(live, protectedUsers(manifest.manifest)) : []),
    ...[...new Set(accounts)].flatMap((id) => questionsOfAccount(live, id)),
  ]
}
