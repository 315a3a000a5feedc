import { resolve } from 'node:path'
import { awsClock } from '../aws/clock.ts'
import { newLine } from '../aws/pace/line.ts'
import type { Route } from '../aws/route.ts'
import type { Manifest } from '../manifest/types.ts'
import { newMeter } from '../model/meter.ts'
import { refusePipes } from './pipes.ts'
import type { CommonOptions, Runtime, Session } from './runtime.ts'
import { openSandbox, privateHome } from './sandbox.ts'

/** What a command reaches: AWS or the sandbox, and the home and the environment that go with it. */
export interface Connection extends Pick<Session, 'route' | 'home' | 'env'> {
  close(): Promise<void>
}

/** Region for questions that every region answers alike, such as who one is, and of a sandbox that is made for want of one. */
export const anyRegion = 'us-east-1'

/**
 * Says how AWS is reached, or starts the sandbox when it is asked for: with what a manifest presupposes, or, for want of one, with a
 * management account alone in a region. Nothing is read from AWS yet. Throws a Refusal where the SDK could only wait.
 */
export async function openConnection(
  runtime: Runtime,
  { sandbox: folder, profile }: Pick<CommonOptions, 'sandbox' | 'profile'>,
  from: Manifest | string,
): Promise<Connection> {
  await refusePipes(runtime.env, runtime.home)
  const sandbox = folder === undefined ? undefined : await openSandbox(resolve(folder), from, runtime)
  // Named so that a message can name it; the SDK would take it from the environment all the same.
  const named = profile || runtime.env.AWS_PROFILE
  const clock = awsClock(runtime.clock)
  const route: Route = {
    region: typeof from === 'string' ? from : from.identity_center.region,
    ...(named ? { profile: named } : {}),
    ...(sandbox ? { sandbox: sandbox.access } : {}),
    clock,
    line: newLine(clock),
    retry: retryOf(runtime.env),
    meter: newMeter(),
  }
  return {
    route,
    home: sandbox?.home ?? runtime.home,
    // A sandbox has a private home: a config file that the environment names is not its to touch.
    env: sandbox ? {} : runtime.env,
    close: async () => sandbox?.close(),
  }
}

/** The home and the environment that a command sees which needs no connection. */
export function placeOf(
  { env, home }: Runtime,
  { sandbox }: Pick<CommonOptions, 'sandbox'>,
): Pick<Connection, 'home' | 'env'> {
  return sandbox === undefined ? { env, home } : { env: {}, home: privateHome(resolve(sandbox)) }
}

/** Runs something within reach of AWS or of the sandbox, which is closed afterwards. A manifest is not needed. */
export async function withConnection<T>(
  runtime: Runtime,
  options: CommonOptions,
  manifest: Manifest | undefined,
  use: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await openConnection(runtime, options, manifest ?? regionOf(runtime.env) ?? anyRegion)
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

/** The region of the environment, for a machine without a manifest. */
export function regionOf(env: Session['env']): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined
}

/** The retry settings that the environment names, in AWS's own variables. */
function retryOf({ AWS_RETRY_MODE: mode, AWS_MAX_ATTEMPTS: attempts }: Runtime['env']): Route['retry'] {
  return { ...(mode ? { mode } : {}), ...(attempts ? { attempts } : {}) }
}
