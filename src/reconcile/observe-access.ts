import { type AccessFilter, filtered, knownWords, unknownWords } from '../access/filter.ts'
import { type Access, accessOf } from '../access/rows.ts'
import type { AwsClock } from '../aws/clock.ts'
import { readFacts } from '../aws/facts.ts'
import type { Reader } from '../aws/port.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import { wholeScope } from '../kinds/scopes.ts'
import { orphansUnread } from '../kinds/shared/orphans.ts'
import { emptyState, observeCloud } from '../kinds/states.ts'
import { managedPolicyTexts } from '../local/policy-texts.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Account } from '../model/facts.ts'
import type { NotChecked } from '../report/access/words.ts'
import { clockNotes } from '../session/clock.ts'
import type { Runtime } from '../session/runtime.ts'
import { notCheckedBy } from './not-checked.ts'

/** Who can do what where, with what was not looked at, and what is to be said about the filter. */
export interface AccessSeen {
  readonly seen: Access
  readonly notChecked: NotChecked
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads everything that access follows from, and answers the question the filter asks. */
export async function observeAccess(
  reader: Reader,
  manifest: LoadedManifest,
  clock: Pick<AwsClock, 'now' | 'told'>,
  filter: AccessFilter,
  thorough: boolean,
  { busy }: Pick<Runtime, 'busy'>,
): Promise<AccessSeen> {
  const facts = await readFacts(reader, nicknamesOnly(manifest), clock)
  // Several accounts may share a name, and then the name means all of them.
  const ids =
    filter.accounts && facts.accounts.filter((one) => names(one).some(among(filter.accounts))).map(({ id }) => id)
  const view: ReadContext = {
    reader,
    facts,
    manifest,
    desired: emptyState(),
    scope: wholeScope('rights', { accounts: ids, thorough }),
  }
  const [found, notChecked, texts] = await Promise.all([
    observeCloud(view),
    notCheckedBy(reader, facts.instance.arn),
    managedPolicyTexts(),
  ])
  return busy(() => {
    const state = { ...found, texts }
    const everything = accessOf(state, facts)
    return {
      seen: filtered(everything, ids ? { ...filter, accounts: ids } : filter),
      notChecked,
      diagnostics: [
        ...unknownWords(filter, knownWords(state, everything, facts)),
        ...orphansUnread(state),
        ...clockNotes(facts.time, Object.keys(manifest.manifest.revoked ?? {}).length > 0),
      ],
    }
  })
}

// Rules that select accounts by unit or tag would cost calls whose answers nobody looks at here.
function nicknamesOnly(loaded: LoadedManifest): LoadedManifest {
  return { ...loaded, manifest: { ...loaded.manifest, assignments: [] } }
}

function names({ id, label, name }: Account): readonly string[] {
  return [id, label, name]
}

function among(words: readonly string[] = []): (word: string) => boolean {
  return (word) => words.includes(word)
}
