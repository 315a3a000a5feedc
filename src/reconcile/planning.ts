import type { Question } from '../access/questions.ts'
import { answer } from '../kinds/answer.ts'
import { refinedDesired } from '../kinds/states.ts'
import type { Allowances } from '../model/allowances.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Limit } from '../model/limit.ts'
import type { Plan, Selection } from '../model/plan.ts'
import { diff, type PlanInput } from '../plan/diff.ts'
import { type FileChange, fileChanges } from '../plan/file-changes.ts'
import { lockout } from '../plan/lockout.ts'
import { makePlan, type Planned, type PlanOptions, watchOf } from '../plan/plan.ts'
import { unrecorded } from '../revoke/unrecorded.ts'
import { repeatedFlags, withFlags } from '../session/flags.ts'
import { whileReading } from '../session/reading.ts'
import { remarking } from '../session/remarking.ts'
import type { CommonOptions, Runtime, Session } from '../session/runtime.ts'
import { dueOf, type LocksOut } from './due.ts'
import { machineProofs } from './machine-notes.ts'
import { type Observed, observe } from './observe.ts'
import type { ObserveOptions } from './observe-cloud.ts'
import { isLockout, questionsOf } from './plan-questions.ts'
import { withPolicyChecks } from './policy-checks.ts'
import { withRightsJudged } from './rights.ts'
import { otherStartUrl } from './start-url.ts'
import { targetedSession } from './targeted-session.ts'
import { timedRefusals } from './timed.ts'
import { unchangeable } from './unchangeable.ts'

/** A plan, and what it was made from. */
export interface PlanResult {
  readonly plan: Plan
  readonly observed: Observed
  readonly changes: readonly FileChange[]
}

/** How a plan is made where it is not the plan of the whole manifest. */
export interface Planning extends ObserveOptions {
  /** Both sides as far as the plan is about them. */
  readonly about?: (input: PlanInput) => PlanInput
  /** Actions of which it must not give anybody more, besides those that the manifest names. */
  readonly limits?: readonly Limit[]
  /** What was deleted before this look. */
  readonly gone?: ReadonlySet<string>
  /** Ends the look where it is waited for no longer. */
  readonly until?: AbortSignal
  /** What has to be read besides. */
  readonly asks?: (input: PlanInput) => readonly Question[]
}

/** One look, and the plan that follows from it. What the plan turns out to concern is read too, before it is judged. */
export async function planNow(session: Session, allow: Allowances, planning: Planning = {}): Promise<PlanResult> {
  // Where targets need little of the manifest, only that is looked at; a plan that would be refused is made again from all of it.
  const targeted = targetedSession(session, planning)
  if (!targeted) return planOnce(session, allow, planning)
  const { remark } = remarking(session)
  remark?.('reading only what a plan for the targets needs')
  const made = await planOnce(targeted.session, allow, { ...planning, headersOnly: true })
  const isRefused = !made.plan.complete || made.plan.refusals.length > 0
  if (!isRefused || isAboutNothing(made.plan)) return { ...made, plan: targeted.told(made.plan) }
  remark?.('the plan for the targets would be refused: making it again from everything')
  return planOnce(session, allow, planning)
}

/** True where all that keeps a plan from being made is that its targets name nothing: what is targeted was read, and no more tells otherwise. */
function isAboutNothing({ diagnostics, refusals }: Plan): boolean {
  const fatal = [...diagnostics.filter(({ severity }) => severity === 'error'), ...refusals]
  return fatal.length > 0 && fatal.every(({ code }) => code === 'target-unknown')
}

async function planOnce(session: Session, allow: Allowances, planning: Planning): Promise<PlanResult> {
  const { runtime, options, route } = session
  const look = () => lookAndPlan(session, allow, planning)
  const made = await whileReading(runtime, options, route, 'reading current state…', look, planning.until)
  const rehearsed = route.sandbox ? { sandbox: true as const } : {}
  return { ...made, plan: { ...inTheSameWords(made.plan, options), ...rehearsed } }
}

async function lookAndPlan(session: Session, allow: Allowances, planning: Planning): Promise<PlanResult> {
  const { runtime } = session
  const observed = await observe(session, planning)
  const { planned, input } = await judged(
    observed,
    optionsOf(session, observed, { allow, planning }),
    planning,
    runtime,
  )
  const whole = { ...observed, input }
  if (!planned.plan.complete) return { plan: planned.plan, observed: whole, changes: [] }
  const checked = await withPolicyChecks(planned, whole)
  const plan = await withRightsJudged(checked, input, planned, planning.limits)
  return runtime.busy(() => withFiles(session, whole, { ...planned, plan }, planning))
}

