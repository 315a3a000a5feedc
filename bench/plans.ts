import { join } from 'node:path'
import type { Center, Run } from './center.ts'
import { binary } from './program.ts'

/** Milliseconds before each answer. */
export const latency = 50

/** Calls that AWS answers in a second. Source: UG/limits. */
export const perSecond = 20

/** Refuses what comes faster. */
export const atLimit = { rules: [{ kind: 'throttle', perSecond }] } as const

/** A plan that finds nothing to change. */
export async function measurePlan(center: Center): Promise<Run> {
  await center.faults({ latency })
  return center.run(planning)
}

/** The same against AWS's limit. */
export async function measureLimit(center: Center): Promise<Run> {
  await center.faults(atLimit)
  return center.run(planning)
}

/** A program that only reads the same. */
export async function measureReader(center: Center): Promise<Run> {
  await center.faults({ latency })
  return center.run([join(import.meta.dirname, 'reader.mjs')])
}

const planning = [binary, 'plan', '--check']
