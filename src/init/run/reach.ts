import { resolve } from 'node:path'
import type { Route } from '../../aws/route.ts'
import { retryOf } from '../../session/retry.ts'
import type { CommonOptions, Runtime, Session } from '../../session/runtime.ts'
import { openSandbox } from '../../session/sandbox.ts'

/** What `init` can reach: AWS or the sandbox in any region, and the home with the AWS config. */
export interface RegionalConnection extends Pick<Session, 'home' | 'env'> {
  route(region: string): Route
  readonly sandboxed: boolean
  close(): Promise<void>
}

/** Region of a sandbox that is made for want of one. */
export const sandboxRegion = 'us-east-1'

/** Opens the way to AWS, or the sandbox. There is no manifest yet, so a new sandbox has its management account alone. */
export async function openConnection(
  runtime: Runtime,
  options: CommonOptions,
  region: string | undefined,
): Promise<RegionalConnection> {
  const { profile, sandbox: folder } = options
  const sandbox =
    folder === undefined ? undefined : await openSandbox(resolve(folder), region ?? sandboxRegion, runtime)
  const route = {
    ...(profile ? { profile } : {}),
    ...(sandbox ? { sandbox: sandbox.access } : {}),
    retry: retryOf(runtime.env),
  }
  return {
    route: (inRegion) => ({ region: inRegion, ...route }),
    sandboxed: sandbox !== undefined,
    home: sandbox?.home ?? runtime.home,
    // A sandbox has a private home: a config file named by the environment is not its to read.
    env: sandbox ? {} : runtime.env,
    close: async () => sandbox?.close(),
  }
}
