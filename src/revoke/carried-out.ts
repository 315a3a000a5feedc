import type { RoleEntitlements } from '../access/role-entitlements.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import type { Address } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { Outcome } from '../model/operation.ts'
import type { State } from '../model/state.ts'

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
  /** What account access manager gives now, to whomever. */
  readonly entitlements: RoleEntitlements
  /** The same before anything was changed. */
  readonly entitledBefore: RoleEntitlements
  readonly outcomes: ReadonlyMap<Address, Outcome>
}
