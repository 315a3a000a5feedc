import type { DeleteContext, DeleteReason } from '../kinds/contexts.ts'
import { desiredSpec, fieldChanges } from '../kinds/fields.ts'
import { ignored } from '../kinds/ignore.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, kindOf } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Operation } from '../model/operation.ts'
import type { KindName } from '../model/specs.ts'
import { type Entries, type Entry, type State, sortedEntries } from '../model/state.ts'
import { withTakeovers } from './takeover.ts'

/** What differs, and what is said about it. */
export interface Difference {
  readonly operations: readonly Operation[]
  /** Desired things that already are as desired. */
  readonly unchanged: number
  /** Live things that nobody asked for and that stay. */
  readonly unmanaged: readonly Address[]
  readonly diagnostics: readonly Diagnostic[]
  /** The same by the kinds that they are about. */
  readonly said: ReadonlyMap<KindName, readonly Diagnostic[]>
}

/** Both sides, and what is needed to judge the difference. */
export interface PlanInput {
  readonly manifest: LoadedManifest
  readonly facts: Facts
  readonly desired: State
  readonly live: State
  /** Kinds that may be changed. */
  readonly selected: ReadonlySet<KindName>
}

/** Compares what is desired with what is live. Pure, and independent of the order in which either was read. */
export function diff(input: PlanInput): Difference {
  const leaving = new Set<Address>()
  const parts = kindNames.map((name) => {
    const part = diffKind(name, input, leaving)
    for (const at of part.leaving) leaving.add(at)
    return part
  })
  return {
    operations: withTakeovers(
      parts.flatMap((part) => part.operations),
      input.live,
    ),
    unchanged: parts.reduce((sum, part) => sum + part.unchanged, 0),
    unmanaged: parts.flatMap((part) => part.unmanaged).sort(),
    diagnostics: parts.flatMap((part) => part.diagnostics),
    said: new Map(kindNames.map((name, index) => [name, parts[index]?.diagnostics ?? []])),
  }
}

/** What differs of one kind, and what of it leaves: deleted now, or as soon as it can be. */
interface Part extends Omit<Difference, 'said'> {
  readonly leaving: readonly Address[]
}

const nothing: Part = { operations: [], unchanged: 0, unmanaged: [], diagnostics: [], leaving: [] }

function diffKind(name: KindName, input: PlanInput, leaving: ReadonlySet<Address>): Part {
  if (!input.selected.has(name)) return nothing
  const kind = kindNamed(name)
  const [desired, live] = [sortedEntries(input.desired[name]), sortedEntries(input.live[name])]
  const changes = desired.flatMap(([at, entry]) => changeOf(at, entry, input) ?? [])
  const context: DeleteContext = { ...input, leaving }
  const others = live.filter(([at, entry]) => !input.desired[name].has(at) && !ignored(at, entry, input.manifest))
  const judged = others.map(([at, entry]) => ({ at, entry, why: kind.deleteReason(at, entry, context) }))
  const going = judged.filter(({ why }) => why !== undefined)
  const blocked = going.filter(({ why }) => why?.blocked)
  const deletes = going.flatMap(({ at, entry, why }) => (why && !why.blocked ? [deletion(at, entry, why)] : []))
  // What is deleted or changed by this plan no longer holds its unique values when the plan is through.
  const givenUp = new Set([...changes, ...deletes].map((one) => one.address))
  return {
    operations: [...changes, ...deletes],
    unchanged: desired.length - changes.length,
    // What nothing can be done about is told of with its account.
    unmanaged: judged.flatMap(({ at, entry, why }) => (entry.inert || (why && !why.blocked) ? [] : [at])),
    diagnostics: [
      ...(kind.problems?.(input) ?? []),
      ...(kind.blocked?.(
        blocked.map(({ at, entry }) => [at, entry]),
        input,
      ) ?? []),
      ...desired.flatMap(([at, entry]) => kind.conflicts?.(at, entry, input.live[name], givenUp) ?? []),
    ],
    leaving: going.map(({ at }) => at),
  }
}

function changeOf(at: Address, desired: Entry, input: PlanInput): Operation | undefined {
  const kind = kindNamed(kindOf(at))
  const entries: Entries = input.live[kind.name]
  const live = entries.get(at)
  if (desired.external) return undefined
  const after = desiredSpec(kind, live?.spec, desired)
  const fields = fieldChanges(live?.spec ?? {}, after, kind)
  if (live && fields.length === 0) return undefined
  const urgent = live && kind.urgentPart?.(live.spec, after)
  const restricts = live && kind.restricts?.(live.spec, after, input.live)
  const isPart = urgent && fieldChanges(urgent, after, kind).length > 0
  return {
    kind: kind.name,
    address: at,
    verb: live ? 'update' : 'create',
    reason: desired.reason ?? (live ? `differs from ${input.manifest.file}` : `declared in ${input.manifest.file}`),
    fields,
    needs: kind.needs(at, after, input.desired),
    ...(restricts ? { restricts } : {}),
    ...(urgent ? { urgent: true } : {}),
    ...(isPart ? { first: urgent } : {}),
    ...(desired.was ? { replaces: desired.was } : {}),
    ...(desired.at ? { at: desired.at } : {}),
    ...(live ? { before: live.spec } : {}),
    after,
  } as Operation
}

function deletion(at: Address, { spec }: Entry, { reason, named, urgent }: DeleteReason): Operation {
  const kind = kindNamed(kindOf(at))
  return {
    kind: kind.name,
    address: at,
    verb: 'delete',
    reason,
    fields: fieldChanges(spec, {}, kind).filter(({ path }) => kind.tells?.(path) ?? true),
    needs: kind.needs(at, spec),
    ...(named ? { named } : {}),
    ...(urgent ? { urgent } : {}),
    before: spec,
  } as Operation
}
