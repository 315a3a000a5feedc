import type { AssignmentRule } from '../../manifest/types.ts'
import { type Address, address, shownAddress } from '../../model/address.ts'
import type { JsonObject } from '../../model/json.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import { accountWord } from '../shared/account-word.ts'
import { orphanUnsayable } from '../shared/orphans.ts'
import { cannotTake, objectAt } from '../shared/take-named.ts'
import type { Differing, Into, Taking } from '../taking.ts'
import { asked, narrowed, type Reading } from './narrowed.ts'
import { isInForce } from './rule.ts'
import { blocks } from './rules.ts'
import { widened } from './widened.ts'

/** Live assignments: rules ask for those that are there besides, and no longer for those that have vanished. */
export const takeAssignments: Taking<'assignment'> = {
  taken(things, into) {
    if (things.length === 0) return into.value
    const reading = readingOf(into)
    const rules = (into.value.assignments ?? []) as unknown as readonly AssignmentRule[]
    const present = things.flatMap(({ address: at, live }) => (live ? [{ at, spec: live.spec }] : []))
    for (const { at, spec } of present) refuseUnknown(at, spec, into)
    const gone = things.filter(({ live }) => live === undefined)
    const left = withoutVanished(rules, gone, reading)
    const cells = present.map(
      ({ spec }) => [`${spec.principal_type} ${spec.principal}`, spec.permission_set, spec.account] as const,
    )
    const next = blocks(cells).reduce((so, block) => widened(so, block, reading), left)
    return { ...into.value, assignments: next as unknown as JsonObject[] }
  },
  unsayable: ({ live }) => orphanUnsayable(live),
}

function readingOf({ loaded, facts, value }: Into): Reading {
  return { loaded, facts, word: (id) => accountWord(id, value, facts) }
}

function withoutVanished(
  rules: readonly AssignmentRule[],
  things: readonly Differing<'assignment'>[],
  reading: Reading,
): readonly AssignmentRule[] {
  const gone = new Set(things.map((one) => one.address))
  return rules.flatMap((rule, index) => {
    const concerned = isInForce(rule, reading.facts)
      ? [...asked(rule, reading).keys()].filter((at) => gone.has(at))
      : []
    if (concerned.length === 0) return [rule]
    const next = narrowed(rule, gone, reading)
    if (next === undefined) throw noRule(concerned, index, reading)
    return next === 'none' ? [] : [next]
  })
}

function noRule(addresses: readonly Address[], index: number, { loaded }: Reading) {
  const [at] = addresses as readonly [Address, ...Address[]]
  const place = loaded.position(['assignments', index])
  return cannotTake(
    at,
    'its rule also grants other access, and no single rule says all of that but this',
    'divide the rule into several, so that one of them grants only this, then run this again; or restore it with sso-reconcile apply',
    place ? { at: place } : {},
  )
}

function refuseUnknown(at: Address, { permission_set, principal_type, principal }: AssignmentSpec, into: Into): void {
  const { value, loaded } = into
  const principals = objectAt(value, principal_type === 'user' ? 'users' : 'groups')
  const missing = [
    ...(Object.hasOwn(objectAt(value, 'permission_sets'), permission_set)
      ? []
      : [address('permission-set', permission_set)]),
    ...(Object.hasOwn(principals, principal) ? [] : [address(principal_type, principal)]),
  ]
  if (missing.length === 0) return
  const names = missing.map(shownAddress).join(' and ')
  throw cannotTake(
    at,
    `${loaded.file} does not declare ${names}`,
    `adopt them together: ${into.command([...missing, at])}`,
  )
}
