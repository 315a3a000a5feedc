import type { Index } from './indexes.ts'
import { type Table, tableOf } from './table.ts'
import { type TableName, type Tables, tableNames } from './tables.ts'

/** One row put (or, with null, removed): what the journal holds and what a transaction can take back. */
export type StateChange = readonly [table: TableName, key: string, row: object | null]

/** Tables as plain JSON: the form of an export and of a snapshot. Absent tables are empty. */
export type TablesJson = { readonly [N in TableName]?: Readonly<Record<string, Tables[N]>> }

type OpenTables = { readonly [N in TableName]: Table<Tables[N]> }

/** State as an operation sees it; rows are never changed in place, only replaced. */
export interface State {
  rows<N extends TableName>(table: N): ReadonlyMap<string, Tables[N]>
  /** Rows that an index has under a value, as they are now. */
  find<N extends TableName>(index: Index<N>, value: string): readonly Tables[N][]
  put<N extends TableName>(table: N, key: string, row: Tables[N]): void
  remove(table: TableName, key: string): void
}

/** State together with the record of what was changed since the last `begin`, so that it can be kept or taken back. */
export interface Ledger extends State {
  begin(): void
  changes(): readonly StateChange[]
  undo(): void
  apply(changes: readonly StateChange[]): void
  toJson(): TablesJson
}

/** State in memory, filled from tables. */
export function ledger(from: TablesJson): Ledger {
  const tables = Object.fromEntries(tableNames.map((name) => [name, tableOf<object>(from[name] ?? {})]))
  return open(tables as unknown as OpenTables)
}

function open(tables: OpenTables): Ledger {
  let done: StateChange[] = []
  let inverse: StateChange[] = []
  const set = ([table, key, row]: StateChange): void => {
    const written = tables[table] as Table<object>
    written.set(key, row)
  }
  const change = (entry: StateChange): void => {
    inverse.push([entry[0], entry[1], tables[entry[0]].rows.get(entry[1]) ?? null])
    done.push(entry)
    set(entry)
  }
  return {
    rows: (table) => tables[table].rows,
    find: ({ table, by }, value) => tables[table].find(by, value),
    put: (table, key, row) => change([table, key, row]),
    remove: (table, key) => {
      if (tables[table].rows.has(key)) change([table, key, null])
    },
    begin: () => {
      done = []
      inverse = []
    },
    changes: () => done,
    undo: () => {
      for (const entry of inverse.reverse()) set(entry)
      done = []
      inverse = []
    },
    apply: (changes) => {
      for (const entry of changes) set(entry)
    },
    toJson: () => Object.fromEntries(tableNames.map((name) => [name, Object.fromEntries(tables[name].rows)])),
  }
}
