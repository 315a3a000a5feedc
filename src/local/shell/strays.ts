import { readdir, readFile } from 'node:fs/promises'
import type { ProcessGroups } from '../files/groups.ts'

/** Set for shells that are asked, and so for all that they start; start-up files may look at it. */
export const askedVariable = 'SSO_RECONCILE_ASKS'

/**
 * The processes that were started with this value of the variable, or with one that adds to it after a full stop, whatever group or
 * session they are in by now. Linux alone shows that, and not of programs that hide their memory, such as Debian's ssh-agent.
 */
async function strays(value: string): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => [])
  const processes = names.filter((name) => /^\d+$/.test(name))
  const marked = await Promise.all(processes.map((pid) => hasMark(`/proc/${pid}/environ`, value)))
  return processes.filter((_pid, n) => marked[n]).map(Number)
}

/** Asks them to end: those of one question, or all that this program caused. Never throws. */
export async function endStrays(groups: ProcessGroups, mark = groups.name): Promise<void> {
  for (const stray of await strays(mark)) groups.stop(stray)
}

async function hasMark(file: string, value: string): Promise<boolean> {
  const text = await readFile(file, 'latin1').catch(() => '')
  const start = `\0${askedVariable}=${value}`
  return [`${start}\0`, `${start}.`].some((one) => `\0${text}\0`.includes(one))
}
