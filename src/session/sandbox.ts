import { join } from 'node:path'
import type { Route } from '../aws/route.ts'
import { makeOwnFolder } from '../local/files/own-folder.ts'
import { foreignIn } from '../local/shell/private-home.ts'
import type { Manifest } from '../manifest/types.ts'
import { error, Refusal } from '../model/diagnostic.ts'
import type { Sandbox } from '../sandbox/server.ts'
import type { Runtime } from './runtime.ts'
import { contentsOf, sandboxAccount, seedOf } from './sandbox-seed.ts'

/** The embedded Identity Center as a command sees it. */
interface RunningSandbox {
  readonly access: NonNullable<Route['sandbox']>
  /** Private home, so that nothing of the person's own is touched. */
  readonly home: string
  close(): Promise<void>
}

/** Credentials that the sandbox takes for an administrator of its management account. */
export const sandboxKeys = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' }

/** Home of a sandbox, with an AWS config and start-up files of its own. */
export function privateHome(folder: string): string {
  return join(folder, 'home')
}

/**
 * Starts the embedded Identity Center in this process, with its state and a private home under a folder. A manifest says which accounts
 * and external principals exist; without one a new state has a management account alone, in the region given. Throws a Refusal for a private home
 * that somebody else filled.
 */
export async function openSandbox(folder: string, from: Manifest | string, runtime: Runtime): Promise<RunningSandbox> {
  await refuseForeign(folder)
  // Where it cannot be made, the state says so.
  await makeOwnFolder(folder).catch(() => undefined)
  const sandbox = await start(folder, from, runtime)
  return {
    access: { url: sandbox.url, ...sandboxKeys },
    home: privateHome(folder),
    close: () => sandbox.close(),
  }
}

async function refuseForeign(folder: string): Promise<void> {
  const found = await foreignIn(privateHome(folder))
  if (found === undefined) return
  throw new Refusal(
    error('sandbox-foreign', `the private home of the sandbox holds ${found}, which sso-reconcile did not write`, {
      hint: 'shells would run it, or it points to files outside the sandbox: inspect and delete it, or name another folder with --sandbox-dir',
    }),
  )
}

async function start(folder: string, from: Manifest | string, runtime: Runtime): Promise<Sandbox> {
  const { startSandbox } = await import('../sandbox/server.ts')
  const alone = (region: string) => ({ region, managementAccount: sandboxAccount, accounts: [] })
  return runtime.busy(() =>
    startSandbox({
      stateFile: join(folder, 'identity-center.json'),
      seed: typeof from === 'string' ? alone(from) : seedOf(from),
      ...(typeof from === 'string' ? {} : rehearsed(from)),
      now: () => runtime.clock.now(),
      random: runtime.random,
    }),
  )
}

// Whoever rehearses with the file of a real organization logs in at the address that the file names.
function rehearsed(manifest: Manifest) {
  const { start_url: portal } = manifest.identity_center
  return { presupposed: contentsOf(manifest), ...(portal === undefined ? {} : { portal }) }
}
