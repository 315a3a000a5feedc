import { offlineFacts } from '../../aws/facts.ts'
import { readTextFile } from '../../local/files/file.ts'
import { findBlocks } from '../../local/shell/block.ts'
import { askStart } from '../../local/shell/look.ts'
import type { LoadedManifest } from '../../manifest/load.ts'
import { type Diagnostic, Refusal } from '../../model/diagnostic.ts'
import { type AskedShell, askShells } from '../../session/shells.ts'
import type { ShellEvidence } from '../evidence.ts'

type Context = Parameters<typeof askShells>[0] & { readonly manifest: LoadedManifest }

/** Asks every shell that the manifest wants to have a profile. Never throws for what a shell or its files do. */
export async function shellEvidence(context: Context): Promise<readonly ShellEvidence[]> {
  const asked = await askShells(context, () => true)
  const found = await Promise.all(asked.map((one) => evidenceOf(one, context)))
  return found.flat()
}

async function evidenceOf(
  { startup, place, path, look }: AskedShell,
  { manifest, runtime }: Context,
): Promise<readonly ShellEvidence[]> {
  const profile = startup.profile(manifest.manifest)
  if (!look || profile === undefined) return []
  const { shell } = startup
  const { owner } = offlineFacts(manifest, runtime.clock.now())
  const isNew = look.interactive === 'unasked'
  const [command, block] = await Promise.all([
    isNew ? ('missing' as const) : askStart(place, 'command'),
    blockIn(path, shell, owner),
  ])
  return [{ shell, profile, file: path, look, command, ...block }]
}

async function blockIn(path: string, shell: AskedShell['startup']['shell'], owner: string) {
  const refused: readonly Diagnostic[] = []
  try {
    const { text } = await readTextFile(path)
    const own = findBlocks(text ?? '', path, shell).find((one) => one.owner === owner)
    return { refused, ...(own ? { block: own.profile ?? '' } : {}) }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { refused: thrown.diagnostics }
    throw thrown
  }
}
