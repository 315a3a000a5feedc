import type { LocalFileName } from '../kinds/local-file.ts'
import type { FileSnapshot } from '../local/files/file.ts'
import { notReplaceable } from '../local/files/replaceable.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { FileChange } from '../plan/file-changes.ts'

/** Files that a plan would change and that are not to be replaced, so that what an apply would refuse is said beforehand. Pure. */
export function unchangeable(
  changes: readonly FileChange[],
  files: ReadonlyMap<LocalFileName, FileSnapshot>,
): readonly Diagnostic[] {
  const changed = new Set(changes.filter(({ before = '', after }) => before !== after).map(({ path }) => path))
  return [...files.values()]
    .filter(({ path }) => changed.has(path))
    .flatMap((file) => notReplaceable(file)?.diagnostics ?? [])
}
