import { kindNamed } from '../kinds/index.ts'
import type { LocalKind } from '../kinds/kind.ts'
import type { LocalFileName } from '../kinds/local-file.ts'
import { localFiles } from '../kinds/local-files.ts'
import { type Diagnostic, Refusal } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'

/** A file of this machine before and after a plan. Its text can hold secrets of others: it is never part of the plan. */
export interface FileChange {
  readonly name: LocalFileName
  readonly path: string
  /** Undefined for a file that does not exist yet. */
  readonly before: string | undefined
  readonly after: string
}

/** What a plan does to the files of this machine, and why one of them could not be edited. */
export interface FileChanges {
  readonly changes: readonly FileChange[]
  readonly refusals: readonly Diagnostic[]
}

/** A file as it was read. */
interface FileText {
  readonly path: string
  readonly text: string | undefined
}

/** Makes the edits of a plan without writing them, so that what an apply would refuse is said beforehand. Pure. */
export function fileChanges(
  operations: readonly Operation[],
  files: ReadonlyMap<LocalFileName, FileText>,
  owner: string,
): FileChanges {
  const bySheet = new Map<LocalFileName, Operation[]>()
  for (const operation of operations) {
    const kind = kindNamed(operation.kind)
    if (kind.side === 'cloud') continue
    const name = (kind as LocalKind).fileOf(operation.address)
    const mine = bySheet.get(name) ?? []
    mine.push(operation)
    bySheet.set(name, mine)
  }
  const results = [...bySheet].map(([name, mine]) => edited(name, mine, files.get(name), owner))
  return {
    changes: results.flatMap((one) => ('after' in one ? [one] : [])),
    refusals: results.flatMap((one) => ('after' in one ? [] : one)),
  }
}

function edited(
  name: LocalFileName,
  operations: readonly Operation[],
  file: FileText | undefined,
  owner: string,
): FileChange | readonly Diagnostic[] {
  if (!file) throw new Error(`${name} was planned without being read`)
  try {
    const after = localFiles[name].edit(file.text ?? '', operations, owner, file.path)
    return { name, path: file.path, before: file.text, after }
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return thrown.diagnostics
  }
}
