import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Unkept } from '../../model/keeping.ts'
import { oncePer } from '../../model/once.ts'
import type { Principal } from '../../model/specs.ts'
import type { Entry, State } from '../../model/state.ts'

/** What is assigned to somebody. */
type Assigned = Entry<'assignment' | 'application-assignment'>

/** What stands behind an id that somebody is called by, who is there: nobody who is gone passes for somebody else. */
const deleted = ' (deleted)'

/** What the holder of an assignment is called: by name, or by id where nobody has the id any more. Pure. */
export function principalName(id: string, names: ReadonlyMap<string, string>): string {
  const name = names.get(id)
  if (name !== undefined) return name
  const taken = takenNames(names)
  let own = id
  while (taken.has(own)) own += deleted
  return own
}

const takenNames = oncePer((names: ReadonlyMap<string, string>) => new Set(names.values()))

/** True for an assignment whose user or group no longer exists: without a name it is called by its id. Pure. */
export function isOrphan({ spec: { principal }, ref }: Assigned): boolean {
  if (ref === undefined || !principal.startsWith(ref)) return false
  return principal.slice(ref.length).replaceAll(deleted, '') === ''
}

/** What is said of taking one away, which takes nothing from anybody. Pure. */
export function orphanEffect(type: Principal['type']): string {
  return `orphaned assignment: its ${type} no longer exists, so nobody loses access`
}

/** Why no manifest says that one is there; undefined for what is none. `instead` keeps it. Pure. */
export function orphanUnsayable(live: Assigned | undefined, instead?: string): Unkept | undefined {
  if (!live || !isOrphan(live)) return undefined
  const why = `its ${live.spec.principal_type} ${live.spec.principal} no longer exists`
  return { why, ...(instead === undefined ? {} : { instead }) }
}

/** A remark where assignments were read by principal, which does not show those whose principal is gone. */
export function orphansUnread({
  covers: { principals, sets, accounts },
}: Pick<State, 'covers'>): readonly Diagnostic[] {
  if (principals !== 'all' || sets === 'all' || accounts === 'all') return []
  return [
    {
      severity: 'warning',
      code: 'orphans-unread',
      message: 'orphaned assignments (deleted user or group) were not checked: that is slow in a large organization',
      hint: 'add --thorough to check them too',
    },
  ]
}
