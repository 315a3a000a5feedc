import type { Plan } from './plan.ts'

/** Codes of what is told of changes that are due and left out: those that wait for others, and ends of access that somebody is to keep. */
export const [waitingCode, keptCode] = ['due-waits', 'due-kept'] as const

/** True where a plan of what is due leaves some of it out. */
export function leavesOut({ diagnostics }: Pick<Plan, 'diagnostics'>): boolean {
  return diagnostics.some(({ code }) => code === waitingCode || code === keptCode)
}

/** True where access that was to end stays. */
export function leavesAnEnd({ diagnostics }: Pick<Plan, 'diagnostics'>): boolean {
  return diagnostics.some(({ code }) => code === keptCode)
}
