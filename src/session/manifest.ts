import { keepingMark, readTextFile } from '../local/files/file.ts'
import { rehearseReplacing, replaceTextFile } from '../local/files/replace.ts'
import { readingFor } from '../manifest/beside.ts'
import { type LoadedManifest, loadManifest, readManifestFile, type Source } from '../manifest/load.ts'
import { defaultManifest, sampleManifest } from '../manifest/sample.ts'
import type { Manifest } from '../manifest/types.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../model/diagnostic.ts'
import { canonical, type Json } from '../model/json.ts'
import { plural } from '../text/count.ts'
import { trailing } from '../text/quote.ts'
import { firstOf } from './first-of.ts'
import { type Reach, repeatedFlags, suggesting, withFlags } from './flags.ts'
import type { CommonOptions, Runtime } from './runtime.ts'
import { allowedVariables } from './variables.ts'

/** Texts of a manifest and of files that it includes, by the file as messages name it. */
export type Texts = ReadonlyMap<string, string>

/** Which manifest is read, and whether a sample may stand in for the default one: in a sandbox it may. */
type ManifestOptions = Reach & Pick<CommonOptions, 'sandbox'>

/**
 * Reads and checks the manifest, as it is or with texts that are to replace its own or those of files it includes. A refusal says that AWS
 * was not asked anything; what it and warnings suggest means the same manifest and the same AWS.
 */
export async function readManifest(
  runtime: Runtime,
  options: ManifestOptions,
  sources: Map<string, string>,
  given?: string | Texts,
): Promise<{ source: Source; manifest: LoadedManifest }> {
  const flags = repeatedFlags(options)
  try {
    const { source, manifest } = await checked(runtime, options, sources, given)
    return { source, manifest: { ...manifest, warnings: withFlags(firstOf(manifest.warnings), flags) } }
  } catch (thrown) {
    throw suggesting(thrown, options, flags)
  }
}

async function checked(
  runtime: Runtime,
  { file, variables, allowUnknown = false, sandbox, sandboxWords = [] }: ManifestOptions,
  sources: Map<string, string>,
  given?: string | Texts,
): Promise<{ source: Source; manifest: LoadedManifest }> {
  const instead: Texts = typeof given === 'string' ? new Map([[file, given]]) : (given ?? new Map())
  const allowed = allowedVariables(variables ? { variables } : {}, runtime.env)
  const text = instead.get(file)
  const source =
    text === undefined
      ? await sourceOf(runtime, file, sandbox === undefined ? undefined : sandboxWords)
      : { file, text }
  try {
    const load = () =>
      loadManifest(source, {
        env: runtime.env,
        today: runtime.clock.now(),
        allowed,
        allowUnknown,
        ...readingFor(file, instead),
        sources,
      })
    const manifest = await runtime.busy(load, source.text.length)
    return { source, manifest }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    throw new Refusal(firstOf(thrown.diagnostics), { cause: thrown, summary: summaryOf(thrown.diagnostics, file) })
  }
}

function summaryOf(found: readonly Diagnostic[], file: string): string {
  const errors = found.filter((one) => one.severity === 'error')
  const [first = file, ...others] = new Set(errors.map(({ at }) => at?.file ?? file))
  const where = others.length === 0 ? first : `${first} and ${plural(others.length, 'other file')}`
  return `${plural(errors.length, 'error')} in ${where}; nothing was read from AWS.`
}

// A rehearsal needs no file of one's own.
async function sourceOf(runtime: Runtime, file: string, rehearses: readonly string[] | undefined): Promise<Source> {
  try {
    return await runtime.busy(() => readManifestFile(file))
  } catch (thrown) {
    if (!rehearses || file !== defaultManifest || !refusedWith(thrown, 'file-missing')) throw thrown
    const command = `sso-reconcile init${trailing(rehearses)}`
    runtime.err(
      `There is no ${file} here, so this uses the sample that comes with sso-reconcile; run ${command} to write your own.\n`,
    )
    return sampleManifest
  }
}

/** True when a text, in the place of the manifest, is read as one that means the same as `meant`. */
export async function readsAs(
  runtime: Runtime,
  options: ManifestOptions,
  text: string,
  meant: Manifest,
): Promise<boolean> {
  try {
    const read = await readManifest(runtime, options, new Map(), text)
    return canonical(asJson(read.manifest.manifest)) === canonical(asJson(meant))
  } catch (thrown) {
    if (thrown instanceof Refusal) return false
    throw thrown
  }
}

function asJson(manifest: Manifest): Json {
  return JSON.parse(JSON.stringify(manifest))
}

/** Changes the manifest's text as it is now, in one step; links and modes stay. Throws a Refusal, with the file as it was. */
export async function editManifest(
  file: string,
  edit: (text: string) => string | Promise<string>,
  { machine }: Runtime,
): Promise<void> {
  const { snapshot, text, mark } = await toBeEdited(file)
  await replaceTextFile(snapshot, mark + (await edit(text)), { machine, backup: false })
}

/** Makes sure that the manifest's text as it is now can be changed, and leaves it as it is. Throws a Refusal where it cannot. */
export async function rehearseEdit(
  file: string,
  edit: (text: string) => string | Promise<string>,
  { machine }: Runtime,
): Promise<void> {
  const { snapshot, text, mark } = await toBeEdited(file)
  await rehearseReplacing(snapshot, mark + (await edit(text)), machine)
}

async function toBeEdited(file: string) {
  const snapshot = await readTextFile(file, undefined, keepingMark)
  if (snapshot.text !== undefined) return { snapshot, ...marked(snapshot.text) }
  throw new Refusal(
    error('file-missing', `there is no ${file} to write into`, { hint: 'run "sso-reconcile init" to write one' }),
  )
}

// Whoever reads a manifest is given it without its byte order mark, which stays in the file all the same.
function marked(text: string): { readonly text: string; readonly mark: string } {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : ''
  return { text: text.slice(mark.length), mark }
}
