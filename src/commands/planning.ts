import { type Question, questionsOfAccount, questionsOfChange, questionsOfUsers } from '../access/questions.ts'
import { answer } from '../kinds/answer.ts'
import { desiredGiven } from '../kinds/states.ts'
import type { Plan, Selection } from '../model/plan.ts'
import type { Sides } from '../plan/diff.ts'
import { type FileChange, fileChanges } from '../plan/file-changes.ts'
import type { Allowances } from '../plan/guard.ts'
import { makePlan, type Planned, type PlanOptions } from '../plan/plan.ts'
import { unrecorded } from '../revoke/unrecorded.ts'
import type { CommonOptions, Session } from './context.ts'
import type { Viewing } from './observe-cloud.ts'
import { whileReading } from './reading.ts'
import { type Survey, survey } from './survey.ts'

/** A plan, and what it was made from. */
export interface PlanMade {
  readonly plan: Plan
  readonly seen: Survey
  readonly changes: readonly FileChange[]
}

/** How a plan is made where it is not the plan of the whole manifest. */
export interface Planning extends Viewing {
  /** Both sides as far as the plan is about them. */
  readonly about?: (sides: Sides) => Sides
  /** What has to be read besides. */
  readonly asks?: (sides: Sides) => readonly Question[]
}

/** One look, and the plan that follows from it. What the plan turns out to concern is read too, before it is judged. */
export async function planNow(session: Session, allow: Allowances, planning: Planning = {}): Promise<PlanMade> {
  const { shell, options } = session
  return whileReading(shell, options, 'reading current state…', async () => {
    const seen = await survey(session, planning)
    const { planned, sides } = await judged(seen, optionsOf(session, seen, { allow, planning }), planning)
    const whole = { ...seen, sides }
    const { plan } = planned
    if (!plan.complete) return { plan, seen: whole, changes: [] }
    const { changes, refusals } = fileChanges(plan.operations, seen.files, sides.facts.owner)
    const lost = planning.user === undefined ? unrecorded(plan.operations, sides) : []
    const told = { diagnostics: [...plan.diagnostics, ...lost], refusals: [...plan.refusals, ...refusals] }
    return { plan: { ...plan, ...told }, seen: whole, changes }
  })
}

async function judged(
  { sides: first, cloud }: Survey,
  options: PlanOptions,
  { user, about = (sides) => sides, asks = () => [] }: Planning,
): Promise<{ readonly planned: Planned; readonly sides: Sides }> {
  for (let sides = about(first); ; ) {
    const planned = makePlan(sides, options)
    const open = cloud ? [...questionsOf(planned, sides), ...asks(sides)] : []
    if (!cloud || open.length === 0) return { planned, sides }
    const live = await answer(cloud.look, sides.live, open)
    const { manifest, facts } = sides
    const { desired: wanted } = cloud.look
    const all = user === undefined ? { wanted, isWhole: Object.keys(options.selection).length === 0 } : {}
    const desired = desiredGiven(wanted, { manifest, facts, live, ...all })
    sides = about({ ...sides, live, desired })
  }
}

/**
 * What has to be read before a plan can be judged and told: who is concerned by what it changes, and, where it would lock people out as
 * far as is known, whether somebody remains.
 */
function questionsOf({ plan, end }: Planned, { live, manifest, facts }: Sides): readonly Question[] {
  const { management, caller } = facts
  const doubtful = plan.refusals.some(({ code }) => code.startsWith('lockout-'))
  const accounts = doubtful ? [management, caller?.account].filter((id) => id !== undefined) : []
  return [
    ...questionsOfChange(live, end),
    ...questionsOfUsers(live, Object.keys(manifest.manifest.revoked ?? {})),
    ...[...new Set(accounts)].flatMap((id) => questionsOfAccount(live, id)),
  ]
}

function optionsOf(
  session: Session,
  { cloud, diagnostics }: Survey,
  { allow, planning: { user } }: { readonly allow: Allowances; readonly planning: Planning },
): PlanOptions {
  return {
    selection: user === undefined ? selectionOf(session.options) : { user },
    manifestDigest: session.manifestDigest,
    allow,
    diagnostics,
    // Without AWS there is nothing to miss.
    thorough: session.options.thorough || cloud === undefined,
  }
}

function selectionOf({ onlyWords, target }: CommonOptions): Selection {
  return { ...(onlyWords ? { only: onlyWords } : {}), ...(target ? { target } : {}) }
}
