import type { LoadOptions } from './load.ts'
import { fileId, listFolder, readIncludedFile, readPolicyFile, type Source } from './source.ts'

/** Reads what is beside a manifest: policy files, and what it includes. `instead` is what a file is to say that it does not say yet. */
export function readingFor(manifest: string, instead?: Source): Pick<LoadOptions, 'readPolicy' | 'included'> {
  return {
    readPolicy: (named, from) => readPolicyFile(from, named),
    included: {
      list: (folder) => listFolder(manifest, folder),
      own: () => fileId(manifest),
      async read(named) {
        const read = await readIncludedFile(manifest, named)
        return read.file === instead?.file ? { ...read, text: instead.text } : read
      },
    },
  }
}
