import type { Outcomes } from '../apply/progress.ts'
import { run } from '../apply/run.ts'
import { shownAddress } from '../model/address.ts'
import type { Allowances } from '../model/allowances.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Plan } from '../model/plan.ts'
import { watchOf } from '../plan/plan.ts'
import { commandFlags, withFlags } from '../session/flags.ts'
import { reportIn } from '../session/report-in.ts'
import type { Session } from '../session/runtime.ts'
import { listed } from '../text/list.ts'
import { fileWriter } from './file-writer.ts'
import type { Observed } from './observe.ts'
import type { Planning, PlanResult } from './planning.ts'
import type { Progress } from './progress.ts'
import { type Closing, lookAgain } from './verify.ts'

/** An approved plan that was run. */
export interface CarriedOut {
  /** True when everything was done and a new look found it as desired. */
  readonly succeeded: boolean
  readonly outcomes: Outcomes
  /** What the new look found; absent when there was none. */
  readonly after?: PlanResult
}

/** Runs an approved plan and proves it by a new look. */
export async function carryOut(
  plan: Plan,
  observed: Observed,
  session: Session,
  options: Allowances,
  progress: Progress,
  planning: Planning = {},
): Promise<CarriedOut> {
  const { runtime } = session
  const { clock, interrupted } = runtime
  const started = clock.now().getTime()
  const outcomes = await run(plan.operations, {
    live: observed.input.live,
    watch: watchOf(observed.input),
    ...(await writerOf(observed, session)),
    write: fileWriter(observed, session),
    clock,
    interrupted,
    allowLockout: options.allowLockout ?? false,
    onEvent: progress.event,
    onOver: progress.over,
  })
  const seen: Closing = interrupted.aborted
    ? { left: [] }
    : await lookAgain(
        outcomes,
        sameTargets(session, plan),
        options,
        { ...planning, gone: deleted(plan, outcomes) },
        plan.diagnostics,
      )
  const left = withFlags(seen.left, commandFlags(session.options))
  reportIn(session, [...madeByOthers(outcomes), ...left])
  const seconds = Math.round((clock.now().getTime() - started) / 1000)
  const proven = left.length === 0 && !interrupted.aborted
  progress.finished(plan, outcomes, { seconds, proven, left, facts: observed.input.facts })
  const done = [...outcomes.values()].every(({ result }) => result === 'done')
  return { succeeded: done && left.length === 0, outcomes, ...(seen.made ? { after: seen.made } : {}) }
}

// As the plan understood them: a nickname may lead to nothing once the thing is gone.
function sameTargets(session: Session, { selection: { target } }: Plan): Session {
  return target ? { ...session, options: { ...session.options, target } } : session
}

function deleted({ operations }: Plan, outcomes: Outcomes): ReadonlySet<string> {
  const done = operations.filter(({ verb, address: at }) => verb === 'delete' && outcomes.get(at)?.result === 'done')
  return new Set(done.map(({ address }) => address))
}

async function writerOf({ cloud, input }: Observed, { runtime }: Session) {
  const instance = input.facts.instance
  if (!cloud || !instance) return {}
  const { writer } = await import('../aws/writer.ts')
  return { writer: writer(cloud.transport, runtime.clock, instance.arn, runtime.interrupted) }
}

// What another run has made as it was to be is done, and two runs at a time are told all the same.
function madeByOthers(outcomes: Outcomes): readonly Diagnostic[] {
  const made = [...outcomes].flatMap(([at, one]) => (one.result === 'done' && one.how === 'another run' ? [at] : []))
  if (made.length === 0) return []
  const message = `another run of this or another tool seems to be changing this account now: it changed ${listed(made.map(shownAddress), 5)} in the same way at the same time`
  const hint = 'run one at a time; sso-reconcile plan shows whether anything is left to do'
  return [warning('another-run', message, { hint })]
}
