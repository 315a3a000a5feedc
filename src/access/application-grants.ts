import { nameOf } from '../model/address.ts'
import type { ApplicationAssignmentSpec, MembershipSpec } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { applicationName, applicationsOf, applicationWords, isOpen, letIn } from './applications.ts'
import { isThere } from './known.ts'

type Does = 'get' | 'lose'

/**
 * Who gains and who loses what between two states, one sentence for each application that is opened or closed, each assignment, and each
 * member who comes or goes. Pure.
 */
export function applicationGrants(without: State, having: State, does: Does): readonly string[] {
  const direct = [...having['application-assignment']]
    .filter(([at]) => !without['application-assignment'].has(at))
    .flatMap(([, { spec }]) => assignedWords(spec, { without, having, does }))
  const joined = [...having.membership]
    .filter(([at]) => !without.membership.has(at))
    .flatMap(([, { spec }]) => joinedWords(spec, { without, having, does }))
  const opened = [...having.application.keys()]
    .map(nameOf)
    .filter((called) => isOpen(called, having) && !isOpen(called, without))
    .flatMap((called) => everybodyWords(called, { without, having, does }))
  return [...opened, ...direct, ...joined]
}

interface Sides {
  readonly without: State
  readonly having: State
  readonly does: Does
}

/** An assignment decides nothing in a state in which every user is let in; that it is opened or closed is told as such. */
function decides(called: string, { without, having }: Sides): boolean {
  return !isOpen(called, without) && !isOpen(called, having)
}

function assignedWords(spec: ApplicationAssignmentSpec, sides: Sides): readonly string[] {
  const { having, does } = sides
  return decides(spec.application, sides) && isThere(having, spec) ? [applicationWords(does, spec, having)] : []
}

function joinedWords({ user, group }: MembershipSpec, sides: Sides): readonly string[] {
  const { without, having, does } = sides
  const who = { type: 'group', name: group } as const
  const before = new Set(applicationsOf(without, who).applications)
  // What is new for the whole group is told as such.
  const told = applicationsOf(having, who).applications.filter((one) => before.has(one) && decides(one, sides))
  return told.map((one) => `${user} ${does}s application ${applicationName(one, having)} through ${group}`)
}

/** "every user who is not assigned (3) loses application Wiki": those whom only the one state lets in; nothing where that is nobody. */
function everybodyWords(called: string, { without, having, does }: Sides): readonly string[] {
  const all = [...having.user.keys()].map(nameOf)
  const { users, complete } = letIn(called, without)
  const others = all.filter((user) => !users.includes(user))
  if (others.length === 0) return []
  const assigned = does === 'get' ? ' who was not assigned' : ' who is not assigned'
  const who = complete && others.length === all.length ? '' : assigned
  const count = complete ? `${others.length}` : `up to ${others.length}`
  return [`every user${who} (${count}) ${does}s application ${applicationName(called, having)}`]
}
