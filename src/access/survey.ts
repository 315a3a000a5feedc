import { readFacts } from '../aws/facts.ts'
import type { Reader } from '../aws/port.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Account } from '../model/facts.ts'
import { type AccessFilter, filtered, unknownWords } from './filter.ts'
import { paced } from './paced.ts'
import { readGrants } from './read.ts'
import { type Access, accessOf } from './rows.ts'

/** Questions open at once: below the 50 sockets that the SDK keeps for a service. */
const openQuestions = 40

/** Reads everything that access follows from, and answers the question the filter asks. */
export async function surveyAccess(
  look: Reader,
  manifest: LoadedManifest,
  now: Date,
  filter: AccessFilter,
): Promise<{ readonly seen: Access; readonly diagnostics: readonly Diagnostic[] }> {
  const reader = paced(look, openQuestions)
  const facts = await readFacts(reader, nicknamesOnly(manifest), now)
  // Several accounts may share a name, and then the name means all of them.
  const ids =
    filter.accounts && facts.accounts.filter((one) => names(one).some(among(filter.accounts))).map(({ id }) => id)
  const live = await readGrants(reader, { facts, ...(ids ? { accounts: ids } : {}) })
  const everything = accessOf(live)
  const found = filtered(everything, ids ? { ...filter, accounts: ids } : filter)
  const users = [...live.users.map((user) => user.name), ...everything.rows.map((row) => row.user)]
  const known = {
    users: new Set(users),
    accounts: new Set(facts.accounts.flatMap(names)),
    sets: new Set(live.sets.map((set) => set.name)),
  }
  return { seen: found, diagnostics: unknownWords(filter, known) }
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
