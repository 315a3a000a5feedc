import { type KindName, kindNames } from '../model/address.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Plan, Selection } from '../model/plan.ts'
import type { Entries } from '../model/state.ts'
import { accessChange } from './access.ts'
import { byHand } from './by-hand.ts'
import { type Difference, diff, type Sides } from './diff.ts'
import { digestOf } from './digest.ts'
import { type Allowances, guard } from './guard.ts'
import { ordered } from './order.ts'
import { restrict, unknownTargets } from './target.ts'
import { tryPlan } from './trial.ts'

/** What a plan is made of besides the two sides. */
export interface PlanOptions {
  readonly selection: Selection
  readonly manifestDigest: string
  readonly allow: Allowances
  readonly diagnostics: readonly Diagnostic[]
  readonly thorough: boolean
}

/** Compares, orders, tries and guards. Pure: the same sides give the same plan. */
export function makePlan(sides: Sides, options: PlanOptions): Plan {
  const difference = diff(sides)
  const { target = [] } = options.selection
  const chosen = target.length > 0 ? restrict(difference.operations, target) : difference.operations
  const operations = ordered(chosen)
  const problems = [...options.diagnostics, ...difference.diagnostics, ...unknownTargets(target, sides)]
  const trial = tryPlan(sides.live, operations)
  const blocked = problems.some((one) => one.severity === 'error')
  const guards = guard(sides.live, operations, sides.facts, inScope(sides, difference), options.allow)
  return {
    manifest: { file: sides.manifest.file, sha256: options.manifestDigest },
    selection: options.selection,
    ...(sides.facts.instance ? { instance: sides.facts.instance } : {}),
    complete: !blocked,
    operations,
    thorough: options.thorough,
    byHand: byHand(sides.manifest, operations, options.selection),
    unchanged: difference.unchanged,
    access: accessChange(sides.live, trial.end, sides.facts),
    refusals: blocked
      ? guards
      : [...trial.refusals, ...guards, ...misses(sides, operations, trial.end, target.length === 0)],
    diagnostics: problems,
    unmanaged: difference.unmanaged,
    digest: digestOf(sides.facts.instance, options.selection, operations),
  }
}

// A plan that would not end where the manifest points is a defect of ours; better refused than applied.
function misses(
  sides: Sides,
  operations: readonly Operation[],
  live: Sides['live'],
  selectsAll: boolean,
): Diagnostic[] {
  if (operations.length === 0) return []
  const planned = new Set(operations.map(({ address }) => address))
  const left = diff({ ...sides, live }).operations.filter(({ address }) => selectsAll || planned.has(address))
  return left.map(({ address, verb }) =>
    error(
      'plan-misses',
      `after this plan ${address} would still need ${verb === 'delete' ? 'deleting' : `to ${verb}`}`,
      {
        hint: 'this is a defect of sso-reconcile; please report it with the plan',
      },
    ),
  )
}

/** Live things in scope, by kind: those the manifest asks for and those it would remove. */
function inScope({ live, desired }: Sides, { operations }: Difference): ReadonlyMap<KindName, number> {
  return new Map(
    kindNames.map((kind) => {
      const [there, wanted]: [Entries, Entries] = [live[kind], desired[kind]]
      const kept = [...wanted.keys()].filter((at) => there.has(at)).length
      return [kind, kept + operations.filter((one) => one.kind === kind && one.verb === 'delete').length]
    }),
  )
}
