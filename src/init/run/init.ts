import { readTextFile } from '../../local/files/file.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import { anyRegion, openConnection } from '../../session/connection.ts'
import { repeatedFlags, suggesting } from '../../session/flags.ts'
import type { Runtime } from '../../session/runtime.ts'
import type { InitWishes } from './options.ts'
import { begin, extend } from './outcome.ts'
import { initPortal } from './portal.ts'
import { report } from './report.ts'
import { initTerraform } from './terraform.ts'
import { write } from './write.ts'

/** Exit code of a program that Ctrl-C ended. */
const interrupted = 130

/** Writes a manifest that says what there is, or completes the one there is. */
export async function init(runtime: Runtime, wishes: InitWishes, sources: Map<string, string>): Promise<number> {
  try {
    return await chosen(runtime, wishes, sources)
  } catch (thrown) {
    throw suggesting(thrown, wishes, repeatedFlags(wishes))
  }
}

async function chosen(runtime: Runtime, wishes: InitWishes, sources: Map<string, string>): Promise<number> {
  const options = { ...wishes, onlyLocal: isOnlyLocal(wishes) }
  if (options.fromTerraform !== undefined)
    return initTerraform(runtime, { ...options, fromTerraform: options.fromTerraform }, sources)
  if (options.portal !== undefined) return initPortal(runtime, { ...options, portal: options.portal }, sources)
  const snapshot = await readTextFile(options.file)
  const reach = await openConnection(runtime, options, options.region ?? runtime.env.AWS_REGION ?? anyRegion)
  try {
    const blank = (snapshot.text ?? '').trim() === ''
    const outcome =
      blank || options.force
        ? await begin(runtime, reach, options)
        : await extend(snapshot.text ?? '', runtime, reach, options, sources)
    if (outcome === undefined) {
      runtime.err('Stopped; nothing was written.\n')
      return interrupted
    }
    const { text, ...rest } = outcome
    const written = options.dryRun
      ? { written: false, diagnostics: [] }
      : await write(snapshot, text, runtime, options.force)
    await report(
      runtime,
      options,
      { ...rest, text, ...written, diagnostics: [...outcome.diagnostics, ...written.diagnostics] },
      sources,
    )
    return 0
  } finally {
    await reach.close()
  }
}

function isOnlyLocal({ part }: InitWishes): boolean {
  if (part === undefined || part === 'local') return part === 'local'
  throw new Refusal(error('usage', `--only: init supports only local, not ${part}`, { hint: 'write --only local' }))
}
