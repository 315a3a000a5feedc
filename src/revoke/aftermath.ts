import { pathsOf } from '../access/paths.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { Outcome } from '../model/operation.ts'
import type { State } from '../model/state.ts'
import { type RemainingPath, remainingPaths } from './remaining.ts'
import { type RunningSessions, runningSessions } from './running.ts'
import { denyingSets } from './taken.ts'

/** A revocation that was carried out, and the looks from before and after it. */
export interface CarriedOut {
  readonly user: string
  /** Only sessions from before were ended; grants stay. */
  readonly sessionsOnly: boolean
  /** The revocation was in the manifest already, so that some of it may have been carried out before. */
  readonly isStanding: boolean
  readonly manifest: LoadedManifest
  readonly facts: Facts
  /** As it was before anything was changed. */
  readonly before: State
  /** As it should be now. */
  readonly desired: State
  /** As it is now. */
  readonly after: State
  readonly outcomes: ReadonlyMap<Address, Outcome>
}

/** What is left of a user's access, as a new look found it. */
export interface Aftermath {
  readonly user: string
  readonly sessionsOnly: boolean
  /** Ways into accounts that are still open; all of them where only sessions were ended. */
  readonly paths: readonly RemainingPath[]
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
  const [refused] = after.covers.refused.values()
  return {
    user,
    sessionsOnly,
    paths: remainingPaths(done),
    ...(pathsOf(after, user).complete ? {} : { unread: refused ?? 'unknown' }),
    denying: denyingSets(after, user),
    sessions: runningSessions(done),
  }
}

/** True when nothing is left of what was to be ended. Pure. */
export function isOver({ sessionsOnly, paths, sessions, unread }: Aftermath): boolean {
  return unread === undefined && (sessionsOnly ? sessions : paths).length === 0
}
