import { readTextFile } from '../local/files/file.ts'
import { rehearseReplacing, replaceTextFile } from '../local/files/replace.ts'
import { type LoadedManifest, loadManifest, readManifestFile, readPolicyFile, type Source } from '../manifest/load.ts'
import { Refusal } from '../model/diagnostic.ts'
import { plural } from '../text/count.ts'
import { firstOf } from './first-of.ts'
import type { CommonOptions, Runtime } from './runtime.ts'
import { allowedVariables } from './variables.ts'

/** Reads and checks the manifest, or a text that is to replace it. A refusal says that AWS was not asked anything. */
export async function readManifest(
  runtime: Runtime,
  { file, variables }: Pick<CommonOptions, 'file' | 'variables'>,
  sources: Map<string, string>,
  instead?: string,
): Promise<{ source: Source; manifest: LoadedManifest }> {
  const allowed = allowedVariables(variables ? { variables } : {}, runtime.env)
  const source = instead === undefined ? await runtime.busy(() => readManifestFile(file)) : { file, text: instead }
  try {
    const manifest = await runtime.busy(() =>
      loadManifest(source, {
        env: runtime.env,
        today: runtime.clock.now(),
        allowed,
        readPolicy: (named) => readPolicyFile(file, named),
        sources,
      }),
    )
    return { source, manifest: { ...manifest, warnings: firstOf(manifest.warnings) } }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const errors = thrown.diagnostics.filter((one) => one.severity === 'error').length
    throw new Refusal(firstOf(thrown.diagnostics), {
      cause: thrown,
      summary: `${plural(errors, 'error')} in ${file}; nothing was read from AWS.`,
    })
  }
}

/** Changes the manifest's text as it is now, in one step; links and modes stay. Throws a Refusal, with the file as it was. */
export async function editManifest(
  file: string,
  edit: (text: string) => string | Promise<string>,
  { machine }: Runtime,
): Promise<void> {
  const snapshot = await readTextFile(file)
  await replaceTextFile(snapshot, await edit(snapshot.text ?? ''), { machine, backup: false })
}

/** Makes sure that the manifest's text as it is now can be changed, and leaves it as it is. Throws a Refusal where it cannot. */
export async function rehearseEdit(
  file: string,
  edit: (text: string) => string | Promise<string>,
  { machine }: Runtime,
): Promise<void> {
  const snapshot = await readTextFile(file)
  await rehearseReplacing(snapshot, await edit(snapshot.text ?? ''), machine)
}
