import { addContents, type Contents } from './contents.ts'
import type { Random } from './ids.ts'
import type { State } from './state/state.ts'

/** Adds users, groups and permission sets of the contents that the state lacks; does nothing before Identity Center is enabled. */
export function addMissing(
  state: State,
  { users = [], groups = [], permissionSets = [] }: Contents,
  now: number,
  random: Random,
): void {
  if (![...state.rows('instances').values()].some(({ kind }) => kind === 'organization')) return
  const names = (rows: Iterable<string>) => new Set(rows)
  const there = {
    users: names([...state.rows('users').values()].map((row) => row.UserName)),
    groups: names([...state.rows('groups').values()].map((row) => row.DisplayName)),
    sets: names([...state.rows('permissionSets').values()].map((row) => row.name)),
  }
  const missing = {
    users: users.filter(({ userName }) => !there.users.has(userName)),
    groups: groups.filter(({ displayName }) => !there.groups.has(displayName)),
    permissionSets: permissionSets.filter(({ name }) => !there.sets.has(name)),
  }
  addContents(state, missing, now, random)
}
