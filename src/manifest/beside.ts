import type { IncludeReading } from './include/read.ts'
import type { LoadOptions } from './load.ts'
import { fileId, listFolder, readIncludedFile, readPolicyFile } from './source.ts'

/** Reads what is beside a manifest: policy files, what it includes, and what includes it. `instead` is what files are to say that they do not say yet. */
export function readingFor(
  manifest: string,
  instead: ReadonlyMap<string, string> = new Map(),
): Pick<LoadOptions, 'readPolicy' | 'included' | 'includer'> {
  return {
    readPolicy: (named, from) => readPolicyFile(from, named),
    included: includeReading(manifest, instead),
    async includer(variables) {
      const { includerOf } = await import('./include/includer.ts')
      return includerOf(manifest, variables, (other) => includeReading(other, instead))
    },
  }
}

function includeReading(manifest: string, instead: ReadonlyMap<string, string>): IncludeReading {
  return {
    list: (folder) => listFolder(manifest, folder),
    own: () => fileId(manifest),
    async read(named) {
      const read = await readIncludedFile(manifest, named)
      return { ...read, text: instead.get(read.file) ?? read.text }
    },
  }
}
