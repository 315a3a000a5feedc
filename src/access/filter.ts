import { nameOf } from '../model/address.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { nearest } from '../text/near.ts'
import type { Access, AccessRow, IdleGrant } from './rows.ts'

/** What a report is narrowed to; each list means "any of these", and several lists must all match. */
export interface AccessFilter {
  /** User names, or ids of orphans. */
  readonly users?: readonly string[]
  /** Ids, nicknames or names of accounts. */
  readonly accounts?: readonly string[]
  readonly sets?: readonly string[]
}

/** Only what the filter lets through. Pure. */
export function filtered({ rows, idle }: Access, { users, accounts, sets }: AccessFilter): Access {
  const place = (one: AccessRow | IdleGrant) =>
    among(accounts, one.account, one.account_label) && among(sets, one.permission_set)
  return {
    rows: rows.filter((row) => place(row) && among(users, row.user)),
    // A group without members has nothing to do with a user.
    idle: users ? [] : idle.filter(place),
    narrowed: Boolean(users ?? accounts ?? sets),
  }
}

/** True where nothing is asked for, or one of what was found is. Pure. */
export function among(desired: readonly string[] | undefined, ...found: readonly string[]): boolean {
  return desired === undefined || found.some((one) => desired.includes(one))
}

/** What the words of a filter can name. */
export interface KnownWords {
  readonly users: ReadonlySet<string>
  readonly accounts: ReadonlySet<string>
  readonly sets: ReadonlySet<string>
}

/** Everybody and everything that a filter can name: users with and without access, and orphans by their ids. Pure. */
export function knownWords(state: State, { rows }: Access, { accounts }: Facts): KnownWords {
  return {
    users: new Set([...[...state.user.keys()].map(nameOf), ...rows.map(({ user }) => user)]),
    accounts: new Set(accounts.flatMap(({ id, label, name }) => [id, label, name])),
    sets: new Set([...state['permission-set'].keys()].map(nameOf)),
  }
}

/** A warning for each word of a filter that names nothing live: an empty report must not pass for "nobody has access". Pure. */
export function unknownWords(filter: AccessFilter, known: KnownWords): readonly Diagnostic[] {
  const kinds = [
    ['users', 'user'],
    ['accounts', 'account'],
    ['sets', 'permission set'],
  ] as const
  return kinds.flatMap(([key, noun]) =>
    (filter[key] ?? [])
      .filter((word) => !known[key].has(word))
      .map((word) =>
        warning('access-unknown', `there is no ${noun} called ${word}`, { hint: unknownHint(word, [...known[key]]) }),
      ),
  )
}

function unknownHint(word: string, known: readonly string[]): string {
  const likely = nearest(word, known)
  const all = 'names must match exactly, including case; run access without the filter to see them all'
  return likely === undefined ? all : `did you mean ${likely}? ${all}`
}
