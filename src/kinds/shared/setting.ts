import type { Asking } from '../../aws/port.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import type { Entries, State } from '../../model/state.ts'
import type { Observation, ReadContext } from '../contexts.ts'

/** A setting that is looked at: its kind, by what name the reason is kept where it cannot be read, and who wants to know it. */
interface Sought<K extends KindName> {
  readonly kind: K
  readonly name: string
  readonly isDeclared: boolean
  readonly isAsked: boolean
}

/**
 * What the instance holds once or for all, read where the manifest declares it or somebody else asks. Whoever does not declare it, or whose
 * plan is not about it, need not be allowed to read it, nor has every server to know it: the reason is then kept under a name. Throws a
 * Refusal where the plan is about it.
 */
export async function readSetting<K extends KindName>(
  { scope }: Pick<ReadContext, 'scope'>,
  { kind, name, isDeclared, isAsked }: Sought<K>,
  read: (how: Asking) => Promise<Entries<K>>,
): Promise<Observation<K>> {
  if (!isDeclared && !isAsked) return { entries: new Map() }
  const isNeeded = isDeclared && scope.mustKnow(kind)
  try {
    return { entries: await read({ goodToHave: !isNeeded }) }
  } catch (thrown) {
    const [why] = thrown instanceof Refusal ? thrown.diagnostics : []
    if (isNeeded || !why) throw thrown
    return { entries: new Map(), covers: { refused: new Map([[name, why]]) } }
  }
}

/** Why a setting could not be read; undefined where it was, and where nobody asked. Pure. */
export function whyUnread({ covers }: State, name: string): string | undefined {
  return covers.refused.get(name)?.message
}
