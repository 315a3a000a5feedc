import type { Asking } from '../../aws/port.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import type { Entries, State } from '../../model/state.ts'
import type { Observation } from '../contexts.ts'

/**
 * What the instance holds once or for all, read where the manifest declares it or somebody else asks. Whoever does not declare it need not be
 * allowed to read it, nor has every server to know it: the reason is then kept under a name. Throws a Refusal where it is declared.
 */
export async function readSetting<K extends KindName>(
  name: string,
  { isDeclared, isAsked }: { readonly isDeclared: boolean; readonly isAsked: boolean },
  read: (how: Asking) => Promise<Entries<K>>,
): Promise<Observation<K>> {
  if (!isDeclared && !isAsked) return { entries: new Map() }
  try {
    return { entries: await read({ goodToHave: !isDeclared }) }
  } catch (thrown) {
    const [why] = thrown instanceof Refusal ? thrown.diagnostics : []
    if (isDeclared || !why) throw thrown
    return { entries: new Map(), covers: { refused: new Map([[name, why]]) } }
  }
}

/** Why a setting could not be read; undefined where it was, and where nobody asked. Pure. */
export function whyUnread({ covers }: State, name: string): string | undefined {
  return covers.refused.get(name)?.message
}
