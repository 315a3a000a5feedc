import { existsSync, mkdirSync, realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { error, Refusal } from '../../model/diagnostic.ts'
import { underLock } from './lock.ts'
import { createOnce, type Log, openLog, replaceFile } from './log.ts'
import { type LogEntry, parseEntry, readSnapshot, snapshotLine } from './snapshot.ts'
import { type Ledger, ledger, type State, type TablesJson } from './state.ts'

/** A file grows by this many bytes, or doubles, before it is compacted to a single line. */
const defaultCompactAfter = 4_000_000

/**
 * State in a file. The first line is a snapshot, each further line one committed change with its sequence number. Any
 * number of processes may append: a line counts only when its number is the next one, so of two writers that raced
 * exactly one won, and the other reads the winner's line and does its work again. Writing needs no lock, and a process
 * killed at any moment leaves at worst half a line, which nobody counts.
 */
export interface Store {
  /** Runs `work` on the current state; what it changed is on the disk when this returns. It may run more than once. */
  run<T>(work: (state: State) => T): T
  /** All tables as plain JSON. */
  export(): TablesJson
  /** Leaves a file of a single line, valid JSON by itself, and closes it. */
  close(): void
}

/**
 * Opens the state file, making it from `initial` when it does not exist. `writer` is unique to this caller.
 * @throws Refusal `sandbox-state` when the file holds something else or cannot be written.
 */
export function openStore(
  file: string,
  initial: () => TablesJson,
  writer: string,
  compactAfter = defaultCompactAfter,
): Store {
  try {
    mkdirSync(dirname(file), { recursive: true })
    if (!existsSync(file)) createOnce(file, snapshotLine({ sequence: 0, tables: initial() }), writer)
    // The file itself, so that compacting replaces it and not a link to it.
    return new FileStore(realpathSync(file), writer, compactAfter)
  } catch (cause) {
    throw cause instanceof Error && 'syscall' in cause ? unusable(file, cause) : cause
  }
}

function unusable(file: string, cause: Error): Refusal {
  const problem = error('sandbox-state', `the sandbox cannot use ${file} for its state: ${cause.message}`, {
    hint: 'use a file in a writable folder',
  })
  return new Refusal(problem, { cause })
}

class FileStore implements Store {
  readonly #file: string
  readonly #writer: string
  readonly #log: Log
  readonly #compactAfter: number
  #memory: Ledger = ledger({})
  #sequence = 0
  #sealed = false
  #snapshotSize = 0
  #appended = 0

  constructor(file: string, writer: string, compactAfter: number) {
    this.#compactAfter = compactAfter
    this.#file = file
    this.#writer = writer
    this.#log = openLog(file)
    this.#load()
  }

  run<T>(work: (state: State) => T): T {
    for (;;) {
      this.#catchUp()
      while (this.#sealed) this.#awaitSuccessor()
      this.#memory.begin()
      const result = this.#attempt(work)
      const changes = [...this.#memory.changes()]
      if (changes.length === 0) return result
      // They come back through the file, so that memory never holds what the file does not.
      this.#memory.undo()
      if (!this.#append({ changes })) continue
      if (this.#log.size - this.#snapshotSize > Math.max(this.#compactAfter, this.#snapshotSize)) this.#compact()
      return result
    }
  }

  export(): TablesJson {
    this.#catchUp()
    return this.#memory.toJson()
  }

  close(): void {
    this.#catchUp()
    if (this.#sealed || this.#log.size > this.#snapshotSize) this.#compact()
    this.#log.close()
  }

  #attempt<T>(work: (state: State) => T): T {
    try {
      return work(this.#memory)
    } catch (cause) {
      this.#memory.undo()
      throw cause
    }
  }

  #catchUp(): void {
    if (!this.#log.replaced()) {
      this.#follow()
      return
    }
    this.#log.reopen()
    this.#load()
  }

  #load(): void {
    const [first = '', ...rest] = this.#log.tail()
    const { sequence, tables, wholeFile } = readSnapshot(this.#file, first)
    this.#memory = ledger(tables)
    this.#sequence = sequence
    this.#sealed = false
    this.#snapshotSize = Buffer.byteLength(first) + 1
    if (wholeFile) this.#rewriteAsLine()
    else this.#accept(rest)
  }

  /** Nobody appends to a document of many lines: whoever opens it first puts a single line in its place. */
  #rewriteAsLine(): void {
    const text = snapshotLine({ sequence: this.#sequence, tables: this.#memory.toJson() })
    const replace = (): void => {
      if (!this.#log.replaced()) replaceFile(this.#file, text, this.#writer)
    }
    while (!underLock(`${this.#file}.lock`, this.#writer, replace)) pause()
    this.#log.reopen()
    this.#load()
  }

  #follow(): readonly string[] {
    return this.#accept(this.#log.tail())
  }

  /** Takes over the lines that count and gives their writers. */
  #accept(lines: readonly string[]): readonly string[] {
    const writers: string[] = []
    for (const line of lines) {
      const entry = parseEntry(line)
      if (entry === undefined || entry.sequence !== this.#sequence + 1 || this.#sealed) continue
      this.#memory.apply(entry.changes ?? [])
      this.#sequence = entry.sequence
      this.#sealed = entry.sealed === true
      writers.push(entry.writer)
    }
    return writers
  }

  /** True when the line became part of the state, false when another writer was first. */
  #append(content: Pick<LogEntry, 'changes' | 'sealed'>): boolean {
    this.#appended += 1
    const writer = `${this.#writer}.${this.#appended}`
    this.#log.append(JSON.stringify({ sequence: this.#sequence + 1, writer, ...content }))
    return this.#follow().includes(writer)
  }

  /**
   * Replaces the file by its snapshot. The seal comes first: whoever appends to the old file behind it has lost and
   * turns to the new one, so nothing acknowledged is ever left behind. The lock keeps it to one process at a time.
   */
  #compact(): boolean {
    return underLock(`${this.#file}.lock`, this.#writer, () => {
      if (this.#log.replaced()) return
      if (!this.#sealed && !this.#append({ sealed: true })) return
      replaceFile(this.#file, snapshotLine({ sequence: this.#sequence, tables: this.#memory.toJson() }), this.#writer)
    })
  }

  #awaitSuccessor(): void {
    // The other process is between its seal and its rename, which takes it milliseconds; if it died there, we finish it.
    if (!this.#compact()) pause()
    this.#catchUp()
  }
}

/** Waits two milliseconds, as long as another process holds the lock. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2)
}
