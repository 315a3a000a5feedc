import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { chosen } from '../../src/adopt/differing.ts'
import { edited, saysTheSame } from '../../src/adopt/edited.ts'
import { withIgnored, withLive } from '../../src/adopt/next.ts'
import { cloudKinds } from '../../src/kinds/index.ts'
import { Refusal } from '../../src/model/diagnostic.ts'
import type { Json, JsonObject } from '../../src/model/json.ts'
import { diff } from '../../src/plan/diff.ts'
import { withKeeping } from '../../src/plan/keeping.ts'
import { manifest, world } from '../support/planning/arbitrary.ts'
import { sidesOf } from '../support/planning/planning.ts'
import { management, type World } from '../support/planning/world.ts'

const only = cloudKinds.map(({ name }) => name)
const head = 'version: 1\nidentity_center: { region: eu-west-1 }\n'

/**
 * The text once all that differs is adopted, in as many rounds as the command has, with what its advice says to adopt together; the codes
 * of what stands in the way otherwise.
 */
async function adopted(text: string, live: World): Promise<string | readonly string[]> {
  let current = text
  const together = new Set<string>()
  for (let round = 0; round < 20; round++) {
    const sides = await sidesOf({ manifest: current, live, only })
    const { operations } = diff(sides)
    if (operations.length === 0) return current
    const words = [...new Set([...operations.map(({ address }) => address), ...together])]
    const { differing } = chosen(words, operations, sides)
    const advised: string[] = []
    const command = (addresses: readonly string[]) => {
      advised.push(...addresses.filter((one) => !words.includes(one)))
      return 'sso-reconcile adopt'
    }
    const value = plain(sides.manifest.manifest)
    try {
      const next = withLive(differing, operations, { value, loaded: sides.manifest, facts: sides.facts, command })
      const { file } = sides.manifest
      const changed = edited(new Map([[file, current]]), sides.manifest, next).get(file) ?? ''
      const read = await sidesOf({ manifest: changed, live, only })
      expect(saysTheSame(plain(read.manifest.manifest), next)).toBe(true)
      current = changed
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown
      // The command refuses a text that the manifest's own rules refuse as well.
      if (advised.length === 0)
        return [thrown.diagnostics.every(({ code }) => code.startsWith('adopt-')) ? 'adopt-refused' : 'adopt-invalid']
      for (const one of advised) together.add(one)
    }
  }
  const { operations } = diff(await sidesOf({ manifest: current, live, only }))
  return operations.map(({ verb, address, fields }) => `${verb} ${address} ${fields.map(({ path }) => path).join(' ')}`)
}

function plain(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value) as string) as Json as JsonObject
}

/** Every user of AWS has these names; what accounts still have of older versions no file can say. */
const named = world.map((live) => ({
  ...live,
  permission_sets: Object.fromEntries(
    Object.entries(live.permission_sets ?? {}).map(([name, { outdated_in: _none, ...row }]) => [name, row]),
  ),
  users: Object.fromEntries(
    Object.entries(live.users ?? {}).map(([name, row]) => [
      name,
      { given_name: name, family_name: 'Y', display_name: `${name} Y`, ...row },
    ]),
  ),
}))

it('whatever differs, to adopt all of it leads to an empty plan, or is refused with a reason', async () => {
  const ends = { empty: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(manifest, named, async (declared, live) => {
      const end = await adopted(head + declared.replace(/^local: .*\n/m, ''), live)
      if (typeof end === 'string') ends.empty++
      else {
        ends.refused++
        expect(['adopt-invalid', 'adopt-refused']).toEqual(expect.arrayContaining([...end]))
      }
    }),
    { numRuns: 150 },
  )
  expect(ends.empty).toBeGreaterThan(ends.refused)
})

/** A part of a manifest that is written in lines of its own. */
interface Piece {
  readonly at: readonly [section: string, entry?: string]
  readonly value: unknown
  readonly lines: string
}

/** A manifest with every entry and every rule in lines of its own, comments before them and beside them. */
function pieces(text: string): readonly Piece[] {
  return Object.entries(parse(text) as Record<string, unknown>).flatMap(([section, value]) => {
    if (typeof value !== 'object' || value === null || Object.keys(value).length === 0)
      return [{ at: [section], value, lines: stringify({ [section]: value }) }]
    const entries = Object.entries(value as object)
    return entries.map(([entry, one], index): Piece => {
      const body = stringify(Array.isArray(value) ? [one] : { [entry]: one }, { lineWidth: 0 })
      const inner = body.replace(/^/gm, '  ').trimEnd()
      const lines = `  # of ${section} ${index}\n${inner.replace(/(: [\w@.-]+)$/m, '$1   # beside')}\n`
      return { at: [section, entry], value: one, lines: index === 0 ? `${section}: # all\n${lines}` : lines }
    })
  })
}

