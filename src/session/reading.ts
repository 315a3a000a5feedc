import type { CommonOptions, Runtime } from './runtime.ts'

/** Does something that takes a while, with a line on the terminal that says so. */
export async function whileReading<T>(
  { terminal }: Runtime,
  { quiet }: Pick<CommonOptions, 'quiet'>,
  text: string,
  task: () => Promise<T>,
): Promise<T> {
  // Started first: the line must not cost the time it tells of.
  const result = task()
  // A failure before anybody waits for it must not end the process.
  result.catch(() => undefined)
  const status = quiet ? undefined : await terminal.statusLine()
  status?.show(text)
  return result.finally(() => status?.show(''))
}
