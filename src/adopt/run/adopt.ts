import { shownAddress } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { Operation } from '../../model/operation.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { trailing } from '../../text/quote.ts'
import { withLive } from '../next.ts'
import { answering } from './answering.ts'
import { ignoring } from './ignore.ts'
import { type Answer, keep, lookedAt } from './keep.ts'
import type { KeepOptions } from './options.ts'

const adopting: Answer = { done: 'adopted', next: withLive }

/** Takes what is live of some things into the manifest; without addresses a person is asked of which. */
export function adopt(runtime: Runtime, options: KeepOptions, sources: Map<string, string>): Promise<number> {
  return answering(runtime, options, sources, (session) =>
    options.addresses.length === 0 ? asked(session, options) : keep(session, options, adopting),
  )
}

/** Exit code of a program that Ctrl-C ended. */
const interrupted = 130

async function asked(session: Session, options: KeepOptions): Promise<number> {
  const { runtime, manifest } = session
  const made = await lookedAt(session)
  const { operations } = made.plan
  if (operations.length === 0) {
    runtime.out(`No drift: a plan for ${manifest.file} has no changes.\n`)
    return 0
  }
  if (!runtime.terminal.interactive) throw mustBeNamed(operations)
  const all = operations.map(({ address }) => shownAddress(address))
  const kept = await runtime.terminal.choose('Adopt into the file (take the live value)', all)
  const rest = all.filter((at) => !kept?.includes(at))
  const ignorable = rest.filter((at) =>
    operations.some((one) => one.verb === 'delete' && shownAddress(one.address) === at),
  )
  const left = kept && ignorable.length > 0 ? await runtime.terminal.choose('Ignore from now on', ignorable) : []
  if (kept === undefined || left === undefined) {
    runtime.err('Stopped; nothing was written.\n')
    return interrupted
  }
  if (kept.length > 0) await keep(session, { ...options, addresses: kept }, adopting, made)
  if (left.length > 0) await ignoreAfterwards(session, { ...options, addresses: left })
  if (kept.length + left.length === 0) runtime.out('Nothing chosen; nothing was written.\n')
  return 0
}

// The file is another one by now, so it is read again.
function ignoreAfterwards({ runtime }: Session, options: KeepOptions): Promise<number> {
  return answering(runtime, options, new Map(), (session) => keep(session, options, ignoring))
}

function mustBeNamed(operations: readonly Operation[]): Refusal {
  const lines = operations.map(({ address }) => `sso-reconcile adopt${trailing([shownAddress(address)])}`)
  return new Refusal(
    error('adopt-which', 'adopt was given no address, and without a terminal nobody can be asked', {
      hint: `run the one that is meant: ${lines.slice(0, mostCommands).join('; ')}${lines.length > mostCommands ? `; and ${lines.length - mostCommands} more that a plan shows` : ''}`,
    }),
  )
}

const mostCommands = 20
