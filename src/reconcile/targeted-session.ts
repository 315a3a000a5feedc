import { targetedAt } from '../kinds/targeted.ts'
import type { Plan } from '../model/plan.ts'
import type { Session } from '../session/runtime.ts'

/** The session of a plan whose targets need little of the manifest, with no more of it than that; undefined where they may need all. Pure. */
export function targetedSession(
  session: Session,
  { user, about, asks, extensions }: { readonly [K in 'user' | 'about' | 'asks' | 'extensions']?: unknown },
): { readonly session: Session; told(plan: Plan): Plan } | undefined {
  const { target = [], due, thorough } = session.options
  if (due || thorough || (user ?? about ?? asks ?? extensions) !== undefined) return undefined
  const targeted = targetedAt(target, session.manifest, session.selected)
  if (!targeted) return undefined
  const { manifest, kinds: selected, isCompared } = targeted
  const told = (plan: Plan) => ({ ...plan, unmanaged: plan.unmanaged.filter(isCompared) })
  return { session: { ...session, manifest, selected }, told }
}
