import type { LoadedManifest } from '../../manifest/load.ts'
import type { AssignmentRule } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import { accountNamed, type Facts, isActive } from '../../model/facts.ts'
import type { Unkept } from '../../model/keeping.ts'
import { firstMoment, lastMoment } from '../../model/moments.ts'
import type { AssignmentSpec } from '../../model/specs.ts'
import type { Entry } from '../../model/state.ts'
import type { DeleteContext } from '../contexts.ts'
import { accountIds } from '../shared/account.ts'
import { protection, withPosition } from '../shared/desired.ts'
import { revokedSince } from '../shared/revocation.ts'
import { addressOf } from './address.ts'

export function expand(
  rule: AssignmentRule,
  row: number,
  loaded: LoadedManifest,
  facts: Facts,
): [Address, Entry<'assignment'>][] {
  const excluded = new Set((rule.except ?? []).flatMap((one) => accountIds(one, loaded, facts)))
  const accounts = new Set(rule.accounts.flatMap((one) => accountIds(one, loaded, facts)))
  const protect = protection(loaded, ['assignments', row], rule)
  const principals = [
    ...(rule.users ?? [])
      .filter((name) => !revokedSince(name, loaded))
      .map((name) => ({ principal_type: 'user', principal: name }) as const),
    ...(rule.groups ?? []).map((name) => ({ principal_type: 'group', principal: name }) as const),
  ]
  return [...accounts]
    .filter((account) => isActive(account, facts) && !excluded.has(account))
    .flatMap((account) =>
      rule.permission_sets.flatMap((permission_set) =>
        principals.map((principal): [Address, Entry<'assignment'>] => {
          const spec = { permission_set, ...principal, account }
          return [addressOf(spec), withPosition(loaded, ['assignments', row], { spec, ...protect })]
        }),
      ),
    )
}

function expired({ until }: AssignmentRule, { now }: Facts): boolean {
  const end = until === undefined ? undefined : lastMoment(until)
  return end !== undefined && now.getTime() > end.getTime()
}

/** True for a rule whose time has come and is not over. */
export function isInForce(rule: AssignmentRule, facts: Facts): boolean {
  return whyNotNow(rule, facts) === undefined
}

/** True for a rule whose time has not come. */
export function isPending({ from }: AssignmentRule, { now }: Facts): boolean {
  const start = from === undefined ? undefined : firstMoment(from)
  return start !== undefined && now.getTime() < start.getTime()
}

/** Why a rule does not ask for this assignment now that did so before, or will. */
export function outOfTime(
  at: Address,
  { manifest, facts }: Pick<DeleteContext, 'manifest' | 'facts'>,
): OutOfTime | undefined {
  return rulesOutOfTime(manifest, facts).get(at)
}

/** Why a rule does not ask for an assignment now. */
interface OutOfTime {
  readonly reason: string
  /** Its time is over, as the manifest says. */
  readonly isOver: boolean
  /** Which rule says so. */
  readonly row: number
}

/** A grant that was to be for a time does not become one for good because somebody keeps what is live. */
export function untimely(at: Address, loaded: LoadedManifest, facts: Facts): Unkept | undefined {
  const found = outOfTime(at, { manifest: loaded, facts })
  if (!found) return undefined
  const decides = found.isOver ? 'until' : 'from'
  const rule = ['assignments', found.row]
  const place = loaded.position([...rule, decides]) ?? loaded.position(rule)
  return {
    why: `a rule says when it is granted, and that is not now (${found.reason})`,
    instead: `change the ${decides} of its rule${place ? ` at ${place.file}:${place.line}` : ''}`,
    decides,
    ...(place ? { at: place } : {}),
  }
}

/** What rules ask for whose time is not now; of several the one that is over decides, and of those the one that ended last. */
function rulesOutOfTime(manifest: LoadedManifest, facts: Facts): ReadonlyMap<Address, OutOfTime> {
  const known = outOfTimeBy.get(facts)
  if (known?.manifest === manifest) return known.grants
  const rows = [...(manifest.manifest.assignments ?? []).entries()].flatMap(([row, rule]) => {
    const why = whyNotNow(rule, facts)
    return why ? [{ row, rule, why: { ...why, row } }] : []
  })
  const first = rows
    .reverse()
    .sort((a, b) => Number(a.why.isOver) - Number(b.why.isOver) || endOf(a.rule) - endOf(b.rule))
  const grants = new Map(
    first.flatMap(({ row, rule, why }) => expand(rule, row, manifest, facts).map(([at]) => [at, why] as const)),
  )
  outOfTimeBy.set(facts, { manifest, grants })
  return grants
}

function endOf({ until }: AssignmentRule): number {
  return (until === undefined ? undefined : lastMoment(until)?.getTime()) ?? 0
}

function whyNotNow(rule: AssignmentRule, facts: Facts): Omit<OutOfTime, 'row'> | undefined {
  if (expired(rule, facts)) return { reason: `until ${rule.until} has passed`, isOver: true }
  return isPending(rule, facts) ? { reason: `granted from ${rule.from} only`, isOver: false } : undefined
}

/** Worked out once for each look: thousands of assignments ask. */
const outOfTimeBy = new WeakMap<
  Facts,
  { readonly manifest: LoadedManifest; readonly grants: ReadonlyMap<Address, OutOfTime> }
>()

/** True for what a rule would ask for if its account were open: it is as it should be. */
export function isAskedFor(at: Address, { account }: AssignmentSpec, { manifest, facts }: DeleteContext): boolean {
  const rules = manifest.manifest.assignments ?? []
  const here = accountNamed(account, facts.accounts) ?? { id: account, name: account, label: account }
  // No other account matters here, and rules may reach thousands.
  const open = { ...facts, accounts: [{ ...here, active: true }] }
  return rules.some(
    (one, row) => isInForce(one, facts) && expand(one, row, manifest, open).some(([grant]) => grant === at),
  )
}
