import { dirname, join, resolve } from 'node:path'
import { Refusal } from '../../model/diagnostic.ts'
import { places } from '../places.ts'
import { isManifestText } from '../private-text.ts'
import { defaultManifest } from '../sample.ts'
import { fileId, readManifestFile } from '../source.ts'
import type { Variables } from '../variables.ts'
import { parseYaml } from '../yaml-syntax.ts'
import { readTree } from '../yaml-tree.ts'
import { type IncludeReading, includedFiles } from './read.ts'

/** Folders above a file in which a manifest is looked for. */
const mostFolders = 20

/**
 * The manifest that includes a file: of the usual name, in the file's folder or in one above it. Only looked for where the file is no manifest
 * by itself. What cannot be read includes nothing.
 */
export async function includerOf(
  file: string,
  variables: Variables,
  readingOf: (manifest: string) => IncludeReading,
): Promise<string | undefined> {
  const id = await fileId(file)
  for (const candidate of candidatesFor(file)) {
    const ids = await includedIds(candidate, variables, readingOf(candidate)).catch(nothingIfRefused)
    if (id !== undefined && ids.includes(id)) return candidate
  }
  return undefined
}

function candidatesFor(file: string): readonly string[] {
  const folders = [dirname(file)]
  for (let folder = dirname(file); folders.length < mostFolders && resolve(folder) !== resolve(folder, '..'); ) {
    folder = join(folder, '..')
    folders.push(folder)
  }
  return folders.map((folder) => join(folder, defaultManifest))
}

async function includedIds(
  manifest: string,
  variables: Variables,
  reading: IncludeReading,
): Promise<readonly string[]> {
  const source = await readManifestFile(manifest)
  if (!isManifestText(source.text)) return []
  const tree = readTree(parseYaml(source), { variables, place: places })
  const { files } = await includedFiles(tree, reading)
  return files.map((one) => one.source.id)
}

function nothingIfRefused(thrown: unknown): readonly string[] {
  if (thrown instanceof Refusal) return []
  throw thrown
}
