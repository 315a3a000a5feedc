import { resolve } from 'node:path'
import type { Route } from '../aws/route.ts'
import { sha256 } from '../plan/digest.ts'
import { readManifest } from './manifest.ts'
import { retryOf } from './retry.ts'
import type { CommonOptions, Runtime, Session } from './runtime.ts'
import { openSandbox } from './sandbox.ts'
import { selectedKinds } from './selected-kinds.ts'

/** Reads the manifest (or a text that is to replace it), starts the sandbox when asked for, and says how AWS is reached. Nothing is read from AWS yet. */
export async function openSession(
  runtime: Runtime,
  options: CommonOptions,
  sources: Map<string, string>,
  instead?: string,
): Promise<Session> {
  const selected = selectedKinds(options.only)
  const { source, manifest } = await readManifest(runtime, options.file, sources, instead)
  const sandbox =
    options.sandbox === undefined ? undefined : await openSandbox(resolve(options.sandbox), manifest.manifest, runtime)
  const { region } = manifest.manifest.identity_center
  return {
    runtime,
    options,
    manifest,
    manifestDigest: sha256(source.text),
    sources,
    selected,
    route: { region, ...routeOf(runtime, options), ...(sandbox ? { sandbox: sandbox.access } : {}) },
    home: sandbox?.home ?? runtime.home,
    // A sandbox has a private home: a config file named by the environment is not its to touch.
    env: sandbox ? {} : runtime.env,
    close: async () => sandbox?.close(),
  }
}

/** Runs something in a session and closes it, however it ends. */
export async function inSession<T>(
  runtime: Runtime,
  options: CommonOptions,
  sources: Map<string, string>,
  use: (session: Session) => Promise<T>,
  instead?: string,
): Promise<T> {
  const session = await openSession(runtime, options, sources, instead)
  try {
    return await use(session)
  } finally {
    await session.close()
  }
}

function routeOf({ env }: Runtime, { profile }: CommonOptions): Omit<Route, 'region' | 'sandbox'> {
  return {
    // Named so that a message can name it; the SDK would take it from the environment all the same.
    ...(profile || env.AWS_PROFILE ? { profile: profile || env.AWS_PROFILE || '' } : {}),
    retry: retryOf(env),
  }
}
