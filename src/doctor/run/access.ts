import { claimsOn } from '../../access/claims.ts'
import { questionsOfAccount, questionsOfUsers } from '../../access/questions.ts'
import { stillReached, stillReachedWords } from '../../access/revoked.ts'
import { readFacts } from '../../aws/facts.ts'
import { openLook } from '../../aws/look.ts'
import type { Route } from '../../aws/route.ts'
import { answer } from '../../kinds/answer.ts'
import type { ReadContext } from '../../kinds/contexts.ts'
import { watchScope } from '../../kinds/scopes.ts'
import { revokedUsers } from '../../kinds/shared/revocation.ts'
import { emptyState, observeCloud } from '../../kinds/states.ts'
import { managedPolicyTexts } from '../../local/policy-texts.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { Refusal } from '../../model/diagnostic.ts'
import type { State } from '../../model/state.ts'
import type { Evidence } from '../evidence.ts'

/**
 * Who administers the management account, and who is revoked and has access all the same. Undefined when a prerequisite is missing,
 * which other checks tell.
 */
export async function accessEvidence(route: Route, manifest: LoadedManifest): Promise<Evidence['access'] | undefined> {
  const view = await viewOf(route, manifest)
  if (!view) return undefined
  try {
    return { value: judged(view, await readAccess(view)) }
  } catch (thrown) {
    const refusal = thrown instanceof Refusal ? thrown.diagnostics[0] : undefined
    if (!refusal) throw thrown
    return { refusal }
  }
}

async function viewOf(route: Route, manifest: LoadedManifest): Promise<ReadContext | undefined> {
  const { reader } = await openLook(route)
  try {
    const facts = await readFacts(reader, manifest, route.clock)
    return { reader, facts, manifest, desired: emptyState(), scope: watchScope(manifest, facts.management) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  }
}

async function readAccess(view: ReadContext): Promise<State> {
  const revoked = revokedUsers(view.manifest)
  const [seen, texts] = await Promise.all([observeCloud(view), managedPolicyTexts()])
  for (let state: State = { ...seen, texts }; ; ) {
    const { management } = view.facts
    const open = [...(management ? questionsOfAccount(state, management) : []), ...questionsOfUsers(state, revoked)]
    if (open.length === 0) return state
    state = await answer(view, state, open)
  }
}

function judged({ facts, manifest }: ReadContext, state: State) {
  const claims = facts.management ? claimsOn(state, facts.management) : []
  const sure = [...new Set(claims.filter((one) => one.sure).map(({ who }) => who))].sort()
  const possible = [...new Set(claims.map(({ who }) => who))].filter((who) => !sure.includes(who)).sort()
  const left = stillReached(state, revokedUsers(manifest))
  return {
    administrators: sure,
    possible,
    stillReached: left.map((one) => ({ user: one.user, sentence: stillReachedWords(one, state, facts) })),
  }
}
