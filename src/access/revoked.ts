import { accountLabel, type Facts, inactiveWords, isActive } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import { listed } from '../text/list.ts'
import { type ApplicationWay, applicationWayWords, waysToApplications } from './applications.ts'
import { isDenied } from './claims.ts'
import { type Path, pathsOf } from './paths.ts'

/** What a user whose access was revoked may do all the same. */
export interface StillReached {
  readonly user: string
  readonly paths: readonly Path[]
  /** Applications that the user is assigned to, as far as they were read. */
  readonly applications: readonly ApplicationWay[]
  /** False when there may be more. */
  readonly complete: boolean
}

/** Revoked users who have a path into an account, or may have one that was not read. Pure. */
export function stillReached(state: State, revoked: Iterable<string>): readonly StillReached[] {
  return [...revoked]
    .map((user) => ({ user, ...pathsOf(state, user), applications: waysToApplications(state, user).ways }))
    .filter(({ paths, applications, complete }) => paths.length > 0 || applications.length > 0 || !complete)
}

/** "carol is revoked but still has Ops on dev through scim-admins (denied everything)": one sentence for each user. Pure. */
export function stillReachedWords(reached: StillReached, state: State, facts: Facts): string {
  const { user, paths, applications, complete } = reached
  const held = [
    ...paths.map((path) => pathWords(path, state, facts)),
    ...applications.map((way) => applicationWayWords(way, state)),
  ]
  const more = complete ? [] : ['access that could not be read']
  return `${user} is revoked but still has ${listed([...held, ...more])}`
}

function pathWords(path: Path, state: State, facts: Facts): string {
  const { permission_set, account, group } = path
  const through = group === undefined ? '' : ` through ${group}`
  const inactive = isActive(account, facts) ? '' : ` (an account that ${inactiveWords(account, facts)})`
  const denied = isDenied(state, path) ? ' (denied everything)' : inactive
  return `${permission_set} on ${accountLabel(account, facts)}${through}${denied}`
}
