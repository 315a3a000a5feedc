import { type TableName, type Tables, tableNames } from './tables.ts'

/** One row put (or, with null, removed): what the journal holds and what a transaction can take back. */
export type StateChange = readonly [table: TableName, key: string, row: object | null]

/** Tables as plain JSON: the form of an export and of a snapshot. Absent tables are empty. */
export type TablesJson = { readonly [N in TableName]?: Readonly<Record<string, Tables[N]>> }

type Maps = { readonly [N in TableName]: Map<string, Tables[N]> }

/** State as an operation sees it; rows are never changed in place, only replaced. */
export interface State {
  rows<N extends TableName>(table: N): ReadonlyMap<string, Tables[N]>
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
  const maps = Object.fromEntries(tableNames.map((name) => [name, new Map(Object.entries(from[name] ?? {}))]))
  return open(maps as unknown as Maps)
}

function open(maps: Maps): Ledger {
  let done: StateChange[] = []
  let inverse: StateChange[] = []
  const set = ([table, key, row]: StateChange): void => {
    const map = maps[table] as Map<string, object>
    if (row === null) map.delete(key)
    else map.set(key, row)
  }
  const change = (entry: StateChange): void => {
    inverse.push([entry[0], entry[1], maps[entry[0]].get(entry[1]) ?? null])
    done.push(entry)
    set(entry)
  }
  return {
    rows: (table) => maps[table],
    put: (table, key, row) => change([table, key, row]),
    remove: (table, key) => {
      if (maps[table].has(key)) change([table, key, null])
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
    toJson: () => Object.fromEntries(tableNames.map((name) => [name, Object.fromEntries(maps[name])])),
  }
}
