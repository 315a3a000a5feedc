import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindNamed, kindNames } from '../../src/kinds/index.ts'
import type { Address } from '../../src/model/address.ts'
import type { Operation } from '../../src/model/operation.ts'
import type { KindName } from '../../src/model/specs.ts'
import { type Entries, entryAt, type State } from '../../src/model/state.ts'
import { diff, type PlanInput } from '../../src/plan/diff.ts'
import { ordered } from '../../src/plan/order.ts'
import { makePlan } from '../../src/plan/plan.ts'
import { tryPlan } from '../../src/plan/trial.ts'
import { manifest, world } from '../support/planning/arbitrary.ts'
import { sidesOf } from '../support/planning/planning.ts'
import type { World } from '../support/planning/world.ts'

const cases = fc.tuple(manifest, world)
const options = { selection: {}, manifestDigest: '', allow: {}, diagnostics: [], thorough: true }

describe('for any manifest and any live world', () => {
  it('what a plan leads to needs no plan, and every operation finds what it needs', () =>
    check(async ([text, live]) => {
      const input = await sidesOf({ manifest: text, live })
      const operations = ordered(diff(input).operations)
      const { end, refusals } = tryPlan(input.live, operations)
      expect(refusals.filter(({ message }) => !staysInUse(message))).toEqual([])
      expect(diff({ ...input, live: end }).operations).toEqual([])
    }))

  it('the order in which live things were read makes no difference', () =>
    fc.assert(
      fc.asyncProperty(
        cases,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async ([text, live], dice) => {
          const input = await sidesOf({ manifest: text, live })
          const shuffled = { ...input, live: shuffle(input.live, dice) }
          expect(makePlan(shuffled, options).plan).toEqual(makePlan(input, options).plan)
        },
      ),
      { numRuns: 100 },
    ))

  it('only what is ours, is named under absent or hangs on something that leaves is deleted', () =>
    check(async ([text, live]) => {
      const input = await sidesOf({ manifest: text, live })
      const deletes = diff(input).operations.filter(({ verb }) => verb === 'delete')
      const gone = new Set(deletes.map(({ address }) => address))
      const unexplained = deletes.filter(
        (one) => !(isOurs(one, input) || isAbsent(one, input) || isNoLongerListed(one, input)) && !follows(one, gone),
      )
      expect(unexplained).toEqual([])
    }))

  it('whatever hangs on a thing is deleted before it, and created after it', () =>
    check(async ([text, live]) => {
      const operations = ordered(diff(await sidesOf({ manifest: text, live })).operations)
      const place = new Map(operations.map(({ address }, index) => [address, index]))
      const at = (one: Address) => place.get(one) ?? -1
      for (const { address, verb, needs } of operations)
        for (const need of needs.filter((one) => operations[at(one)]?.verb === verb))
          expect(verb === 'delete' ? at(address) < at(need) : at(need) < at(address)).toBe(true)
    }))

  it('nothing is taken away in Identity Center before all else is done', () =>
    check(async ([text, live]) => {
      const operations = ordered(diff(await sidesOf({ manifest: text, live })).operations)
      const first = operations.findIndex(takesFromPeople)
      const after = first < 0 ? [] : operations.slice(first)
      expect(after.filter(({ verb }) => verb === 'create')).toEqual([])
    }))
})

function check(property: (one: [string, World]) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(cases, property), { numRuns: 150 })
}

// A session that profiles of somebody else still name is refused, and rightly so.
function staysInUse(message: string): boolean {
  return /^cannot delete sso-session\/.* still needs? it$/.test(message)
}

function isOurs({ address }: Operation, { live }: PlanInput): boolean {
  return entryAt(live, address)?.mark === 'sso-reconcile'
}

function isAbsent({ address }: Operation, { manifest: { manifest } }: PlanInput): boolean {
  const name = address.slice(address.indexOf('/') + 1)
  return Object.values(manifest.absent ?? {}).some((names) => names?.includes(name))
}

// Lists of members and of assignments are the whole truth for the groups and sets they are about.
function isNoLongerListed({ kind, before }: Operation, { manifest: { manifest } }: PlanInput): boolean {
  if (kind === 'membership') return manifest.groups?.[before?.group ?? '']?.members !== undefined
  if (kind !== 'assignment') return false
  return manifest.assignments !== undefined && manifest.permission_sets?.[before?.permission_set ?? ''] !== undefined
}

function follows({ kind, needs }: Operation, gone: ReadonlySet<Address>): boolean {
  return (kind === 'membership' || kind === 'assignment') && needs.some((need) => gone.has(need))
}

function takesFromPeople({ kind, verb }: Operation): boolean {
  return verb === 'delete' && kindNamed(kind).side === 'cloud'
}

function shuffle(state: State, dice: Iterator<number>): State {
  const turned = (entries: Entries) =>
    new Map(
      [...entries]
        .map((entry) => ({ entry, key: dice.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ entry }) => entry),
    )
  return { ...state, ...Object.fromEntries(kindNames.map((kind: KindName) => [kind, turned(state[kind])])) }
}
