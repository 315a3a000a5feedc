import type { Transport } from '../aws/connect.ts'
import { readFacts } from '../aws/facts.ts'
import { openLook } from '../aws/look.ts'
import type { Reader } from '../aws/port.ts'
import { beyondBounds } from '../kinds/assignment/bounds.ts'
import { kindAhead } from '../kinds/called.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import { kindNamed, kinds } from '../kinds/index.ts'
import { describedSets } from '../kinds/permission-set/live-sets.ts'
import type { Scope } from '../kinds/scope.ts'
import { planScope } from '../kinds/scopes.ts'
import { mayHaveLeft, seenToHaveLeft, unresolved } from '../kinds/shared/account.ts'
import { usersRequest, withEnterprise } from '../kinds/shared/users.ts'
import { desiredState, observeCloud, unseenState } from '../kinds/states.ts'
import { managedPolicyTexts } from '../local/policy-texts.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { KindName } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { remarking } from '../session/remarking.ts'
import type { Session } from '../session/runtime.ts'
import { inSandbox } from '../session/sandbox-region.ts'
import { settledReader } from '../session/settled.ts'
import { plural } from '../text/count.ts'

/** What a look at AWS gave, and what it takes to look further and to make changes. */
interface ObservedCloud {
  readonly transport: Transport
  readonly context: ReadContext
  readonly live: State
  /** What is wrong with the manifest's names of accounts, where that is no reason to stop. */
  readonly diagnostics: readonly Diagnostic[]
}

/** How a look at AWS goes about what it meets. */
export interface ObserveOptions {
  /** Accounts that the manifest names and nobody knows are told, and no reason to stop. */
  readonly tolerant?: boolean
  /** Nothing that a rule grants is carried out, so no rule is refused for reaching beyond the limits of its file. */
  readonly takesOnly?: boolean
  /** The user whose access alone the plan is about; absent where it is about all that the manifest asks for. */
  readonly user?: string
  /** Enterprise attributes of users are read although the manifest does not speak of them. */
  readonly extensions?: boolean
  /** Of permission sets no more is read than it takes to name them: what a change turns out to concern is asked for later. */
  readonly headersOnly?: boolean
}

/** Takes one look at AWS: at what the manifest names, and at whatever else its plan concerns. */
export async function observeAws(session: Session, asked: ObserveOptions = {}): Promise<ObservedCloud> {
  const { tolerant = false, takesOnly = false, extensions = false, headersOnly } = asked
  const { manifest, runtime, options } = session
  const view = { thorough: options.thorough, extensions, mustKnow: aboutKinds(session, takesOnly) }
  const whole = planScope(manifest, view)
  const scope = headersOnly ? { ...whole, depthOf: () => 'header' as const } : whole
  const look = await openLook(session.route)
  const { reader, transport } = look
  ahead(reader, session, scope)
  const facts = await readFacts(reader, manifest, session.route.clock).catch((thrown) => inSandbox(thrown, session))
  if (!tolerant) refuse(unresolved(manifest, facts, selectsCloud(session) ? mayHaveLeft : () => false))
  if (!takesOnly) refuse(beyondBounds(manifest, facts))
  const desired = await runtime.busy(() => desiredState(manifest, facts))
  const viewed = (by: Reader): ReadContext => ({ reader: by, facts, manifest, desired, scope, ...remarking(session) })
  if (!selectsCloud(session)) return { transport, context: viewed(reader), live: unseenState(), diagnostics: [] }
  const still = viewed(await settledReader(look, facts.instance.arn, runtime, options.quiet ? undefined : waiting))
  const [seen, texts] = await Promise.all([observeCloud(still), managedPolicyTexts()])
  const live = { ...seen, texts }
  const problems = unresolved(manifest, facts, seenToHaveLeft(live, facts))
  if (!tolerant) refuse(problems)
  const diagnostics = problems.map((one) => ({ ...one, severity: 'warning' as const }))
  return { transport, context: still, live, diagnostics }
}

function refuse(problems: readonly Diagnostic[]): void {
  if (problems.length > 0) throw new Refusal(problems)
}

/**
 * The kinds of which everything that the manifest declares has to be known. What ends by itself, or is taken from somebody at once, is not
 * held up by anything that its plan changes nothing of.
 */
function aboutKinds({ selected, options }: Session, takesOnly: boolean): (kind: KindName) => boolean {
  const { target } = options
  return (kind) =>
    !takesOnly && !options.due && selected.has(kind) && (!target || target.some((one) => goesWith(kind, one)))
}

/** True where things of a kind may come along with a target; of a target that names no kind any may. */
function goesWith(name: KindName, target: string): boolean {
  const meant = kindAhead(target)
  return (
    meant === undefined ||
    meant === name ||
    kindNamed(name).after.includes(meant) ||
    kindNamed(meant).after.includes(name)
  )
}

/** True when something of Identity Center may be changed. */
export function selectsCloud({ selected }: Pick<Session, 'selected'>): boolean {
  return [...selected].some((name) => kinds[name].side === 'cloud')
}

// What every look needs is asked for as soon as the instance is known, so that it costs no round trip of its own.
function ahead(reader: Reader, session: Session, scope: Scope): void {
  if (!selectsCloud(session)) return
  const start = async () => {
    const [only, second] = await reader.list('ListInstances', {})
    if (!only?.InstanceArn || !only.IdentityStoreId || second) return
    const store = { IdentityStoreId: only.IdentityStoreId }
    const { inFlight } = await import('../aws/in-flight.ts')
    await Promise.allSettled([
      reader.get('DescribeInstance', { InstanceArn: only.InstanceArn }),
      reader.list(
        'ListUsers',
        scope.extensions ? withEnterprise(store) : usersRequest(store, session.manifest.manifest),
      ),
      reader.list('ListGroups', store),
      reader.list('ListPermissionSets', { InstanceArn: only.InstanceArn }),
      inFlight(reader, only.InstanceArn).then((running) =>
        // While something is under way another look follows, which would ask for each of them again.
        running > 0 ? [] : describedSets(reader, only.InstanceArn ?? '', scope),
      ),
    ])
  }
  // Whoever needs an answer asks again, gets the same promise, and reports its failure.
  start().catch(() => undefined)
}

function waiting(running: number): string {
  return `waiting for ${plural(running, 'earlier Identity Center request')} to finish; another run may be changing this account now`
}
