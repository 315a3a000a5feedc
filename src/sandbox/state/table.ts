/** Rows by key, and by whatever they have been asked for by. */
export interface Table<Row extends object> {
  readonly rows: ReadonlyMap<string, Row>
  /** Rows of which `by` gives the value. The first call for a `by` looks at all rows, later ones at those they give. */
  find(by: FoundBy<Row>, value: string): readonly Row[]
  /** Puts a row under a key, or with null removes it. */
  set(key: string, row: Row | null): void
}

/** What a row is found by; rows without it are not found. The same function each time: it stands for its index. */
export type FoundBy<Row> = (row: Row) => string | undefined

type Groups<Row> = Map<string, Map<string, Row>>

/** A table of these rows. */
export function tableOf<Row extends object>(from: Readonly<Record<string, Row>>): Table<Row> {
  const rows = new Map(Object.entries(from))
  const indexes = new Map<FoundBy<Row>, Groups<Row>>()
  const indexOf = (by: FoundBy<Row>): Groups<Row> => {
    const known = indexes.get(by) ?? groupedBy(by, rows)
    indexes.set(by, known)
    return known
  }
  return {
    rows,
    find: (by, value) => [...(indexOf(by).get(value)?.values() ?? [])],
    set: (key, row) => {
      for (const [by, groups] of indexes) regroup(by, groups, key, rows.get(key), row)
      if (row === null) rows.delete(key)
      else rows.set(key, row)
    },
  }
}

function groupedBy<Row>(by: FoundBy<Row>, rows: ReadonlyMap<string, Row>): Groups<Row> {
  const groups: Groups<Row> = new Map()
  for (const [key, row] of rows) enter(by, groups, key, row)
  return groups
}

function regroup<Row>(by: FoundBy<Row>, groups: Groups<Row>, key: string, old: Row | undefined, row: Row | null): void {
  const before = old && by(old)
  if (before !== undefined && (row === null || by(row) !== before)) groups.get(before)?.delete(key)
  if (row !== null) enter(by, groups, key, row)
}

function enter<Row>(by: FoundBy<Row>, groups: Groups<Row>, key: string, row: Row): void {
  const value = by(row)
  if (value === undefined) return
  const group = groups.get(value) ?? new Map<string, Row>()
  groups.set(value, group.set(key, row))
}
