import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readingFor } from '../../../src/manifest/beside.ts'
import { type LoadedManifest, loadManifest, readManifestFile } from '../../../src/manifest/load.ts'
import { type Diagnostic, Refusal } from '../../../src/model/diagnostic.ts'
import { removedAtEnd } from '../../support/at-end.ts'

/** Texts by path from the folder of the manifest. */
export type Files = Readonly<Record<string, string>>

/** How a manifest of these tests begins. */
export const head = 'version: 1\nidentity_center: { region: eu-west-1 }\n'

/** A new folder with some files. */
export function folderOf(files: Files): string {
  const folder = realpathSync(removedAtEnd(mkdtempSync(join(tmpdir(), 'include-'))))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** The manifest in a folder, with what it includes. */
export async function loadIn(folder: string, sources = new Map<string, string>()): Promise<LoadedManifest> {
  const file = join(folder, 'sso.yaml')
  const env = { SSO_TEAM: 'A' }
  return loadManifest(await readManifestFile(file), { env, sources, ...readingFor(file) })
}

/** What is wrong with the manifest in a folder: `teams/a.yaml:3:1 declared-twice` and the message. */
export async function problemsIn(folder: string): Promise<readonly string[]> {
  const loaded = await loadIn(folder).catch((thrown: unknown) => thrown)
  if (loaded instanceof Refusal) return loaded.diagnostics.map((one) => words(one, folder))
  if (loaded instanceof Error) throw loaded
  return []
}

function words({ at, code, message }: Diagnostic, folder: string): string {
  const place = at ? `${at.file}:${at.line}:${at.column}` : 'nowhere'
  return `${place} ${code} ${message}`.replaceAll(`${folder}/`, '')
}
