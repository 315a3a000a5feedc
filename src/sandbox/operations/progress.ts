import { leavingMark, leavingProvisions, placeOf, requestsByStatus } from '../state/indexes.ts'
import type { State } from '../state/state.ts'
import type { ProvisionRow, RequestRow } from '../state/tables.ts'
import type { Course } from './context.ts'
import { effects } from './effects.ts'

/** The account of a request that concerns every account which holds the set. */
export const everywhere = '*'

/** When the next request ends, or the next role goes, that nobody looks at; undefined when nothing is under way. */
export function nextDue(state: State): number | undefined {
  const times = [...ending(state).map(({ due }) => due), ...leavingRoles(state).map(({ leaves }) => leaves)]
  return times.length === 0 ? undefined : Math.min(...times)
}

/** Ends every request, and takes every role away, whose time has come. */
export function settle(course: Course): void {
  for (const request of ending(course.state)) if (request.due <= course.now) finish(course, request)
  // Afterwards, because an assignment that has come in time makes a role stay.
  for (const role of leavingRoles(course.state)) {
    if (role.leaves <= course.now) course.state.remove('provisions', placeOf(role))
  }
}

/** Somebody looks at a request: one look less to go, or, when none is left, its end. */
export function look(course: Course, request: RequestRow): void {
  if (request.status !== 'IN_PROGRESS') return
  if (request.looks > 0) course.state.put('requests', request.id, { ...request, looks: request.looks - 1 })
  else finish(course, request)
}

/** Somebody looks at roles: those that are on their way out come one look closer to it. */
export function lookAtLeaving(state: State, concerns: (row: ProvisionRow) => boolean): void {
  for (const row of state.find(leavingProvisions, leavingMark)) {
    if (row.leaving === undefined || !concerns(row)) continue
    if (row.leaving > 0) state.put('provisions', placeOf(row), { ...row, leaving: row.leaving - 1 })
    else state.remove('provisions', placeOf(row))
  }
}

function finish(course: Course, request: RequestRow): void {
  const ordered = request.doomed?.[request.account ?? everywhere]
  const failure = ordered ?? effects[request.kind](course, request)
  const { doomed: _doomed, due: _due, ...rest } = request
  course.state.put('requests', request.id, {
    ...rest,
    status: failure === undefined ? 'SUCCEEDED' : 'FAILED',
    ...(failure === undefined ? {} : { failure }),
  })
}

function ending(state: State): readonly (RequestRow & { readonly due: number })[] {
  const waiting = state.find(requestsByStatus, 'IN_PROGRESS')
  return waiting.flatMap((one) => (one.due === undefined ? [] : [{ ...one, due: one.due }]))
}

function leavingRoles(state: State): readonly (ProvisionRow & { readonly leaves: number })[] {
  const rows = state.find(leavingProvisions, leavingMark)
  return rows.flatMap((row) => (row.leaves === undefined ? [] : [{ ...row, leaves: row.leaves }]))
}
