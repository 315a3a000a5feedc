import { Refusal } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import type { Entries, State } from '../../model/state.ts'
import type { Observation } from '../contexts.ts'
import type { Scope } from '../scope.ts'

/**
 * Settings of the instance, read where the manifest speaks of them or the look asks for what it does not speak of. Whoever does not
 * speak of one need not be allowed to read it, nor has every server to know it: the reason is kept under the name of the setting.
 */
export async function readSetting<K extends KindName>(
  name: string,
  isDeclared: boolean,
  { settings }: Pick<Scope, 'settings'>,
  read: () => Promise<Entries<K>>,
): Promise<Observation<K>> {
  if (!isDeclared && !settings) return { entries: new Map() }
  try {
    return { entries: await read() }
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
