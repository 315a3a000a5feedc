import { address } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { OperationOf } from '../../model/operation.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Adoption, Drafting, Excluded, Found, Note, Verdicts } from '../adoption.ts'
import { sectionSize } from '../shared/adopt-rows.ts'
import { foreign } from '../shared/foreign.ts'
import { nicknames, reference } from '../shared/nicknames.ts'
import { addressOf } from './address.ts'
import { type Block, blocks, type Cell } from './rules.ts'

/** What rules may refer to. */
interface Declared {
  readonly users: JsonObject
  readonly groups: JsonObject
  readonly permission_sets: JsonObject
}

/** Every assignment of a declared set, in few rules; entries of `ignore` for what no rule can name. */
export const adoptAssignments: Adoption = {
  section: 'assignments',
  count: (manifest) => [sectionSize(manifest.assignments), 'assignment rule', 'assignment rules'],
  comment: () => ['Who gets what where.'],
  refused: () => [],

  // A name with an asterisk in it would ignore the assignments of others as well: the sets then stay somebody else's.
  refusedIgnore({ path: [, , index], why, draft }) {
    if (Number.isNaN(Number(index))) return [{ about: 'ignore', treatment: 'out', why }]
    const sets = Object.keys((draft.permission_sets ?? {}) as JsonObject)
    return sets.map((name) => ({ about: address('permission-set', name), treatment: 'external', why }))
  },

  draft({ found, verdicts, sections }: Drafting) {
    const declared = declaredIn(sections)
    const names = nicknames(found.facts)
    const active = new Set(found.facts.accounts.filter((one) => one.active).map((one) => one.id))
    const [reachable, asleep] = split(concerned(found, declared), ({ account }) => active.has(account))
    const [sayable, unsayable] = split(reachable, (spec) => isDeclared(spec, declared, verdicts))
    const ranked = rank(found, names)
    const [beside, managed] = split(sayable, (spec) => found.handover?.outside.has(addressOf(spec)) ?? false)
    const rulesOf = (specs: readonly AssignmentSpec[]) =>
      blocks(specs.map(cell))
        .map((block) => ordered(block, ranked))
        .sort((a, b) => (ruleKey(a, ranked) < ruleKey(b, ranked) ? -1 : 1))
    const first = rulesOf(managed)
    const rows = [...first, ...rulesOf(beside)]
    return {
      value: rows.map((block) => rule(block, names)),
      notes: rows.flatMap((block, index) =>
        commented(index, [
          ...(index < first.length ? [] : [`Not in ${found.handover?.from}.`]),
          ...everywhere(block, found),
        ]),
      ),
      left: [...gone(unsayable, found), ...sleeping(asleep, names)],
      ignore: ignoredPrincipals(unsayable, declared),
      accounts: new Set(sayable.map(({ account }) => account)),
    }
  },
}

function declaredIn({ users = {}, groups = {}, permission_sets = {} }: JsonObject): Declared {
  return { users, groups, permission_sets } as Declared
}

function concerned(found: Found, declared: Declared): readonly AssignmentSpec[] {
  const { groups: taken } = foreign(found)
  return [...found.live.assignment.values()]
    .map(({ spec }) => spec)
    .filter((spec) => Object.hasOwn(declared.permission_sets, spec.permission_set))
    .filter((spec) => !(spec.principal_type === 'group' && taken.has(spec.principal)))
}

function isDeclared(spec: AssignmentSpec, { users, groups }: Declared, verdicts: Verdicts): boolean {
  const names = spec.principal_type === 'user' ? users : groups
  return Object.hasOwn(names, spec.principal) && verdicts.get(cellKey(spec))?.treatment !== 'out'
}

/** Key of the verdict on one assignment. */
function cellKey(spec: AssignmentSpec): string {
  return `cell/${JSON.stringify(cell(spec))}`
}

function cell(spec: AssignmentSpec): Cell {
  return [`${spec.principal_type} ${spec.principal}`, spec.permission_set, spec.account]
}

function rule([principals, sets, accounts]: Block, names: ReadonlyMap<string, string>): JsonObject {
  const of = (type: string) => principals.flatMap((one) => (one.startsWith(type) ? [one.slice(type.length)] : []))
  const [users, groups] = [of('user '), of('group ')]
  return {
    ...(groups.length > 0 ? { groups } : {}),
    ...(users.length > 0 ? { users } : {}),
    permission_sets: sets,
    accounts: accounts.map((id) => reference(id, names)),
  }
}

type Ranked = (id: string) => string

// The management account first, then by what people call the accounts.
function rank({ facts }: Found, names: ReadonlyMap<string, string>): Ranked {
  return (id) => (id === facts.management ? '' : reference(id, names))
}

function ordered([principals, sets, accounts]: Block, ranked: Ranked): Block {
  return [principals, sets, [...accounts].sort((a, b) => (ranked(a) < ranked(b) ? -1 : 1))]
}

function ruleKey([principals, sets, accounts]: Block, ranked: Ranked): string {
  return JSON.stringify([sets, principals, accounts.map(ranked)])
}

function commented(index: number, texts: readonly string[]): Note[] {
  return texts.length > 0 ? [{ path: ['assignments', index], text: texts.join(' ') }] : []
}

function everywhere([, , accounts]: Block, { facts }: Found): readonly string[] {
  const members = facts.accounts.filter((one) => one.active && one.id !== facts.management)
  if (members.length < 3 || !members.every(({ id }) => accounts.includes(id))) return []
  const more = facts.management && accounts.includes(facts.management) ? '[all, management]' : '[all]'
  return [`These are all active accounts; accounts: ${more} also covers accounts created later.`]
}

function ignoredPrincipals(specs: readonly AssignmentSpec[], declared: Declared): readonly JsonObject[] {
  // Of a principal that is declared only single assignments can be left out.
  const entries = specs.map((spec) => {
    const names = spec.principal_type === 'user' ? declared.users : declared.groups
    const single = { permission_set: spec.permission_set, account: spec.account }
    return { [spec.principal_type]: spec.principal, ...(Object.hasOwn(names, spec.principal) ? single : {}) }
  })
  const once = new Map(entries.map((one) => [JSON.stringify(one), one]))
  return [...once].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

function gone(specs: readonly AssignmentSpec[], { live }: Found): readonly string[] {
  return tally(specs, ({ principal_type, principal }) => {
    const there = live[principal_type].has(address(principal_type, principal))
    const why = there ? 'it cannot be named in this file' : `the ${principal_type} no longer exists`
    return `of ${principal_type} ${principal} (${why}); listed under ignore, so that nothing is deleted`
  })
}

function sleeping(specs: readonly AssignmentSpec[], names: ReadonlyMap<string, string>): readonly string[] {
  return tally(specs, ({ account }) => `in account ${reference(account, names)}, which is not active`)
}

function tally(specs: readonly AssignmentSpec[], say: (spec: AssignmentSpec) => string): readonly string[] {
  const counts = new Map<string, number>()
  for (const spec of specs) counts.set(say(spec), (counts.get(say(spec)) ?? 0) + 1)
  return [...counts].sort().map(([text, count]) => `${count} assignment${count === 1 ? '' : 's'} ${text}`)
}

function split<T>(all: readonly T[], test: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(test), all.filter((one) => !test(one))]
}

/** An assignment that a plan would change is left out of the rules. */
export function excludedAssignment({ address: at, before, after }: OperationOf<'assignment'>): Excluded {
  const spec = before ?? after
  return { about: spec ? cellKey(spec) : at, treatment: 'out' }
}
