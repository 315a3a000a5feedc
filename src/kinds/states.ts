import type { LoadedManifest } from '../manifest/load.ts'
import { covered, together, uncovered } from '../model/coverage.ts'
import type { Facts } from '../model/facts.ts'
import { noTexts } from '../model/policy-texts.ts'
import type { KindName } from '../model/specs.ts'
import type { Entries, State } from '../model/state.ts'
import type { LiveContext, ReadContext } from './contexts.ts'
import { cloudKinds, kindNamed, kindNames } from './index.ts'

/** A state of a world that holds nothing. */
export function emptyState(): State {
  return { ...byKind(() => new Map()), covers: covered, texts: noTexts }
}

/** What a manifest asks for, as far as it can be told without looking at what is live. Pure. */
export function desiredState(manifest: LoadedManifest, facts: Facts): State {
  return { ...emptyState(), ...byKind((name) => kindNamed(name).desired(manifest, facts)) }
}

/** What a manifest asks for, given what is live, and what else is desired where all of it is. Pure. */
export function refinedDesired(desired: State, live: LiveContext): State {
  const given = (name: KindName) => {
    const kind = kindNamed(name)
    const entries: Entries = desired[name]
    const settled = kind.refine?.bind(kind)
    return settled ? new Map([...entries].map(([at, entry]) => [at, settled(at, entry, live)] as const)) : entries
  }
  return { ...desired, ...byKind(given) }
}

/** Everything in Identity Center, as far as the scope of a look goes. The kinds are read side by side. */
export async function observeCloud(context: ReadContext): Promise<State> {
  const seen = await Promise.all(cloudKinds.map(async (kind) => [kind.name, await kind.observe(context)] as const))
  const covers = together(seen.flatMap(([, one]) => one.covers ?? []))
  return { ...emptyState(), ...Object.fromEntries(seen.map(([name, { entries }]) => [name, entries])), covers }
}

/** A state of what nobody looked at. */
export function unseenState(): State {
  return { ...emptyState(), covers: uncovered }
}

type Maps = Omit<State, 'covers' | 'texts'>

function byKind(entries: (name: KindName) => Entries): Maps {
  return Object.fromEntries(kindNames.map((name) => [name, entries(name)])) as unknown as Maps
}
