import { LineCounter, parseDocument } from 'yaml'
import validate from '../generated/validate.js'
import { type Diagnostic, error, type Position, Refusal } from '../model/diagnostic.ts'
import type { Source } from './source.ts'
import type { Manifest } from './types.ts'

export { readManifestFile, readPolicyFile, type Source } from './source.ts'

/** Keys and indexes that lead from the top of a manifest to a value. */
export type Path = readonly (string | number)[]

/** A manifest that passed every offline check. */
export interface LoadedManifest {
  readonly file: string
  /** Variables filled in, account ids as strings, durations as written, policy files in place as `inline_policy`. */
  readonly manifest: Manifest
  readonly warnings: readonly Diagnostic[]
  /** Where the key or the value at `path` stands; where the nearest existing ancestor stands when it is absent. */
  position(path: Path, of?: 'key' | 'value'): Position | undefined
}

/** What loading needs from outside. */
export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** For the warning about `until` dates that have passed; no warning without it. */
  readonly today?: Date
  /** Reads a policy file; the path is already joined to the manifest's folder. */
  readPolicy(path: string): Promise<string>
  /** Receives every text that was read, by file, for the code frames of diagnostics. */
  readonly sources?: Map<string, string>
}

/** Reads a manifest. Throws a Refusal that holds all errors, in the order of the file. */
export async function loadManifest(source: Source, options: LoadOptions): Promise<LoadedManifest> {
  options.sources?.set(source.file, source.text)
  const lines = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: lines, schema: 'core', prettyErrors: false })
  const [first] = document.errors
  const at = { file: source.file, line: 1, column: 1 }
  if (first !== undefined) throw new Refusal(error('syntax', first.message, { at }))
  const value: unknown = document.toJS()
  if (!isManifest(value)) throw new Refusal(error('schema', JSON.stringify(validate.errors), { at }))
  return { file: source.file, manifest: value, warnings: [], position: () => at }
}

function isManifest(value: unknown): value is Manifest {
  return validate(value)
}
