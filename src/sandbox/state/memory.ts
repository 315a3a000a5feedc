import type { State, TablesJson } from './state.ts'
import type { Store } from './store.ts'
import type { TableName, Tables } from './tables.ts'

/** A store that can show its state as it was some seconds ago. It remembers in memory only. */
export interface Memory extends Store {
  /** Like that of any store; what is changed counts as changed at `at`, in epoch seconds, by default now. */
  run<T>(work: (state: State) => T, at?: number): T
  /** Runs `work` on the state as it was as many seconds ago as are remembered; what it changes is dropped. */
  before<T>(work: (state: State) => T): T
  /** From now on the state counts as if it had always been as it is. */
  forget(): void
}

/** One row as it was until a change. */
interface Trace {
  readonly time: number
  readonly table: TableName
  readonly key: string
  readonly row: object | undefined
}

/** A store that remembers as many seconds as `span` says; none when it says 0. Changes by other processes are seen at once. */
export function remembering(store: Store, now: () => number, span: () => number): Memory {
  let traces: readonly Trace[] = []
  const recent = () => traces.filter(({ time }) => time > now() - span())
  return {
    run: (work, at = now()) => {
      if (span() === 0) {
        traces = []
        return store.run(work)
      }
      let mine: Trace[] = []
      const result = store.run((state) => {
        // The work may run more than once; the last time is what happened.
        mine = []
        return work(traced(state, at, mine))
      })
      traces = [...recent(), ...mine]
      return result
    },
    before: (work) => store.run((state) => work(pastOf(state, recent()))),
    forget: () => {
      traces = []
    },
    export: (): TablesJson => store.export(),
    close: () => store.close(),
  }
}

function traced(state: State, time: number, traces: Trace[]): State {
  const note = (table: TableName, key: string): void => {
    traces.push({ time, table, key, row: state.rows(table).get(key) })
  }
  return {
    rows: (table) => state.rows(table),
    find: (index, value) => state.find(index, value),
    put: (table, key, row) => {
      note(table, key)
      state.put(table, key, row)
    },
    remove: (table, key) => {
      note(table, key)
      state.remove(table, key)
    },
  }
}

/** The state without what the traces tell of, which are in the order of time. */
function pastOf(state: State, traces: readonly Trace[]): State {
  const rowsThen = <N extends TableName>(table: N) => {
    const rows = new Map<string, Tables[N]>(state.rows(table))
    for (const { key, row } of traces.filter((trace) => trace.table === table).toReversed()) {
      if (row === undefined) rows.delete(key)
      else rows.set(key, row as Tables[N])
    }
    return rows
  }
  return {
    rows: rowsThen,
    find: ({ table, by }, value) => [...rowsThen(table).values()].filter((row) => by(row) === value),
    put: () => undefined,
    remove: () => undefined,
  }
}