it('touches no other byte than those of what differs', async () => {
  let [kept, changed] = [0, 0]
  await fc.assert(
    fc.asyncProperty(manifest, named, async (declared, live) => {
      const all = pieces(head + declared.replace(/^local: .*\n/m, ''))
      const before = `# the beginning\n${all.map(({ lines }) => lines).join('')}# the end\n`
      const after = await adopted(before, live)
      if (typeof after !== 'string') return
      if (after !== before) changed++
      const value = parse(after) as Record<string, Record<string, unknown> | readonly unknown[]>
      for (const { at, value: own, lines } of all) {
        const [section, entry] = at
        const there = value[section]
        const isSame = Array.isArray(there)
          ? there.some((one) => same(one, own))
          : same(entry === undefined ? there : (there as Record<string, unknown> | undefined)?.[entry], own)
        if (!isSame) continue
        kept++
        expect(after).toContain(lines.replace(/^\w+: # all\n/, ''))
      }
      expect(after.startsWith('# the beginning\n')).toBe(true)
      expect(after).toContain('# the end\n')
    }),
    { numRuns: 100 },
  )
  expect(kept).toBeGreaterThan(100)
  expect(changed).toBeGreaterThan(20)
})

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** A manifest whose rules are for some time, and some of whose users are revoked. */
const timed = fc
  .tuple(manifest, fc.array(fc.constantFrom('', 'until: 2020-01-31', 'from: 2099-01-01'), { minLength: 6 }), fc.nat(3))
  .map(([declared, times, nth]) => {
    const { assignments = [], local: _local, absent, ...rest } = parse(declared || '{}')
    const rules = assignments.map((rule: object, index: number) => ({ ...rule, ...parse(times[index] || '{}') }))
    const revoked = Object.keys(rest.users ?? {}).slice(0, nth % 3)
    const given = Object.fromEntries(revoked.map((user) => [user, '2026-01-01T00:00:00Z']))
    return `${head}${stringify({ ...rest, absent, assignments: rules, ...(nth > 0 ? { revoked: given } : {}) })}`
  })

/** A world in which everything that a manifest names is there, and everything that its rules grant or will grant. */
function withGrants(text: string, live: World): World {
  const { users = {}, groups = {}, permission_sets: sets = {}, assignments = [] } = parse(text)
  const there = (names: object, rows: World['users'] = {}) => ({ ...mapped(names, () => ({})), ...rows })
  const grants = (assignments as readonly Record<'users' | 'groups' | 'permission_sets' | 'accounts', string[]>[]).map(
    ({ users: people, groups: teams, permission_sets: [set], accounts: [account] }) =>
      `${set}:${people ? `user:${people[0]}` : `group:${teams[0]}`}@${account === 'management' ? management : account}`,
  )
  return {
    ...live,
    users: { ...mapped(users, (name) => ({ given_name: name, family_name: 'Y' })), ...live.users },
    groups: there(groups, live.groups),
    permission_sets: { ...mapped(sets, () => ({})), ...live.permission_sets },
    assignments: [...new Set([...(live.assignments ?? []), ...grants])],
  }
}

function mapped(names: object, row: (name: string) => JsonObject) {
  return Object.fromEntries(Object.keys(names).map((name) => [name, row(name)]))
}

it('neither answer is offered where the manifest decides an end or a beginning, and both are refused just there', async () => {
  const met = { until: 0, from: 0, revocation: 0, open: 0 }
  await fc.assert(
    fc.asyncProperty(timed, named, async (text, live) => {
      const sides = await sidesOf({ manifest: text, live: withGrants(text, live), only })
      const { operations } = diff(sides)
      const into = {
        value: plain(sides.manifest.manifest),
        loaded: sides.manifest,
        facts: sides.facts,
        command: () => '',
      }
      for (const one of operations) {
        const { keep } = withKeeping(one, sides)
        const { differing } = chosen([one.address], operations, sides)
        const refusals = [withLive, withIgnored].map((next) => decidedIn(() => next(differing, operations, into)))
        expect(refusals).toEqual([keep?.decides !== undefined, keep?.decides !== undefined])
        if (keep?.decides) expect(keep.by).toEqual([])
        met[keep?.decides ?? 'open']++
        if (one.urgent) expect(keep?.decides).toBe('revocation')
        if (/^until|^granted from/.test(one.reason)) expect(['until', 'from', 'revocation']).toContain(keep?.decides)
      }
    }),
    { numRuns: 200 },
  )
  expect(Object.entries(met).filter(([, count]) => count < 5)).toEqual([])
})

/** True where something is refused because the manifest decides an end or a beginning. */
function decidedIn(attempt: () => unknown): boolean {
  try {
    attempt()
    return false
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics.some(
      ({ code, message }) => code === 'adopt-revoked' || message.includes('a rule says when'),
    )
  }
}
