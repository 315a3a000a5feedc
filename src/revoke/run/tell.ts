import { applicationWayWords, type OpenApplications, waysToApplications } from '../../access/applications.ts'
import { pathsOf } from '../../access/paths.ts'
import { consolePage } from '../../model/console.ts'
import { error } from '../../model/diagnostic.ts'
import { accountLabel, type Facts } from '../../model/facts.ts'
import type { State } from '../../model/state.ts'
import { type NotChecked, notCheckedJson } from '../../report/access/words.ts'
import { aftermathJson } from '../../report/revoke/json.ts'
import { aftermathText, pathText } from '../../report/revoke/text.ts'
import { reachFlags } from '../../session/flags.ts'
import { reportIn } from '../../session/report-in.ts'
import type { Session } from '../../session/runtime.ts'
import { jsonText } from '../../text/json.ts'
import { about, quoted } from '../../text/quote.ts'
import { shown, shownIn } from '../../text/shown.ts'
import { hanging } from '../../text/wrap.ts'
import { type Aftermath, isOver } from '../aftermath.ts'
import type { RevokeOptions } from './options.ts'
import { consequenceOf, howToAdd, linesOf, type Unrecorded } from './unrecorded.ts'

/** What is told beside what is left of the access. */
interface TellOptions {
  readonly session: Session
  readonly options: RevokeOptions
  /** Addresses of what was taken away and is recorded. */
  readonly taken: readonly string[]
  readonly notChecked: NotChecked
  /** Applications that let in every user, also one without grants. */
  readonly openTo: OpenApplications
  /** False when everything was as it should be already. */
  readonly changed: boolean
  /** What the manifest does not hold, because it could not be written. */
  readonly unrecorded?: Unrecorded
}

/** Tells what is left of a user's access. */
export function tellAftermath(
  aftermath: Aftermath,
  { session, options, taken, changed, notChecked, openTo, unrecorded }: TellOptions,
): void {
  const { runtime, manifest } = session
  if (options.format === 'json') {
    runtime.out(
      `${jsonText({ ...aftermathJson(aftermath, isOver(aftermath), openTo), taken, not_checked: notCheckedJson(notChecked), ...recordedJson(unrecorded) })}\n`,
    )
    return
  }
  const console = consolePage(manifest.manifest.identity_center.region, 'users')
  const width = runtime.terminal.width.out
  const undo = about('revoke', [options.user], ` --undo${reachFlags(options)}`)
  const recorded = taken.length > 0 ? `, with the removed access that ${manifest.file} does not declare` : ''
  const unchanged = changed ? '' : ' Nothing had to change in AWS.'
  const closing = unrecorded
    ? `${unchanged.trim()} ${notRecorded(unrecorded, manifest.file)}`.trim()
    : `Recorded under revoked in ${manifest.file}${recorded}; commit it.${unchanged} "${undo}" undoes it.`
  runtime.out(
    `\n${aftermathText(aftermath, { width, console, notChecked, openTo })}\n\n${hanging(shown(closing), width).join('\n')}\n${unrecorded ? `\n${linesOf(unrecorded)}\n` : ''}`,
  )
}

function notRecorded(unrecorded: Unrecorded, file: string): string {
  return `${unrecorded.user} is NOT recorded under revoked in ${file}, and ${consequenceOf(unrecorded)}: ${howToAdd(file)}`
}

function recordedJson(unrecorded: Unrecorded | undefined): { readonly recorded: boolean; readonly add?: string } {
  return unrecorded ? { recorded: false, add: linesOf(unrecorded) } : { recorded: true }
}

/** Tells that nothing is known of what is left, because no look succeeded after the change. Gives the exit code. */
export function tellUnread(session: Session, options: RevokeOptions): number {
  const { user } = options
  const unread = error('not-verified', `the current access of ${user} was not read`, {
    hint: `run sso-reconcile access --user ${quoted(user)}${reachFlags(options)}, and this command again`,
  })
  reportIn(session, [unread])
  return 1
}

/** What a user may do again, as it was read. */
export interface GivenBack {
  readonly user: string
  readonly state: State
  readonly facts: Facts
  /** Names of permission sets that go on denying the user. */
  readonly denied: readonly string[]
  /** False when the revocation is still recorded, because not everything was given back. */
  readonly isDone: boolean
  /** The manifest tells what was taken away that it does not declare. */
  readonly isRecorded: boolean
}

/** Tells what a user may do after a revocation was taken back. */
export function tellGivenBack(
  { user, state, facts, denied, isDone, isRecorded }: GivenBack,
  { runtime, options, manifest }: Session,
): void {
  const applications = waysToApplications(state, user).ways
  const paths = pathsOf(state, user).paths.map((path) => ({
    ...path,
    account_label: accountLabel(path.account, facts),
  }))
  if (options.format === 'json') {
    const access = paths.map(({ user: _user, account_label: _label, ...path }) => path)
    runtime.out(`${jsonText({ type: 'given-back', user, complete: isDone, access, applications, denied })}\n`)
    return
  }
  const hasAny = paths.length + applications.length > 0
  const lines = [
    hasAny ? `${user} has access:` : `${user} has no access: there are no grants.`,
    ...paths.map((path) => `  ${pathText(path)}`),
    ...applications.map((way) => `  ${applicationWayWords(way, state)}`),
    ...(denied.length > 0 ? [`Still denied everything in ${denied.join(', ')}.`] : []),
    ...(isRecorded ? [] : [`${manifest.file} does not record anything else that was removed.`]),
    '',
    isDone
      ? `${user} is no longer revoked${hasAny ? ' and can sign in and use this access again' : ''}: removed from revoked in ${manifest.file}; commit it.`
      : `${user} is still recorded under revoked in ${manifest.file}; fix the cause above and run this again.`,
  ]
  runtime.out(
    `\n${shownIn(lines)
      .flatMap((line) => indented(line, runtime.terminal.width.out))
      .join('\n')}\n`,
  )
}

function indented(line: string, width: number): string[] {
  return hanging(line.trimStart(), width, line.length - line.trimStart().length)
}
