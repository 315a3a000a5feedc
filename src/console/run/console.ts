import { parseConfig } from '../../local/aws-config/document.ts'
import { awsConfigPath } from '../../local/aws-config/paths.ts'
import { readTextFile } from '../../local/files/file.ts'
import { chooseProfile } from '../../login/choose.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { Refusal, refusedWith } from '../../model/diagnostic.ts'
import { consoleJson, consoleNotes, consoleText } from '../../report/console.ts'
import { placeOf } from '../../session/connection.ts'
import { suggesting } from '../../session/flags.ts'
import { readManifest } from '../../session/manifest.ts'
import type { Runtime } from '../../session/runtime.ts'
import { version } from '../../session/version.ts'
import { jsonText } from '../../text/json.ts'
import { linksOf } from '../links.ts'
import { targetOf } from '../target.ts'
import { openLink } from './open.ts'
import type { ConsoleOptions } from './options.ts'

/** Prints the link to the console as a profile, from the manifest and `~/.aws/config` alone; no connection is opened. */
export async function consoleLink(
  runtime: Runtime,
  options: ConsoleOptions,
  sources: Map<string, string>,
): Promise<number> {
  try {
    const { env, home } = placeOf(runtime, options)
    const manifest = await manifestIfAny(runtime, options, sources)
    const name = await nameOf(options, env.AWS_PROFILE, manifest)
    const file = awsConfigPath(env, home)
    const { text = '' } = await readTextFile(file)
    const found = await runtime.busy(() =>
      targetOf(name, { config: parseConfig(text, file), ...(manifest ? { manifest } : {}) }),
    )
    if ('refusal' in found) throw new Refusal(found.refusal)
    const links = linksOf(name, found.target, options.destination)
    if (options.format === 'json') runtime.out(`${jsonText(consoleJson(links, version), 2)}\n`)
    else {
      if (!options.quiet)
        runtime.err(
          consoleNotes(links)
            .map((line) => `${line}\n`)
            .join(''),
        )
      runtime.out(consoleText(links))
    }
    if (options.open) await openLink(runtime, links.signIn.url, options)
    return 0
  } catch (thrown) {
    throw suggesting(thrown, options)
  }
}

/** The manifest; undefined where there is none. Throws a Refusal for one that cannot be read. */
async function manifestIfAny(
  runtime: Runtime,
  options: ConsoleOptions,
  sources: Map<string, string>,
): Promise<LoadedManifest | undefined> {
  try {
    return (await readManifest(runtime, options, sources)).manifest
  } catch (thrown) {
    if (refusedWith(thrown, 'file-missing')) return undefined
    throw thrown
  }
}

async function nameOf(
  { name }: ConsoleOptions,
  fromEnvironment: string | undefined,
  manifest: LoadedManifest | undefined,
): Promise<string> {
  try {
    return await chooseProfile({
      ...(name ? { named: name } : {}),
      ...(fromEnvironment ? { fromEnvironment } : {}),
      manifest: async () => manifest ?? missing(),
    })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    const told = thrown.diagnostics.map(({ hint, ...one }) => ({
      ...one,
      ...(hint ? { hint: hint.replaceAll('sso-reconcile login', 'sso-reconcile console') } : {}),
    }))
    throw new Refusal(told, { cause: thrown })
  }
}

function missing(): never {
  throw new Refusal({ severity: 'error', code: 'file-missing', message: 'there is no manifest' })
}
