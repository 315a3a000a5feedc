import type { Contents } from './content-types.ts'
import { addContents } from './contents.ts'
import type { Choices } from './faults/choices.ts'
import type { Random } from './ids.ts'
import { uniqueForm } from './operations/directory.ts'
import type { State } from './state/state.ts'

/** Adds users, groups, permission sets and applications of the contents that the state lacks; does nothing before Identity Center is enabled. */
export function addMissing(
  state: State,
  { users = [], groups = [], permissionSets = [], applications = [] }: Contents,
  now: number,
  random: Random,
  choices: Choices,
): void {
  if (![...state.rows('instances').values()].some(({ kind }) => kind === 'organization')) return
  const form = (name: string) => uniqueForm(choices, name)
  const there = {
    users: new Set([...state.rows('users').values()].map((row) => form(row.UserName))),
    groups: new Set([...state.rows('groups').values()].map((row) => form(row.DisplayName))),
    applications: new Set([...state.rows('applications').values()].flatMap(({ name, arn }) => [name, arn])),
    sets: new Set([...state.rows('permissionSets').values()].map((row) => row.name)),
  }
  const missing = {
    users: users.filter(({ userName }) => !there.users.has(form(userName))),
    groups: groups.filter(({ displayName }) => !there.groups.has(form(displayName))),
    permissionSets: permissionSets.filter(({ name }) => !there.sets.has(name)),
    applications: applications.filter(({ name, arn = name }) => !there.applications.has(arn)),
  }
  addContents(state, missing, now, random, choices)
}
