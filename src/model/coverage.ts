import type { Address } from './address.ts'
import type { Diagnostic } from './diagnostic.ts'

/** Everything, or only what is named. */
export type Extent<T extends string = Address> = 'all' | ReadonlySet<T>

/**
 * What a look covered: what it did not cover is unknown, not absent. Assignments are known when the look covered their principal, their
 * permission set or their account.
 */
export interface Coverage {
  /** Groups all of whose members are in the state. */
  readonly members: Extent
  /** Users all of whose memberships are in the state. */
  readonly memberships: Extent
  /** Users and groups all of whose assignments are in the state. */
  readonly principals: Extent
  /** Permission sets all of whose assignments are in the state. */
  readonly sets: Extent
  /** Ids of accounts all of whose assignments are in the state. */
  readonly accounts: Extent<string>
  /** Applications all of whose assignments are in the state. */
  readonly applications: Extent
  /** Users and groups all of whose assignments to applications are in the state. */
  readonly applicationPrincipals: Extent
  /** Why applications were not looked at; absent where they were, and where nobody asked. */
  readonly applicationsRefused?: Diagnostic
  /** Files of this machine that could not be read, by name: what is in them is unknown. */
  readonly unread: ReadonlySet<string>
  /** Why questions stayed open: AWS refused their reads. By the key of the question. */
  readonly refused: ReadonlyMap<string, Diagnostic>
}

/** A look that left nothing out. */
export const covered: Coverage = {
  members: 'all',
  memberships: 'all',
  principals: 'all',
  sets: 'all',
  accounts: 'all',
  applications: 'all',
  applicationPrincipals: 'all',
  unread: new Set(),
  refused: new Map(),
}

/** A look that read nothing. */
export const uncovered: Coverage = {
  members: new Set(),
  memberships: new Set(),
  principals: new Set(),
  sets: new Set(),
  accounts: new Set(),
  applications: new Set(),
  applicationPrincipals: new Set(),
  unread: new Set(),
  refused: new Map(),
}

/** True for something that was covered. */
export function covers<T extends string>(extent: Extent<T>, one: T): boolean {
  return extent === 'all' || extent.has(one)
}

/** What several looks at the same moment covered together. */
export function together(looks: readonly Partial<Coverage>[]): Coverage {
  return looks.reduce<Coverage>(joined, uncovered)
}

function joined(a: Coverage, b: Partial<Coverage>): Coverage {
  const applicationsRefused = b.applicationsRefused ?? a.applicationsRefused
  return {
    members: union(a.members, b.members),
    memberships: union(a.memberships, b.memberships),
    principals: union(a.principals, b.principals),
    sets: union(a.sets, b.sets),
    accounts: union(a.accounts, b.accounts),
    applications: union(a.applications, b.applications),
    applicationPrincipals: union(a.applicationPrincipals, b.applicationPrincipals),
    ...(applicationsRefused ? { applicationsRefused } : {}),
    unread: b.unread ? new Set([...a.unread, ...b.unread]) : a.unread,
    refused: b.refused ? new Map([...a.refused, ...b.refused]) : a.refused,
  }
}

function union<T extends string>(a: Extent<T>, b: Extent<T> | undefined): Extent<T> {
  if (a === 'all' || b === undefined) return a
  return b === 'all' ? b : new Set([...a, ...b])
}
