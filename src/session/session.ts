import { concernsCloud } from '../kinds/sections.ts'
import type { Manifest } from '../manifest/types.ts'
import { sha256 } from '../plan/digest.ts'
import type { FlagsFor } from '../text/repeat.ts'
import { openConnection } from './connection.ts'
import { repeatedFlags, suggesting } from './flags.ts'
import { withLoginAdvice } from './login-advice.ts'
import { readManifest } from './manifest.ts'
import { isPipeline } from './pipeline.ts'
import type { CommonOptions, Runtime, Session } from './runtime.ts'
import { refuseNoAddresses, selectedKinds } from './selected-kinds.ts'

/** What a command wants of its session besides its options. */
export interface SessionWishes {
  /** With CI set, what concerns this machine is left out unless `--only` or `--target` say otherwise. */
  readonly leavesMachineOut?: boolean
  /** What commands in its hints carry; by default what it takes to mean the same manifest and the same AWS. */
  readonly flags?: FlagsFor
}

/** Reads the manifest, starts the sandbox when asked for, and says how AWS is reached. Nothing is read from AWS yet. */
async function openSession(
  runtime: Runtime,
  given: CommonOptions,
  sources: Map<string, string>,
  { leavesMachineOut = false }: SessionWishes,
): Promise<Session> {
  // A word that is no kind, and a target without one, are told before anything is read.
  selectedKinds(given.only)
  refuseNoAddresses(given.target, '--target ')
  const { source, manifest } = await readManifest(runtime, given, sources)
  const options = leavesMachineOut ? withoutMachineInCi(given, runtime, manifest.manifest) : given
  const selected = selectedKinds(options.only)
  const connection = await openConnection(runtime, options, manifest.manifest)
  const manifestDigest = digestOf(source.text, manifest, sources)
  return { runtime, options, manifest, manifestDigest, sources, selected, ...connection }
}

/** The digest of the manifest's bytes; with those of what it includes, where it includes anything. */
function digestOf(text: string, { parts }: Session['manifest'], sources: ReadonlyMap<string, string>): string {
  if (parts === undefined) return sha256(text)
  return sha256(JSON.stringify(parts.map(({ file }) => sources.get(file) ?? '')))
}

// Who runs a pipeline has no profiles there, and a plan that makes them each time is no check.
function withoutMachineInCi(options: CommonOptions, runtime: Runtime, manifest: Manifest): CommonOptions {
  const { only, target, quiet } = options
  if (!isPipeline(runtime.env) || only || target || !manifest.local || !concernsCloud(manifest)) return options
  if (!quiet) runtime.err('CI is set, so this machine is left out; --only cloud,local includes it.\n')
  return { ...options, only: ['cloud'] }
}

/** Runs something in a session and closes it, however it ends. */
export async function inSession<T>(
  runtime: Runtime,
  options: CommonOptions,
  sources: Map<string, string>,
  use: (session: Session) => Promise<T>,
  wishes: SessionWishes = {},
): Promise<T> {
  const flags = wishes.flags ?? repeatedFlags(options)
  const session = await openSession(runtime, options, sources, wishes).catch((thrown: unknown) => {
    throw suggesting(thrown, options, flags)
  })
  try {
    return await use(session)
  } catch (thrown) {
    throw await withLoginAdvice(
      suggesting(thrown, session.options, wishes.flags ?? repeatedFlags(session.options)),
      session,
    )
  } finally {
    await session.close()
  }
}
