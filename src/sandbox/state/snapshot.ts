import { readFileSync } from 'node:fs'
import { error, Refusal } from '../../model/diagnostic.ts'
import { isObject, type Json } from '../../model/json.ts'
import { isTooDeep } from '../../model/json-depth.ts'
import type { StateChange, TablesJson } from './state.ts'
import { type TableName, tableNames } from './tables.ts'

/** State at one point: what the first line of a state file holds, and what an export is. */
export interface Snapshot {
  readonly sequence: number
  readonly tables: TablesJson
}

/** One further line of a state file. */
export interface LogEntry {
  readonly sequence: number
  readonly writer: string
  readonly changes?: readonly StateChange[]
  /** The last line that counts in a file that a compacted one is about to replace. */
  readonly sealed?: true
}

/** The snapshot as one line of JSON. */
export function snapshotLine({ sequence, tables }: Snapshot): string {
  return `${JSON.stringify({ format: 1, sequence, tables })}\n`
}

/** The entry of a line, or nothing for what a killed process left half written. */
export function parseEntry(line: string): LogEntry | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return isObject(value) && typeof value.sequence === 'number' ? (value as unknown as LogEntry) : undefined
  } catch {
    return undefined
  }
}

/**
 * The snapshot a state file starts with; an export spread over several lines by hand or by an editor is one too.
 * @throws Refusal `sandbox-state` when the file holds something else.
 */
export function readSnapshot(file: string, firstLine: string): Snapshot & { readonly wholeFile: boolean } {
  const line = parseSnapshot(firstLine)
  const found = line ?? parseSnapshot(readFileSync(file, 'utf8'))
  if (found) return { ...found, wholeFile: line === undefined }
  throw new Refusal(
    error('sandbox-state', `${file} is not the state of a sandbox`, {
      hint: 'name another file, or move this one away to start with an empty sandbox',
    }),
  )
}

/** The tables of an exported state, or nothing when the value is something else. */
export function tablesOf(value: Json | undefined): TablesJson | undefined {
  if (!isObject(value) || value.format !== 1 || !isObject(value.tables)) return undefined
  const names = Object.keys(value.tables)
  const sound = names.every((name) => tableNames.includes(name as TableName) && isTable(value.tables, name))
  return sound ? (value.tables as unknown as TablesJson) : undefined
}

function isTable(tables: Json | undefined, name: string): boolean {
  const rows = isObject(tables) ? tables[name] : undefined
  return isObject(rows) && Object.values(rows).every(isObject)
}

function parseSnapshot(text: string): Snapshot | undefined {
  if (isTooDeep(text)) return undefined
  try {
    const value: Json = JSON.parse(text)
    const tables = tablesOf(value)
    const sequence = isObject(value) && typeof value.sequence === 'number' ? value.sequence : 0
    return tables && { sequence, tables }
  } catch {
    return undefined
  }
}
