import { effectWords } from '../../access/words.ts'
import type { Address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import { grouped } from '../../model/grouped.ts'
import { firstMoment } from '../../model/moments.ts'
import type { State } from '../../model/state.ts'
import { listed } from '../../text/list.ts'
import type { LiveContext } from '../contexts.ts'
import { expand, isInForce, isPending } from './rule.ts'

/**
 * What rules grant some day and no change of this plan shows: whoever reviews the plan reviews that too, as nobody may look when the day comes.
 * One warning a rule; who becomes an administrator is named first. Pure.
 */
export function grantedLater({
  manifest,
  facts,
  live,
  desired,
}: LiveContext & { readonly desired: State }): readonly Diagnostic[] {
  const rows = [...(manifest.manifest.assignments ?? []).entries()].filter(([, rule]) => isPending(rule, facts))
  if (rows.length === 0) return []
  const then = asDeclared(desired, live)
  const askedBy = rulesByGrant({ manifest, facts })
  return rows.flatMap(([row, rule]) => {
    const before = justBefore(rule.from ?? '', facts)
    const isNew = (at: Address) => !askedBy.get(at)?.some((one) => isInForce(one, before))
    const grants = expand(rule, row, manifest, facts).filter(([at]) => isNew(at))
    if (grants.length === 0) return []
    const words = grants.map(([, { spec }]) => effectWords('get', spec, then, facts)).sort(administratorsFirst)
    const at = manifest.position(['assignments', row])
    return [
      warning('granted-later', `not in this plan, but in one of ${rule.from} or later: ${listed(words)}`, {
        hint: 'review it now, with this plan',
        ...(at ? { at } : {}),
      }),
    ]
  })
}

/** The rules that ask for each grant, at whatever time. */
function rulesByGrant({ manifest, facts }: Pick<LiveContext, 'manifest' | 'facts'>) {
  return grouped(
    [...(manifest.manifest.assignments ?? []).entries()].flatMap(([row, rule]) =>
      expand(rule, row, manifest, facts).map(([at]) => [at, rule] as const),
    ),
  )
}

/** The last moment before another one: what ends until then is granted anew. */
function justBefore(from: string, facts: Facts): Facts {
  const start = firstMoment(from) ?? facts.now
  return { ...facts, now: new Date(start.getTime() - 1) }
}

/** The live state with permission sets as the manifest declares them. */
function asDeclared(desired: State, live: State): State {
  const declared = [...desired['permission-set']].filter(([, { external }]) => !external)
  return { ...live, 'permission-set': new Map([...live['permission-set'], ...declared]) }
}

function administratorsFirst(a: string, b: string): number {
  return Number(b.endsWith(' as administrator')) - Number(a.endsWith(' as administrator'))
}
