import { type LoadedManifest, loadManifest, readManifestFile, readPolicyFile, type Source } from '../manifest/load.ts'
import { Refusal } from '../model/diagnostic.ts'
import { plural } from '../report/plan-text.ts'
import type { Shell } from './context.ts'

/** Reads and checks the manifest. A refusal says that AWS was not asked anything. */
export async function readManifest(
  shell: Shell,
  file: string,
  sources: Map<string, string>,
): Promise<{ source: Source; manifest: LoadedManifest }> {
  const source = await readManifestFile(file)
  try {
    const manifest = await loadManifest(source, {
      env: shell.env,
      today: shell.clock.now(),
      readPolicy: readPolicyFile,
      sources,
    })
    return { source, manifest }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const errors = thrown.diagnostics.filter((one) => one.severity === 'error').length
    throw new Refusal(thrown.diagnostics, {
      cause: thrown,
      summary: `${plural(errors, 'error')} in ${file}; nothing was read from AWS.`,
    })
  }
}
