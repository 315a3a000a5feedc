import { pathsOf } from '../access/paths.ts'
import { refusedQuestions } from '../access/questions.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { CarriedOut } from './carried-out.ts'
import {
  type HeldRole,
  type RemainingApplication,
  type RemainingPath,
  type RemainingRole,
  remainingApplications,
  remainingPaths,
  remainingRoles,
  rolesHeld,
} from './remaining.ts'
import { type RunningSessions, runningSessions } from './running.ts'
import { denyingSets } from './taken.ts'

/** What is left of a user's access, as a new look found it. */
export interface Aftermath {
  readonly user: string
  readonly sessionsOnly: boolean
  /** Ways into accounts that are still open; all of them where only sessions were ended. */
  readonly paths: readonly RemainingPath[]
  /** Applications that the user is still assigned to, as far as they were read. */
  readonly applications: readonly RemainingApplication[]
  /** IAM roles that account access manager still gives the user, as far as they were read. */
  readonly roles: readonly RemainingRole[]
  /** IAM roles that the user could take through account access manager before: their sessions go on. */
  readonly held: readonly HeldRole[]
  /** Account access manager is in use, and what it gives is not known. */
  readonly mayHold: boolean
  /** Why not everything could be read; absent when the paths are all there are. */
  readonly unread?: Diagnostic | 'unknown'
  /** Names of permission sets that deny the user, sorted. */
  readonly denying: readonly string[]
  /** Role sessions that nothing denies, and that go on until they end by themselves. */
  readonly sessions: readonly RunningSessions[]
}

/** What is left of a user's access, and why. Pure. */
export function aftermathOf(done: CarriedOut): Aftermath {
  const { user, sessionsOnly, after } = done
  const [refused] = refusedQuestions(after)
  return {
    user,
    sessionsOnly,
    paths: remainingPaths(done),
    applications: remainingApplications(done),
    roles: remainingRoles(done),
    held: rolesHeld(done),
    mayHold: done.entitlements.isInUse ?? false,
    ...(pathsOf(after, user).complete ? {} : { unread: refused ?? 'unknown' }),
    denying: denyingSets(after, user),
    sessions: runningSessions(done),
  }
}

/** True when nothing is left of what was to be ended. Pure. */
export function isOver({ sessionsOnly, unread, mayHold, ...left }: Aftermath): boolean {
  const { paths, applications, roles, sessions, held } = left
  const open = sessionsOnly ? [...sessions, ...held] : [...paths, ...applications, ...roles]
  return unread === undefined && !mayHold && open.length === 0
}
