import { accessChange } from '../access/change.ts'
import type { Watch } from '../access/lockout.ts'
import { stillReached, stillReachedWords } from '../access/revoked.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { revokedUsers } from '../kinds/shared/revocation.ts'
import { type Address, shownAddress } from '../model/address.ts'
import { type Allowances, allowancesJson, readAllowances } from '../model/allowances.ts'
import { type Diagnostic, error, warning } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Plan, Selection } from '../model/plan.ts'
import type { KindName } from '../model/specs.ts'
import type { Entries, State } from '../model/state.ts'
import { about } from '../text/quote.ts'
import { addressesMeant } from './addresses.ts'
import { announced } from './announced.ts'
import { byHand } from './by-hand.ts'
import { changeOf } from './change.ts'
import { type Difference, diff, type PlanInput } from './diff.ts'
import { digestOf } from './digest.ts'
import { guard } from './guard.ts'
import { withKeeping } from './keeping.ts'
import { oddities } from './oddities.ts'
import { ordered } from './order.ts'
import { protection } from './protected.ts'
import { referencesOf } from './references.ts'
import { rolesThatGo } from './roles-lost.ts'
import { restrict, unknownTargets } from './target.ts'
import { tryPlan } from './trial.ts'

/** What a plan is made of besides the two sides. */
export interface PlanOptions {
  readonly selection: Selection
  readonly manifestDigest: string
  readonly allow: Allowances
  readonly diagnostics: readonly Diagnostic[]
  readonly thorough: boolean
  /** What a run has just deleted, and which a target may name all the same. */
  readonly gone?: ReadonlySet<string>
  /** Which of all changes it is about, of those that the selection means; all of them without one. */
  readonly choose?: (all: readonly Operation[], meant: (some: readonly Operation[]) => readonly Operation[]) => Chosen
}

/** Some of the changes, and what is said about those left out, by their addresses. */
export interface Chosen {
  readonly operations: readonly Operation[]
  readonly left: ReadonlyMap<Address, Diagnostic>
}

/** A plan with the states it leads from and to. */
export interface Planned {
  readonly plan: Plan
  readonly end: State
}

/** Compares, orders, tries and guards. Pure: the same sides give the same plan. */
export function makePlan(input: PlanInput, asked: PlanOptions): Planned {
  const options = { ...asked, selection: withAddresses(asked.selection, input) }
  const difference = diff(input)
  const { target = [] } = options.selection
  const meant = (all: readonly Operation[]) => (target.length > 0 ? restrict(all, target, input.desired) : all)
  const chosen = options.choose?.(difference.operations, meant)
  const bare = ordered(meant(chosen?.operations ?? difference.operations))
  const problems = [
    // What is due was announced by the plan that was reviewed.
    ...(options.selection.due ? [] : announced(input)),
    ...(options.selection.due ? aboutDue(difference, bare) : difference.diagnostics),
    ...(chosen ? meant(difference.operations).flatMap(({ address }) => chosen.left.get(address) ?? []) : []),
    ...options.diagnostics,
    ...unknownTargets(
      target.filter((one) => !options.gone?.has(one)),
      input,
    ),
    ...oddities(input, bare, target),
  ]
  const { end, refusals } = tryPlan(input.live, bare)
  const told = bare.map((operation) => withEffect(operation, input, end))
  const operations = options.selection.user === undefined ? told.map((one) => withKeeping(one, input)) : told
  const references = referencesOf(operations, input.live)
  const blocked = problems.some((one) => one.severity === 'error')
  const guards = [
    ...guard(input.live, operations, watchOf(input), inScope(input, difference), {
      ...options.allow,
      ...(options.selection.due ? { due: true } : {}),
    }),
    ...protection(input)({ live: input.live, end }),
  ]
  const missed = blocked
    ? []
    : [...refusals, ...guards, ...misses(input, operations, end, target.length === 0 && !options.choose)]
  const plan = {
    manifest: plannedManifest(input.manifest, options.manifestDigest),
    selection: options.selection,
    allowances: readAllowances(allowancesJson(options.allow)) ?? {},
    ...(input.facts.instance ? { instance: input.facts.instance } : {}),
    complete: !blocked,
    operations,
    references,
    thorough: options.thorough,
    byHand: byHand(input.manifest, operations, options.selection),
    unchanged: difference.unchanged,
    access: accessChange(input.live, end, input.facts),
    refusals: blocked ? guards : missed,
    diagnostics: [...problems, ...(options.selection.user === undefined ? besides(operations, input, end) : [])],
    unmanaged: difference.unmanaged,
    digest: digestOf(input.facts.instance, { ...options, operations, references }),
  }
  return { plan, end }
}

