import { address, nameOf, principalAddress } from '../model/address.ts'
import { covers } from '../model/coverage.ts'
import type { ApplicationAssignmentSpec, Principal } from '../model/specs.ts'
import type { BothStates, State } from '../model/state.ts'
import { plural } from '../text/count.ts'
import { type Held, heldBy, lostOf } from './doubt.ts'
import { countWords, groupsOf, isThere, membersOf } from './known.ts'
import { applicationsByPrincipal } from './lookup.ts'

/** What an application is called by people; addresses call it by its ARN where its name is not its own. Pure. */
export function applicationName(called: string, state: State): string {
  return state.application.get(address('application', called))?.spec.name ?? called
}

/** "taro gets application Grafana", "members of finance (2) lose application Grafana": as the state has it. Pure. */
export function applicationWords(does: 'get' | 'lose', spec: ApplicationAssignmentSpec, state: State): string {
  const { principal_type, principal } = spec
  const held = `application ${applicationName(spec.application, state)}`
  return principal_type === 'user'
    ? `${principal} ${does}s ${held}`
    : `members of ${principal} (${countWords(state, principal)}) ${does} ${held}`
}

/** The end of a sentence where an assignment decides nothing, because an application lets in every user; else empty. Pure. */
export function opensFor(called: string, state: State): string {
  return isOpen(called, state) ? ', which every user can open all the same' : ''
}

/** True for an application that lets in every user, as far as it was read. Pure. */
export function isOpen(called: string, state: State): boolean {
  return state.application.get(address('application', called))?.spec.assignment_required === false
}

/** Applications that a user or a group is assigned to, as addresses call them, and whether they are all. Pure. */
export function applicationsOf(
  state: State,
  principal: Principal,
): { readonly applications: readonly string[]; readonly complete: boolean } {
  const at = principalAddress(principal)
  const { applications, applicationPrincipals } = state.covers
  return {
    applications:
      applicationsByPrincipal(state['application-assignment']).get(`${principal.type} ${principal.name}`) ?? [],
    complete: applications === 'all' || covers(applicationPrincipals, at) || !state[principal.type].has(at),
  }
}

/** Applications that let in every user, and those of which AWS did not tell, by the names people call them. */
export interface OpenApplications {
  readonly open: readonly string[]
  readonly unread: readonly string[]
}

/** One way in which a user may open an application. */
export interface ApplicationWay {
  readonly application: string
  /** Name of the group it comes through; absent where the user is assigned. */
  readonly group?: string
}

/** Every way of a user into applications, directly and through groups, and whether they are all. Pure. */
export function waysToApplications(
  state: State,
  user: string,
): { readonly ways: readonly ApplicationWay[]; readonly complete: boolean } {
  const direct = applicationsOf(state, { type: 'user', name: user })
  const { groups, complete } = groupsOf(state, user)
  const through = groups.map((group) => ({ group, ...applicationsOf(state, { type: 'group', name: group }) }))
  return {
    ways: [
      ...direct.applications.map((application) => ({ application })),
      ...through.flatMap(({ group, applications }) => applications.map((application) => ({ application, group }))),
    ],
    complete: complete && direct.complete && through.every((one) => one.complete),
  }
}

/** "application Grafana through devs". Pure. */
export function applicationWayWords({ application, group }: ApplicationWay, state: State): string {
  return `application ${applicationName(application, state)}${group === undefined ? '' : ` through ${group}`}`
}

/** "application Grafana", "3 applications": what a group is known to be assigned to; empty for nothing. Pure. */
export function applicationsHeld(group: string, state: State): string {
  const { applications } = applicationsOf(state, { type: 'group', name: group })
  const [only, second] = applications
  if (only === undefined) return ''
  return second === undefined
    ? `application ${applicationName(only, state)}`
    : plural(applications.length, 'application')
}

/** An application that somebody can open no more, by the name people call it, and the groups of whose members that depends. */
export interface LostApplication {
  readonly application: string
  readonly depends: readonly string[]
}

/** Applications that a user or a group could open in the first state, or may have, and cannot in the second, by name. Pure. */
export function applicationsLost(who: Principal, { live, end }: BothStates): readonly LostApplication[] {
  const lost = lostOf(opened(who, live), opened(who, end), { key: (called) => called, replaces: () => true })
  return lost
    .map(({ what, depends }) => ({ application: applicationName(what, live), depends }))
    .sort((a, b) => (a.application < b.application ? -1 : 1))
}

/** What lets in every user lets in these too. */
function opened(who: Principal, state: State): readonly Held<string>[] {
  const open = [...state.application.keys()].map(nameOf).filter((one) => isOpen(one, state))
  const assigned = heldBy(who, state, (principal) => applicationsOf(state, principal).applications)
  return [...open.map((what) => ({ what })), ...assigned]
}

/** Users who may open an application that lets in only who is assigned, as far as they are known. Pure. */
export function letIn(called: string, state: State): { readonly users: readonly string[]; readonly complete: boolean } {
  const at = address('application', called)
  const specs = [...state['application-assignment'].values()].flatMap(({ spec }) =>
    spec.application === called && isThere(state, spec) ? [spec] : [],
  )
  const found = specs.map(({ principal_type, principal }) =>
    principal_type === 'user' ? { users: [principal], complete: true } : membersOf(state, principal),
  )
  return {
    users: found.flatMap(({ users }) => users),
    complete: covers(state.covers.applications, at) && found.every(({ complete }) => complete),
  }
}
