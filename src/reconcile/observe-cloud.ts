import type { Transport } from '../aws/connect.ts'
import type { Reader } from '../aws/port.ts'
import type { ReadContext } from '../kinds/contexts.ts'
import { kinds } from '../kinds/index.ts'
import { planScope } from '../kinds/scopes.ts'
import { mayHaveLeft, seenToHaveLeft, unresolved } from '../kinds/shared/account.ts'
import { desiredState, observeCloud, unseenState } from '../kinds/states.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { State } from '../model/state.ts'
import type { Session } from '../session/runtime.ts'
import { inSandbox } from '../session/sandbox-region.ts'

/** What a look at AWS gave, and what it takes to look further and to make changes. */
export interface ObservedCloud {
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
  /** The user whose access alone the plan is about; absent where it is about all that the manifest asks for. */
  readonly user?: string
}

/** Takes one look at AWS: at what the manifest names, and at whatever else its plan concerns. */
export async function observeAws(session: Session, { tolerant = false }: ObserveOptions = {}): Promise<ObservedCloud> {
  const [{ connect }, { openReader }, { readFacts }] = await Promise.all([
    import('../aws/connect.ts'),
    import('../aws/reader.ts'),
    import('../aws/facts.ts'),
  ])
  const { manifest, runtime, options } = session
  const transport = connect(session.route)
  const reader = openReader(transport)
  ahead(reader, session)
  const facts = await readFacts(reader, manifest, runtime.clock.now()).catch((thrown) => inSandbox(thrown, session))
  if (!tolerant) refuse(unresolved(manifest, facts, selectsCloud(session) ? mayHaveLeft : () => false))
  const desired = desiredState(manifest, facts)
  const scope = planScope(manifest, facts, desired, options.thorough)
  const viewed = (by: Reader): ReadContext => ({ reader: by, facts, manifest, desired, scope })
  if (!selectsCloud(session)) return { transport, context: viewed(reader), live: unseenState(), diagnostics: [] }
  const still = viewed(await settledReader(session, reader, transport, facts.instance.arn))
  const live = await observeCloud(still)
  const problems = unresolved(manifest, facts, seenToHaveLeft(live, facts))
  if (!tolerant) refuse(problems)
  const diagnostics = problems.map((one) => ({ ...one, severity: 'warning' as const }))
  return { transport, context: still, live, diagnostics }
}

function refuse(problems: readonly Diagnostic[]): void {
  if (problems.length > 0) throw new Refusal(problems)
}

/** True when something of Identity Center may be changed. */
export function selectsCloud({ selected }: Pick<Session, 'selected'>): boolean {
  return [...selected].some((name) => kinds[name].side === 'cloud')
}

// What every look needs is asked for as soon as the instance is known, so that it costs no round trip of its own.
function ahead(reader: Reader, session: Session): void {
  if (!selectsCloud(session)) return
  const start = async () => {
    const [only, second] = await reader.list('ListInstances', {})
    if (!only?.InstanceArn || !only.IdentityStoreId || second) return
    const { inFlight } = await import('../aws/in-flight.ts')
    await Promise.allSettled([
      reader.get('DescribeInstance', { InstanceArn: only.InstanceArn }),
      reader.list('ListUsers', { IdentityStoreId: only.IdentityStoreId }),
      reader.list('ListGroups', { IdentityStoreId: only.IdentityStoreId }),
      reader.list('ListPermissionSets', { InstanceArn: only.InstanceArn }),
      inFlight(reader, only.InstanceArn),
    ])
  }
  // Whoever needs an answer asks again, gets the same promise, and reports its failure.
  start().catch(() => undefined)
}

/** The look to read with: this one when nothing is in flight, else a new one once everything has settled. */
async function settledReader(
  session: Session,
  reader: Reader,
  transport: Transport,
  instance: string,
): Promise<Reader> {
  const { settledLook } = await import('../aws/in-flight.ts')
  let told = 0
  const tell = (running: number) => {
    if (running === told || session.options.quiet) return
    told = running
    session.runtime.err(
      `waiting for ${running} earlier request${running === 1 ? '' : 's'} of Identity Center to finish\n`,
    )
  }
  return settledLook(reader, () => transport, instance, session.runtime.clock, tell)
}
