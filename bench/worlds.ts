import { stringify } from 'yaml'
import type { ContentAssignment, Contents } from '../src/sandbox/content-types.ts'
import {
  type OrganizationSize,
  organizationOf,
  organizationSizes,
} from '../test/scenarios/large/support/organization.ts'

/** An organization as the embedded Identity Center is filled with it, and the manifest that says the same. */
export interface World {
  /** Every account, the management account first. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly contents: Required<Pick<Contents, 'users' | 'groups' | 'permissionSets' | 'assignments'>>
  readonly manifest: object
  /** How its manifest is written: by hand, or by a program. */
  readonly written: 'yaml' | 'json'
}

/** The management account and the Region of every world. */
export const management = '111122223333'
export const region = 'us-east-1'

/** How large a world without groups is: everybody is assigned to as many accounts as `each` says, and sets go round. */
interface PeopleSize {
  readonly users: number
  readonly sets: number
  readonly accounts: number
  readonly each: number
}

const people = {
  S: { users: 1, sets: 1, accounts: 1, each: 1 },
  M: { users: 20, sets: 10, accounts: 10, each: 10 },
  L: { users: 100, sets: 30, accounts: 50, each: 20 },
} as const satisfies Readonly<Record<string, PeopleSize>>

const organizations = {
  XL: organizationSizes['300 accounts'],
  XXL: organizationSizes['3,000 accounts'],
} as const satisfies Readonly<Record<string, OrganizationSize>>

/** Sizes by name, in rising order. */
export const worlds: Readonly<Record<'S' | 'M' | 'L' | 'XL' | 'XXL', () => World>> = {
  S: () => worldOfPeople(people.S, 'yaml'),
  M: () => worldOfPeople(people.M, 'yaml'),
  L: () => worldOfPeople(people.L, 'json'),
  XL: () => worldOfOrganization(organizations.XL),
  XXL: () => worldOfOrganization(organizations.XXL),
}

export type WorldName = keyof typeof worlds

/** The manifest of a world as the text of a file. */
export function manifestText({ manifest, written }: Pick<World, 'manifest' | 'written'>): string {
  return written === 'yaml' ? stringify(manifest) : JSON.stringify(manifest)
}

function worldOfPeople({ users, sets, accounts: count, each }: PeopleSize, written: World['written']): World {
  const accounts = numbered(count, (index) => ({
    id: index === 0 ? management : String(200_000_000_000 + index),
    name: `Account ${index}`,
  }))
  const names = numbered(users, (index) => `user${index}`)
  const setNames = numbered(sets, (index) => `Set${index}`)
  const assignments = names.flatMap((user, nth) =>
    numbered(each, (index): ContentAssignment & { readonly user: string } => ({
      user,
      permissionSet: `Set${(nth + index) % sets}`,
      account: accounts[(nth + index) % count]?.id ?? management,
    })),
  )
  return {
    accounts,
    contents: {
      users: names.map((userName) => ({ userName, familyName: 'User', email: `${userName}@example.com` })),
      groups: [],
      permissionSets: setNames.map(ownSet),
      assignments,
    },
    manifest: {
      version: 1,
      identity_center: { region },
      users: Object.fromEntries(
        names.map((name) => [name, { given_name: name, family_name: 'User', email: `${name}@example.com` }]),
      ),
      permission_sets: Object.fromEntries(
        setNames.map((name) => [name, { session_duration: '8h', managed_policies: ['ReadOnlyAccess'] }]),
      ),
      assignments: assignments.map(({ user, permissionSet, account }) => ({
        users: [user],
        permission_sets: [permissionSet],
        accounts: [account],
      })),
    },
    written,
  }
}

function ownSet(name: string) {
  return {
    name,
    sessionDuration: 'PT8H',
    managedPolicies: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    tags: { 'managed-by': 'sso-reconcile' },
  }
}

function worldOfOrganization(size: OrganizationSize): World {
  const { accounts, contents, manifest } = organizationOf(size, management, region)
  const { users = [], groups = [], permissionSets = [], assignments = [] } = contents
  return {
    accounts: [{ id: management, name: 'Management' }, ...accounts],
    contents: { users, groups, permissionSets, assignments },
    manifest,
    written: 'json',
  }
}

function numbered<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}