/** What is said beside a plan suggests commands that mean the same manifest and the same AWS. */
function inTheSameWords(plan: Plan, options: CommonOptions): Plan {
  const flags = repeatedFlags(options)
  return { ...plan, diagnostics: withFlags(plan.diagnostics, flags), refusals: withFlags(plan.refusals, flags) }
}

/** A plan with what it does to files, and with what the look besides it tells and refuses. */
function withFiles(session: Session, observed: Observed, planned: Planned, planning: Planning): PlanResult {
  const { plan } = planned
  const { input, files } = observed
  const { changes, refusals } = fileChanges(plan.operations, files, input.facts.owner)
  const lost = planning.user === undefined ? unrecorded(plan.operations, input) : []
  const timed = timedRefusals(plan, input, planning)
  const fixed = [...refusals, ...unchangeable(changes, files)]
  // Of a file that cannot be edited nothing is known but that.
  const proofs = fixed.length > 0 ? [] : proven(session, observed, planned, changes)
  const isFatal = ({ severity }: Diagnostic) => severity === 'error'
  const told = {
    diagnostics: [...plan.diagnostics, ...lost, ...proofs.filter((one) => !isFatal(one))],
    refusals: [...plan.refusals, ...timed, ...fixed, ...proofs.filter(isFatal)],
  }
  return { plan: { ...plan, ...told }, observed, changes }
}

/** What of this machine will not be as desired, judged by its files as the plan leaves them. */
function proven(
  session: Session,
  { input, files, beside, shells }: Observed,
  { plan, end }: Planned,
  changes: readonly FileChange[],
): readonly Diagnostic[] {
  const after = new Map(changes.map((one) => [one.path, one.after]))
  const texts = new Map([...files].map(([name, { path, text }]) => [name, { path, text: after.get(path) ?? text }]))
  // A partial plan leaves things as they are although they differ.
  const left = plan.selection.target || plan.selection.due ? diff({ ...input, live: end }).operations : []
  const open = new Set(left.map(({ address }) => address))
  const { desired, live, facts } = input
  return machineProofs(session, texts, beside, { desired, live, facts, shells }, (at) => !open.has(at))
}

async function judged(
  { input: first, cloud }: Observed,
  options: PlanOptions,
  planning: Planning,
  { busy }: Pick<Runtime, 'busy'>,
): Promise<{ readonly planned: Planned; readonly input: PlanInput }> {
  const { user, about = (input) => input, asks = () => [], headersOnly } = planning
  const make = (input: PlanInput, locksOut?: LocksOut) =>
    busy(() => {
      const choose = options.selection.due ? { choose: dueOf(input, planning, options.selection, locksOut) } : {}
      return makePlan(input, { ...options, ...choose })
    })
  for (let input = about(first); ; ) {
    const planned = await make(input)
    const open = cloud ? await busy(() => [...questionsOf(planned, input, headersOnly), ...asks(input)]) : []
    if (!cloud || open.length === 0) {
      // By now all was read that can tell whether somebody remains.
      const isHeldUp = options.selection.due && planned.plan.refusals.some(isLockout)
      const watch = watchOf(input)
      return { planned: isHeldUp ? await make(input, (state, one) => lockout(state, one, watch)) : planned, input }
    }
    const live = await answer(cloud.context, input.live, open)
    const { manifest, facts } = input
    const { desired: allDesired } = cloud.context
    const all = user === undefined ? { allDesired, isWhole: Object.keys(options.selection).length === 0 } : {}
    const desired = await busy(() => refinedDesired(allDesired, { manifest, facts, live, ...all }))
    input = about({ ...input, live, desired })
  }
}

function optionsOf(
  session: Session,
  { cloud, diagnostics }: Observed,
  { allow, planning: { user, gone } }: { readonly allow: Allowances; readonly planning: Planning },
): PlanOptions {
  return {
    selection: user === undefined ? selectionOf(session.options) : { user },
    manifestDigest: session.manifestDigest,
    allow,
    // The end of somebody's access does not wait for an address.
    diagnostics: [...diagnostics, ...(user === undefined ? startUrlProblems(session, cloud) : [])],
    // Without AWS there is nothing to miss.
    thorough: session.options.thorough || cloud === undefined,
    ...(gone ? { gone } : {}),
  }
}

// A sandbox makes up an Identity Center, whose address no file can know.
function startUrlProblems({ manifest, route }: Session, cloud: Observed['cloud']): readonly Diagnostic[] {
  return cloud && !route.sandbox ? otherStartUrl(manifest, cloud.context.facts) : []
}

function selectionOf({ only, target, due }: CommonOptions): Selection {
  return { ...(only ? { only } : {}), ...(target ? { target } : {}), ...(due ? { due } : {}) }
}
