import { type AccessFilter, filtered, knownWords, unknownWords } from '../access/filter.ts'
import { type RolesRead, withRoles } from '../access/roles.ts'
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
import type { State } from '../model/state.ts'
import type { NotChecked } from '../report/access/words.ts'
import { clockNotes } from '../session/clock.ts'
import { notCheckedBy } from './not-checked.ts'
import { readRoles } from './roles.ts'

/** Who can do what where, with what was not looked at, and what is to be said about the filter. */
export interface AccessSeen {
  readonly seen: Access
  readonly notChecked: NotChecked
  readonly diagnostics: readonly Diagnostic[]
}

/** Everything that access follows from, as it was read. */
export interface AccessLook {
  readonly view: ReadContext
  readonly state: State
  /** As it was given. */
  readonly asked: AccessFilter
  /** With the ids of accounts in the place of their names. */
  readonly filter: AccessFilter
  readonly notChecked: NotChecked
  /** The roles in the caller's account; absent where nobody asked, or the report is about other accounts. */
  readonly roles?: RolesRead
}

/** How much is looked at besides. */
interface Depth {
  readonly thorough: boolean
  /** The roles behind permission sets too. */
  readonly arns: boolean
}

/** Reads everything that access follows from. */
export async function lookAtAccess(
  reader: Reader,
  manifest: LoadedManifest,
  clock: Pick<AwsClock, 'now' | 'told'>,
  asked: AccessFilter,
  { thorough, arns }: Depth,
): Promise<AccessLook> {
  const facts = await readFacts(reader, nicknamesOnly(manifest), clock)
  // Several accounts may share a name, and then the name means all of them.
  const ids =
    asked.accounts && facts.accounts.filter((one) => names(one).some(among(asked.accounts))).map(({ id }) => id)
  const view: ReadContext = {
    reader,
    facts,
    manifest,
    desired: emptyState(),
    scope: wholeScope('rights', { accounts: ids, thorough }),
  }
  const [found, notChecked, texts, roles] = await Promise.all([
    observeCloud(view),
    notCheckedBy(reader, facts.instance.arn),
    managedPolicyTexts(),
    arns ? readRoles(reader, facts, ids) : undefined,
  ])
  const filter = ids ? { ...asked, accounts: ids } : asked
  return { view, state: { ...found, texts }, asked, filter, notChecked, ...(roles ? { roles } : {}) }
}

/** Who can do what where, as far as the filter asks. Pure. */
export function accessSeen({ view, state, asked, filter, notChecked, roles }: AccessLook): AccessSeen {
  const { facts, manifest } = view
  const everything = accessOf(state, facts)
  return {
    seen: withRoles(filtered(everything, filter), roles, facts),
    notChecked,
    diagnostics: [
      ...unknownWords(asked, knownWords(state, everything, facts)),
      ...orphansUnread(state),
      ...clockNotes(facts.time, Object.keys(manifest.manifest.revoked ?? {}).length > 0),
    ],
  }
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
