import { offlineFacts } from '../../aws/facts.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { offeredValues } from '../values.ts'

/**
 * Prints what a manifest offers for a word of the command line, one value a line, for the scripts of `completion`. Nothing but the file is
 * read. Without a manifest that can be used there is nothing to offer, and a person in the middle of a line is told nothing.
 */
export async function printValues(runtime: Runtime, what: string, file: string): Promise<number> {
  try {
    const { manifest } = await readManifest(runtime, { file, allowUnknown: true }, new Map())
    const values = offeredValues(what, manifest, offlineFacts(manifest, runtime.clock.now()))
    runtime.out(values.map((value) => `${value}\n`).join(''))
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
  }
  return 0
}
