import { error, Refusal, refusedWith } from '../model/diagnostic.ts'
import type { Session } from './runtime.ts'

/** Rethrows a refusal; in a sandbox without Identity Center where the manifest looks, says so instead. */
export function inSandbox(thrown: unknown, { options, manifest }: Session): never {
  // Nobody must be sent to the console of AWS because of a rehearsal.
  if (options.sandbox === undefined || !refusedWith(thrown, 'instance-none')) throw thrown
  const { region } = manifest.manifest.identity_center
  throw new Refusal(
    error(
      'sandbox-region',
      `the sandbox in ${options.sandbox} has no Identity Center in ${region}; it was made for another region`,
      {
        hint: 'name another folder with --sandbox-dir, or delete this one to start over',
      },
    ),
  )
}
