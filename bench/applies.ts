import { type Center, openCenter, type Run } from './center.ts'
import { leastCalls, sum } from './least.ts'
import { latency, perSecond } from './plans.ts'
import { binary } from './program.ts'
import type { World } from './worlds.ts'

/** An apply to an organization that has nothing yet but its accounts. */
export interface Apply extends Run {
  /** Requests that change something. */
  readonly changes: number
  /** Seconds that as few calls as it takes would need at AWS's limit: a look, one call a change, and another look. */
  readonly bound: number
}

/** Applies a world from empty; the Identity Center that then holds it is left open. */
export async function measureApply(world: World): Promise<{ readonly apply: Apply; readonly center: Center }> {
  const center = await openCenter(world, true)
  await center.faults({ latency })
  const run = await center.run([binary, 'apply', '--yes', '--json'])
  const changes = Object.entries(run.counts).reduce((all, [name, count]) => all + (isRead(name) ? 0 : count), 0)
  const looks = sum(leastCalls(emptied(world))) + sum(leastCalls(world))
  return { apply: { ...run, changes, bound: (looks + changes) / perSecond }, center }
}

function emptied(world: World): World {
  return { ...world, contents: { users: [], groups: [], permissionSets: [], assignments: [] } }
}

function isRead(operation: string): boolean {
  return /^(List|Describe|Get)/.test(operation)
}
