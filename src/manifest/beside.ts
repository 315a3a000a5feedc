import type { LoadOptions } from './load.ts'
import { fileId, listFolder, readIncludedFile, readPolicyFile } from './source.ts'

/** Reads what is beside a manifest: policy files, and what it includes. `instead` is what files are to say that they do not say yet. */
export function readingFor(
  manifest: string,
  instead: ReadonlyMap<string, string> = new Map(),
): Pick<LoadOptions, 'readPolicy' | 'included'> {
  return {
    readPolicy: (named, from) => readPolicyFile(from, named),
    included: {
      list: (folder) => listFolder(manifest, folder),
      own: () => fileId(manifest),
      async read(named) {
        const read = await readIncludedFile(manifest, named)
        return { ...read, text: instead.get(read.file) ?? read.text }
      },
    },
  }
}
