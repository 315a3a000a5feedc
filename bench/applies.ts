import { type Center, openCenter, type Run } from './center.ts'
import { leastCalls, sum } from './least.ts'
import { atLimit, latency, perSecond } from './plans.ts'
import { binary } from './program.ts'
import type { World } from './worlds.ts'

/** An apply to an organization that has nothing yet but its accounts. */
export interface Apply extends Run {
  /** Requests that change something. */
  readonly changes: number
  /** Requests that ask how those that take a while stand. */
  readonly followed: number
  /** Seconds that as few calls as it takes would need at AWS's limit: a look, one call a change, a list for each `perList` assignments, and another look. */
  readonly bound: number
}

/**
 * Assignments that begin between two lists of those in progress, at most: AWS lets fifteen be in progress at a time, and the sandbox's are
 * over once a list has shown them as running, which the next list tells.
 */
export const perList = 15 / 2

/** Applies a world from empty; the Identity Center that then holds it is left open. */
export async function measureApply(world: World): Promise<{ readonly apply: Apply; readonly center: Center }> {
  const center = await openCenter(world, true)
  await center.faults({ latency })
  return { apply: await applied(world, center), center }
}

/** The same against AWS's limit. */
export async function measureLimitedApply(world: World): Promise<Apply> {
  const center = await openCenter(world, true)
  await center.faults(atLimit)
  return applied(world, center).finally(center.close)
}

async function applied(world: World, center: Center): Promise<Apply> {
  const run = await center.run([binary, 'apply', '--yes', '--json'])
  const counted = (isOne: (name: string) => boolean) =>
    Object.entries(run.counts).reduce((all, [name, count]) => all + (isOne(name) ? count : 0), 0)
  const changes = counted((name) => !isRead(name))
  const looks = sum(leastCalls(emptied(world))) + sum(leastCalls(world))
  const lists = Math.ceil((run.counts.CreateAccountAssignment ?? 0) / perList)
  const bound = (looks + changes + lists) / perSecond
  return { ...run, changes, followed: counted((name) => /^(List|Describe)\w+Status$/.test(name)), bound }
}

function emptied(world: World): World {
  return { ...world, contents: { users: [], groups: [], permissionSets: [], assignments: [] } }
}

function isRead(operation: string): boolean {
  return /^(List|Describe|Get)/.test(operation)
}
