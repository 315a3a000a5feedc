import type { Draft } from '../../kinds/adoption.ts'
import type { Manifest } from '../../manifest/types.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../../model/diagnostic.ts'
import type { Connection } from '../../session/connection.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { adopt } from '../adopt.ts'
import { holdsCloud } from '../comments.ts'
import { starterSections } from '../starter.ts'
import { complete } from './complete.ts'
import type { InitCommandOptions } from './options.ts'
import { readEverything } from './read.ts'
import type { InitOutcome } from './report.ts'

/** A new manifest from everything that can be read. */
export async function begin(runtime: Runtime, reach: Connection, options: InitCommandOptions): Promise<InitOutcome> {
  const old = await replaced(runtime, options)
  const { found, whole, diagnostics } = await readEverything(runtime, reach, options, old)
  const { text, draft } = await adopt(found, (so) => example(so, found.facts.region, options))
  const why: InitOutcome['why'] = options.onlyLocal
    ? 'local'
    : diagnostics.some(isLogin)
      ? 'credentials'
      : 'prerequisite'
  return {
    ...(whole ? { verb: 'adopted' } : { verb: 'started', why }),
    text,
    manifest: draft.value,
    left: draft.left.length,
    diagnostics,
  }
}

// Somebody who has nothing yet is shown what could be there.
function example(draft: Draft, region: string, { onlyLocal }: InitCommandOptions): string {
  if (onlyLocal) return draft.value.local ? '' : starterSections(draft, region, ['accounts', 'local'])
  return holdsCloud(draft.value) ? '' : starterSections(draft, region)
}

function isLogin({ code }: Diagnostic): boolean {
  return code === 'aws-credentials'
}

/** The manifest to be replaced, for its name and region; nothing when there is none that can be read. */
async function replaced(runtime: Runtime, { file, force }: InitCommandOptions): Promise<Manifest | undefined> {
  const read = force ? readManifest(runtime, file, new Map()) : undefined
  const old = await read?.catch((thrown: unknown) => {
    if (thrown instanceof Refusal) return undefined
    throw thrown
  })
  const revoked = Object.keys(old?.manifest.manifest.revoked ?? {})
  if (revoked.length > 0) throw stillRevoked(file, revoked)
  return old?.manifest.manifest
}

// A file without the key would give back what was taken away.
function stillRevoked(file: string, users: readonly string[]): Refusal {
  return new Refusal(
    error(
      'init-revoked',
      `${file} revokes the access of ${users.join(', ')}, which a new file would not; nothing was touched`,
      {
        hint: 'edit the file instead, or end the revocation first: sso-reconcile revoke USER --undo',
      },
    ),
  )
}

/** The existing manifest with its gaps filled. */
export async function extend(
  text: string,
  runtime: Runtime,
  reach: Connection,
  options: InitCommandOptions,
  sources: Map<string, string>,
): Promise<InitOutcome> {
  const { manifest } = await readManifest(runtime, options.file, sources).catch((thrown: unknown) => {
    throw refusedWith(thrown, 'manifest-empty') ? onlyComments(options.file) : thrown
  })
  const { filled, ...rest } = await complete(text, manifest, runtime, reach, options)
  return { verb: filled.length > 0 ? 'completed' : 'unchanged', filled, ...rest }
}

function onlyComments(file: string): Refusal {
  return new Refusal(
    error(
      'manifest-empty',
      `${file} holds nothing but comments, which init would have to replace; nothing was touched`,
      {
        hint: 'add --force (the file is kept beside the new one), or name another file with -f',
      },
    ),
  )
}
