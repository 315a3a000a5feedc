import { resolve } from 'node:path'
import type { Route } from '../aws/route.ts'
import type { Manifest } from '../manifest/types.ts'
import { Refusal } from '../model/diagnostic.ts'
import { trailing } from '../text/quote.ts'
import { repeating } from '../text/repeat.ts'
import { retryOf } from './retry.ts'
import type { CommonOptions, Runtime, Session } from './runtime.ts'
import { openSandbox } from './sandbox.ts'

/** What a command reaches without a valid manifest: AWS or the sandbox, and a home. */
export interface Connection extends Pick<Session, 'home' | 'env'> {
  readonly route: Route
}

/** Region for questions that every region answers alike, such as who one is. */
const anyRegion = 'us-east-1'

/** Runs something within reach of AWS or of the sandbox, which is closed afterwards. A manifest is not needed. */
export async function withConnection<T>(
  runtime: Runtime,
  { sandbox: folder, profile }: CommonOptions,
  manifest: Manifest | undefined,
  use: (reach: Connection) => Promise<T>,
): Promise<T> {
  const region = manifest?.identity_center.region ?? regionOf(runtime.env) ?? anyRegion
  const sandbox = folder === undefined ? undefined : await openSandbox(resolve(folder), manifest ?? region, runtime)
  const route: Route = {
    region,
    ...(profile ? { profile } : {}),
    ...(sandbox ? { sandbox: sandbox.access } : {}),
    retry: retryOf(runtime.env),
  }
  try {
    // A sandbox has a private home: what the environment names is not its.
    return await use({ route, home: sandbox?.home ?? runtime.home, env: sandbox ? {} : runtime.env })
  } finally {
    await sandbox?.close()
  }
}

/** The region of the environment, for a machine without a manifest. */
export function regionOf(env: Session['env']): string | undefined {
  return env.AWS_REGION || env.AWS_DEFAULT_REGION || undefined
}

/** Flags that commands suggested to a person repeat. The profile is not among them: the suggestion may be another one. */
export function flagsOf({ file, sandboxWords = [] }: CommonOptions): string {
  const words = [...(file === 'sso.yaml' ? [] : ['--file', file]), ...sandboxWords]
  return trailing(words)
}

/** A refusal whose hints repeat those flags; anything else as it is. */
export function suggesting(thrown: unknown, options: CommonOptions): unknown {
  if (!(thrown instanceof Refusal)) return thrown
  const flags = flagsOf(options)
  const told = thrown.diagnostics.map(({ hint, ...one }) => ({
    ...one,
    ...(hint ? { hint: repeating(hint, flags) } : {}),
  }))
  return new Refusal(told, { cause: thrown, ...(thrown.summary ? { summary: thrown.summary } : {}) })
}
