import { resolve } from 'node:path'
import type { Route } from '../aws/connect.ts'
import type { CommonOptions, Session, Shell } from './context.ts'
import { retryOf } from './retry.ts'
import { openSandbox } from './sandbox.ts'

/** What `init` can reach: AWS or the sandbox in any region, and the home with the AWS config. */
export interface Reach extends Pick<Session, 'home' | 'env'> {
  route(region: string): Route
  readonly sandboxed: boolean
  close(): Promise<void>
}

/** Region of a sandbox that is made for want of one. */
export const sandboxRegion = 'us-east-1'

/** Opens the way to AWS, or the sandbox. There is no manifest yet, so a new sandbox has its management account alone. */
export async function openReach(shell: Shell, options: CommonOptions, region: string | undefined): Promise<Reach> {
  const { profile, sandbox: folder } = options
  const sandbox = folder === undefined ? undefined : await openSandbox(resolve(folder), region ?? sandboxRegion, shell)
  const route = {
    ...(profile ? { profile } : {}),
    ...(sandbox ? { sandbox: sandbox.access } : {}),
    retry: retryOf(shell.env),
  }
  return {
    route: (inRegion) => ({ region: inRegion, ...route }),
    sandboxed: sandbox !== undefined,
    home: sandbox?.home ?? shell.home,
    // A sandbox has a private home: a config file named by the environment is not its to read.
    env: sandbox ? {} : shell.env,
    close: async () => sandbox?.close(),
  }
}
