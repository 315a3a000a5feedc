import { join } from 'node:path'
import type { Route } from '../aws/connect.ts'
import type { Manifest } from '../manifest/types.ts'
import type { Shell } from './context.ts'
import { contentsOf, seedOf } from './sandbox-seed.ts'

/** The embedded Identity Center as a command sees it. */
export interface RunningSandbox {
  readonly access: NonNullable<Route['sandbox']>
  readonly home: string
  close(): Promise<void>
}

/** Credentials that the sandbox takes for an administrator of its management account. */
export const sandboxKeys = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' }

/** Starts the embedded Identity Center in this process, with its state and a private home under a folder. */
export async function openSandbox(folder: string, manifest: Manifest, shell: Shell): Promise<RunningSandbox> {
  const { startSandbox } = await import('../sandbox/server.ts')
  const sandbox = await startSandbox({
    stateFile: join(folder, 'identity-center.json'),
    seed: seedOf(manifest),
    presupposed: contentsOf(manifest),
    now: () => shell.clock.now(),
    random: shell.random,
  })
  return {
    access: { url: sandbox.url, ...sandboxKeys },
    home: join(folder, 'home'),
    close: () => sandbox.close(),
  }
}
