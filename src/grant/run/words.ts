import { type Grant, ruleLine } from '../../manifest/edit/rules.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { error } from '../../model/diagnostic.ts'
import { lastMoment } from '../../model/moments.ts'
import { goesOn } from '../../reconcile/goes-on.ts'
import type { Observed } from '../../reconcile/observe.ts'
import { reachFlags } from '../../session/flags.ts'
import type { Session } from '../../session/runtime.ts'
import { tell } from '../../session/tell.ts'
import { about, quoted, trailing } from '../../text/quote.ts'
import { rowOf, specOf, targetOf } from '../rule.ts'
import type { GrantOptions } from './options.ts'

/** What is told about a grant. */
interface Told {
  readonly rule: Grant
  readonly options: GrantOptions
  readonly session: Session
  /** The manifest as it was before. */
  readonly others: LoadedManifest
}

/** Where the rule is, that nothing but a later apply ends what it gives, and what goes on all the same. */
export function afterwards({ rule, options, session, others }: Told, { live, facts }: Observed['input']): void {
  const { user, set, account } = options
  const declared = session.manifest.manifest.permission_sets?.[set]
  // Of a set that the file does not describe, only the longest that AWS allows is known.
  const duration = declared?.external ? '12h' : (declared?.session_duration ?? '1h')
  tell(
    session.runtime,
    `${recorded(session, rule)} ${user} has ${set} on ${account} until ${rule.until}. ${endWords(session, options)}`,
  )
  const grant = specOf(session.manifest, options, facts)
  const end = lastMoment(rule.until ?? '')
  const look = `sso-reconcile access --user ${quoted(user)}${reachFlags(options)}`
  for (const words of end ? goesOn(grant, end, { live, facts, others, look }) : []) tell(session.runtime, words)
  tell(
    session.runtime,
    `Role sessions that start before it ends go on for up to ${duration} more; ${about('revoke', [user], ` --sessions${reachFlags(options)}`)} ends them.`,
  )
}

/** The same of a grant that begins later. */
export function laterWords({ rule, options, session }: Told): void {
  const { user, set, account } = options
  const what = `${user} gets ${set} on ${account} with the first apply from ${rule.from} on, until ${rule.until}.`
  tell(session.runtime, `${recorded(session, rule)} Nothing changes now: ${what} ${endWords(session, options)}`)
}

function recorded({ manifest, options }: Session, rule: Grant): string {
  const row = rowOf(manifest, rule)
  const at = row === undefined ? undefined : manifest.position(['assignments', row], 'value')
  const rehearsed = options.sandbox === undefined ? 'commit it' : 'the sandbox is a rehearsal, but the file is your own'
  return `Recorded in ${at ? `${at.file}:${at.line}` : manifest.file}; ${rehearsed}.`
}

// Whoever reads only this must know that a clock is missing.
function endWords({ manifest }: Session, options: GrantOptions): string {
  const command = `sso-reconcile apply --yes${trailing(['--target', targetOf(manifest, options)])}${reachFlags(options)}`
  const due = `sso-reconcile apply --due --yes${reachFlags(options)}`
  return `Nothing ends it by itself, the first apply after that does: then run ${command}, or ${due} on a schedule.`
}

/** Why a rule cannot be added, and what to add by hand. */
export function noPlace(file: string, rule: Grant) {
  return error('grant-no-place', `${file} is written in a way that grant cannot add to`, {
    hint: `add under assignments by hand, then apply: - ${ruleLine(rule)}`,
  })
}
