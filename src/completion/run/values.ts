import { offlineFacts } from '../../aws/facts.ts'
import { Refusal } from '../../model/diagnostic.ts'
import { knownNames } from '../../policies/known-names.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { offeredActions, offeredValues } from '../values.ts'

/**
 * Prints what there is for a word of the command line, one value a line, for the scripts of `completion`: from the manifest, of which nothing but
 * the file is read, or of what AWS has. Without a manifest that can be used there is nothing to offer, and a person in the middle of a line is told nothing.
 */
export async function printValues(runtime: Runtime, what: string, file: string): Promise<number> {
  if (what === 'action') return printed(runtime, offeredActions(await knownNames()))
  try {
    const { manifest } = await readManifest(runtime, { file, allowUnknown: true }, new Map())
    return printed(runtime, offeredValues(what, manifest, offlineFacts(manifest, runtime.clock.now())))
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return 0
  }
}

function printed(runtime: Runtime, values: readonly string[]): number {
  runtime.out(values.map((value) => `${value}\n`).join(''))
  return 0
}
