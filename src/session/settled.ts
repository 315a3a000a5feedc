import type { Look } from '../aws/look.ts'
import type { Reader } from '../aws/port.ts'
import { shown } from '../text/shown.ts'
import type { Runtime } from './runtime.ts'

/**
 * The reader to go on with: that of the look when nothing is in flight in an instance, else a new one once everything has settled.
 * Meanwhile `words` is told, with the number of requests that run, whenever it says something new.
 */
export async function settledReader(
  { reader, transport }: Look,
  instanceArn: string,
  { clock, err }: Runtime,
  words: ((running: number) => string) | undefined,
): Promise<Reader> {
  const { settledLook } = await import('../aws/in-flight.ts')
  let told: string | undefined
  return settledLook(reader, transport, instanceArn, clock, (running) => {
    const text = words?.(running)
    if (text === undefined || text === told) return
    told = text
    err(`${shown(text)}\n`)
  })
}
