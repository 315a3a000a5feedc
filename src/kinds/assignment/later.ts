import { effectWords } from '../../access/words.ts'
import type { Address } from '../../model/address.ts'
import { type Diagnostic, warning } from '../../model/diagnostic.ts'
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
  return rows.flatMap(([row, rule]) => {
    const before = grantedBefore(rule.from ?? '', { manifest, facts })
    const grants = expand(rule, row, manifest, facts).filter(([at]) => !before.has(at))
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

/** What rules grant up to the moment at which another one begins: what ends before that is granted anew. */
function grantedBefore(
  from: string,
  { manifest, facts }: Pick<LiveContext, 'manifest' | 'facts'>,
): ReadonlySet<Address> {
  const start = firstMoment(from) ?? facts.now
  const before = { ...facts, now: new Date(start.getTime() - 1) }
  const rows = [...(manifest.manifest.assignments ?? []).entries()].filter(([, rule]) => isInForce(rule, before))
  return new Set(rows.flatMap(([row, rule]) => expand(rule, row, manifest, before).map(([at]) => at)))
}

/** The live state with permission sets as the manifest declares them. */
function asDeclared(desired: State, live: State): State {
  const declared = [...desired['permission-set']].filter(([, { external }]) => !external)
  return { ...live, 'permission-set': new Map([...live['permission-set'], ...declared]) }
}

function administratorsFirst(a: string, b: string): number {
  return Number(b.endsWith(' as administrator')) - Number(a.endsWith(' as administrator'))
}
