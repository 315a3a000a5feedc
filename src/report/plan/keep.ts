import { shownAddress } from '../../model/address.ts'
import { grouped } from '../../model/grouped.ts'
import type { AnswerCommand } from '../../model/keeping.ts'
import type { Operation } from '../../model/operation.ts'
import type { Plan } from '../../model/plan.ts'
import { listed } from '../../text/list.ts'
import { trailing } from '../../text/quote.ts'
import { repeating } from '../../text/repeat.ts'

/** How what is live is kept where a plan would change or remove it, for people. */
export interface KeepWords {
  /** The commands that answer in the manifest, each with its flags. */
  readonly commands: readonly string[]
  /** What has to be done by hand where neither command answers, one sentence each. */
  readonly byHand: readonly string[]
}

/** Flags of the commands that a text suggests, by command. */
export type FlagsOf = (command: string) => string

const most = 5

/** How to keep what is live; nothing where a plan only creates, or is about what ends. Pure. */
export function keepWords({ operations, complete, selection }: Plan, flags: FlagsOf | undefined): KeepWords {
  // What ended by its time is no drift.
  const isDrift = selection.user === undefined && !selection.due
  if (flags === undefined || !complete || !isDrift) return { commands: [], byHand: [] }
  const drift = operations.filter(({ verb }) => verb !== 'create')
  const commands = (['adopt', 'ignore'] as const).flatMap((command) => commandFor(command, drift, flags))
  return { commands, byHand: otherwise(drift, flags) }
}

function commandFor(command: AnswerCommand, drift: readonly Operation[], flags: FlagsOf): string[] {
  const [first, ...more] = drift.filter(({ keep }) => keep?.by.includes(command))
  if (!first) return []
  const at = more.length === 0 ? trailing([shownAddress(first.address)]) : ' ADDRESS'
  return [`sso-reconcile ${command}${at}${flags(command)}`]
}

/** What is kept in the same way is told of together. */
function otherwise(drift: readonly Operation[], flags: FlagsOf): string[] {
  const pairs = drift.flatMap(({ address, keep }) =>
    keep?.instead !== undefined ? [[keep.instead, shownAddress(address)] as const] : [],
  )
  const told = [...grouped(pairs)].map(
    ([instead, addresses]) => `To keep ${listed(addresses)}: ${repeating(instead, flags)}`,
  )
  if (told.length <= most) return told
  return [
    ...told.slice(0, most),
    `To keep what is not listed here, see keep in the plan as JSON (${told.length - most} more)`,
  ]
}
