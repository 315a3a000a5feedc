import { address, nameOf } from '../model/address.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { ApplicationAssignmentSpec } from '../model/specs.ts'
import type { Entry, State } from '../model/state.ts'
import { membersOf } from './known.ts'
import { byKey, holdersOf } from './rows.ts'

/** An application as a report names it. */
export interface ApplicationNamed {
  /** Its name; the ARN where it has none. */
  readonly application: string
  readonly application_arn: string
  /** It is switched off, so that nobody can open it; absent for one that is not. */
  readonly application_disabled?: true
}

/** One way in which one person may open one application. */
export interface ApplicationRow extends ApplicationNamed {
  /** User name; the id where the user, or the group it came through, no longer exists. */
  readonly user: string
  readonly via: 'direct' | 'group'
  /** Name of the group, or its id where it no longer exists; absent for a direct assignment. */
  readonly group?: string
  readonly orphan: boolean
  readonly disabled: boolean
}

/** An application that a group without members is assigned to. */
export type IdleApplication = ApplicationNamed & { readonly group: string }

/** Who may open which application. */
export interface ApplicationAccess {
  /** By user, application and way; orphans last. */
  readonly rows: readonly ApplicationRow[]
  readonly idle: readonly IdleApplication[]
  /** Applications that let in every user, assigned or not. */
  readonly open: readonly ApplicationNamed[]
  /** Applications of which it is not known who is assigned. */
  readonly unread: readonly ApplicationNamed[]
  /** Why not everything was read, where that is so. */
  readonly refused?: Diagnostic
}

/** Who may open which application, with groups resolved to their members. The state has to cover all applications. Pure. */
export function applicationAccessOf(state: State): ApplicationAccess {
  const specs = [...state['application-assignment'].values()].map(({ spec }) => spec)
  const rows = specs.flatMap((spec) =>
    holdersOf(state, spec).map((holder) => ({ ...holder, ...named(spec.application, state) })),
  )
  const { applications, applicationsRefused } = state.covers
  const all = [...state.application]
  return {
    rows: rows.sort(byKey((row) => [row.orphan ? '1' : '0', row.user, ...nameKey(row), row.via, row.group ?? ''])),
    idle: specs.flatMap((spec) => idle(spec, state)).sort(byKey((one) => [one.group, ...nameKey(one)])),
    open: all
      .flatMap(([at, { spec }]) => (spec.assignment_required === false ? [named(nameOf(at), state)] : []))
      .sort(byKey(nameKey)),
    unread: all
      .flatMap(([at]) => (applications === 'all' || applications.has(at) ? [] : [named(nameOf(at), state)]))
      .sort(byKey(nameKey)),
    ...(applicationsRefused ? { refused: applicationsRefused } : {}),
  }
}

/** Only what concerns some users, by name; what lets in everybody concerns them too. Pure. */
export function applicationsFor(all: ApplicationAccess, users: readonly string[] | undefined): ApplicationAccess {
  return users ? { ...all, rows: all.rows.filter(({ user }) => users.includes(user)), idle: [] } : all
}

function named(called: string, state: State): ApplicationNamed {
  const entry: Entry<'application'> | undefined = state.application.get(address('application', called))
  return {
    application: entry?.spec.name ?? called,
    application_arn: entry?.ref ?? called,
    ...(entry?.disabled ? { application_disabled: true } : {}),
  }
}

function idle({ principal_type, principal, application }: ApplicationAssignmentSpec, state: State): IdleApplication[] {
  const exists = principal_type === 'group' && state.group.has(address('group', principal))
  if (!exists || membersOf(state, principal).users.length > 0) return []
  return [{ group: principal, ...named(application, state) }]
}

function nameKey({ application, application_arn }: ApplicationNamed): readonly string[] {
  return [application, application_arn]
}
