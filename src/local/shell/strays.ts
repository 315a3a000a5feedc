import { readdir, readFile } from 'node:fs/promises'

/** Set for shells that are asked, and so for all that they start; start-up files may look at it. */
export const askedVariable = 'SSO_RECONCILE_ASKS'

/**
 * The processes that were started with this value of the variable, whatever group or session they are in by now. Linux alone shows
 * that, and not of programs that hide their memory, such as an ssh-agent of Debian. Never throws.
 */
export async function strays(value: string): Promise<readonly number[]> {
  const names = await readdir('/proc').catch(() => [])
  const processes = names.filter((name) => /^\d+$/.test(name))
  const marked = await Promise.all(processes.map((pid) => hasMark(`/proc/${pid}/environ`, value)))
  return processes.filter((_pid, n) => marked[n]).map(Number)
}

async function hasMark(file: string, value: string): Promise<boolean> {
  const text = await readFile(file, 'latin1').catch(() => '')
  return `\0${text}\0`.includes(`\0${askedVariable}=${value}\0`)
}
