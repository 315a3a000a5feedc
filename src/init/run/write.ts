import { backupPath } from '../../local/files/backup.ts'
import { type FileSnapshot, readTextFile } from '../../local/files/file.ts'
import { replaceTextFile } from '../../local/files/replace.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Runtime } from '../../session/runtime.ts'

/** What writing did. */
export interface Written {
  readonly written: boolean
  readonly backup?: string
  readonly diagnostics: readonly Diagnostic[]
}

/** Writes the manifest in one step. What it replaces is kept beside it first, under a name that was free. */
export async function write(
  snapshot: FileSnapshot,
  text: string,
  { machine }: Runtime,
  keep: boolean,
): Promise<Written> {
  const old = snapshot.text
  const backup = keep && old && old !== text ? await keepAside(snapshot, old, machine) : undefined
  const { written, warnings } = await replaceTextFile(snapshot, text, { machine, backup: false })
  return { written, ...(backup ? { backup } : {}), diagnostics: warnings }
}

async function keepAside({ path }: FileSnapshot, text: string, machine: Runtime['machine']): Promise<string> {
  const first = backupPath(path)
  for (let number = 1; ; number++) {
    const place = number === 1 ? first : `${first}.${number}`
    const there = await readTextFile(place, machine.files)
    if (there.text === text) return place
    if (there.text !== undefined) continue
    await replaceTextFile(there, text, { machine, backup: false })
    return place
  }
}
