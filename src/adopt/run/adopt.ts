import { shownAddress } from '../../model/address.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { Operation } from '../../model/operation.ts'
import type { Runtime, Session } from '../../session/runtime.ts'
import { trailing } from '../../text/quote.ts'
import { withLive } from '../next.ts'
import { answering } from './answering.ts'
import { askedOneByOne } from './ask.ts'
import { carriedOut } from './carry-out.ts'
import { keep, lookedAt } from './keep.ts'
import type { KeepOptions } from './options.ts'

/** Takes what is live of some things into the manifest; without addresses a person is asked about one after the other. */
export function adopt(runtime: Runtime, options: KeepOptions, sources: Map<string, string>): Promise<number> {
  return answering(runtime, options, sources, (session) =>
    options.addresses.length === 0
      ? answered(session, options)
      : keep(session, options, { done: 'adopted', next: withLive }),
  )
}

async function answered(session: Session, options: KeepOptions): Promise<number> {
  const { runtime, manifest } = session
  const made = await lookedAt(session)
  const { operations } = made.plan
  if (operations.length === 0) {
    runtime.out(`No drift: a plan for ${manifest.file} has no changes.\n`)
    return 0
  }
  const isAsked = runtime.terminal.interactive && options.format === 'text' && !options.quiet
  if (!isAsked) throw mustBeNamed(operations, runtime.terminal.interactive)
  const answers = await askedOneByOne(session, made)
  return carriedOut(session, options, made, answers)
}

function mustBeNamed(operations: readonly Operation[], isTerminal: boolean): Refusal {
  const lines = operations.flatMap(({ address, keep }) =>
    keep?.by.includes('adopt') ? [`sso-reconcile adopt${trailing([shownAddress(address)])}`] : [],
  )
  const why = isTerminal ? 'with --json or --quiet' : 'without a terminal'
  const hint =
    lines.length > 0
      ? `run the one that is meant: ${[...lines.slice(0, mostCommands), ...more(lines.length - mostCommands)].join('; ')}`
      : 'no change of the plan can be adopted; run sso-reconcile plan, which says what keeps each of them'
  return new Refusal(error('adopt-which', `adopt was given no address, and ${why} nobody can be asked`, { hint }))
}

const mostCommands = 20

function more(count: number): string[] {
  return count > 0 ? [`and ${count} more that a plan shows`] : []
}
