import { sha256 } from '../plan/digest.ts'
import { openConnection } from './connection.ts'
import { withLoginAdvice } from './login-advice.ts'
import { readManifest } from './manifest.ts'
import type { CommonOptions, Runtime, Session } from './runtime.ts'
import { selectedKinds } from './selected-kinds.ts'

/** Reads the manifest (or a text that is to replace it), starts the sandbox when asked for, and says how AWS is reached. Nothing is read from AWS yet. */
async function openSession(
  runtime: Runtime,
  options: CommonOptions,
  sources: Map<string, string>,
  instead?: string,
): Promise<Session> {
  const selected = selectedKinds(options.only)
  const { source, manifest } = await readManifest(runtime, options, sources, instead)
  const connection = await openConnection(runtime, withProfile(options, runtime), manifest.manifest)
  const manifestDigest = sha256(source.text)
  return { runtime, options, manifest, manifestDigest, sources, selected, ...connection }
}

// Named so that a message can name it; the SDK would take it from the environment all the same.
function withProfile(options: CommonOptions, { env: { AWS_PROFILE } }: Runtime): CommonOptions {
  return options.profile || !AWS_PROFILE ? options : { ...options, profile: AWS_PROFILE }
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
  } catch (thrown) {
    throw await withLoginAdvice(thrown, session)
  } finally {
    await session.close()
  }
}