// What is wrong with kinds that no due change depends on holds none of them up: an application that is gone, a setting of the instance.
function aboutDue({ said }: Difference, due: readonly Operation[]): readonly Diagnostic[] {
  const kinds = new Set(due.flatMap(({ kind }) => [kind, ...kindNamed(kind).after]))
  return [...said].flatMap(([kind, all]) => (kinds.has(kind) ? all : all.map(asWarning)))
}

function asWarning(one: Diagnostic): Diagnostic {
  return { ...one, severity: 'warning' }
}

function withAddresses(selection: Selection, input: PlanInput): Selection {
  return selection.target ? { ...selection, target: addressesMeant(selection.target, input) } : selection
}

/** What is known beside the states when access is judged. */
export function watchOf({ facts, manifest }: Pick<PlanInput, 'facts' | 'manifest'>): Watch {
  return { facts, revoked: revokedUsers(manifest) }
}

// What a revocation takes away waits for no policy that names a role.
function besides(operations: readonly Operation[], input: PlanInput, end: State): readonly Diagnostic[] {
  return [...rolesThatGo(operations, input), ...stillRevoked(input, end)]
}

// Whoever is revoked and has access all the same is told of with each plan, until it is so no more.
function stillRevoked({ facts, manifest }: PlanInput, end: State): Diagnostic[] {
  return stillReached(end, revokedUsers(manifest)).map((one) => {
    const at = manifest.position(['revoked', one.user], 'key')
    return warning('revoked-still-reaches', stillReachedWords(one, end, facts), {
      hint: `run ${about('revoke', [one.user])} to see who manages each grant and what ends it`,
      ...(at ? { at } : {}),
    })
  })
}

// Numbers and names are those of the states before the plan and after it, whatever the manifest speaks of.
function withEffect(operation: Operation, input: PlanInput, end: State): Operation {
  const kind = kindNamed(operation.kind)
  const effect = kind.effect?.(operation.verb, operation.address, changeOf(operation, input, end))
  const attention = kind.attention?.(operation)
  return { ...operation, ...(effect ? { effect } : {}), ...(attention ? { attention } : {}) }
}

function plannedManifest({ file, parts = [] }: PlanInput['manifest'], sha256: string): Plan['manifest'] {
  const included = parts.slice(1).map((one) => one.file)
  return { file, sha256, ...(included.length > 0 ? { included } : {}) }
}

// A plan that would not end where the manifest points is a defect of ours; better refused than applied.
function misses(
  input: PlanInput,
  operations: readonly Operation[],
  live: PlanInput['live'],
  selectsAll: boolean,
): Diagnostic[] {
  if (operations.length === 0) return []
  const planned = new Set(operations.map(({ address }) => address))
  const left = diff({ ...input, live }).operations.filter(({ address }) => selectsAll || planned.has(address))
  return left.map(({ address, verb }) =>
    error('plan-misses', `after this plan ${shownAddress(address)} would still have to be ${verb}d`, {
      hint: 'this is a bug in sso-reconcile; please report it with the plan',
    }),
  )
}

/** Live things in scope, by kind: those the manifest asks for and those it would remove. */
function inScope({ live, desired }: PlanInput, { operations }: Difference): ReadonlyMap<KindName, number> {
  return new Map(
    kindNames.map((kind) => {
      const [there, declared]: [Entries, Entries] = [live[kind], desired[kind]]
      const kept = [...declared.keys()].filter((at) => there.has(at)).length
      return [kind, kept + operations.filter((one) => one.kind === kind && one.verb === 'delete').length]
    }),
  )
}
