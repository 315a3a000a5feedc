import type { Access, AccessRow } from '../../access/rows.ts'

/** A thing of the page with its number, by which rows, cells and the legend refer to it. */
export interface Numbered {
  readonly number: number
  readonly label: string
}

export interface NumberedSet extends Numbered {
  /** A few letters that stand for it in the matrix: the capitals of its name. */
  readonly key: string
  readonly duration: string
  readonly administrative: boolean
}

/** What the page speaks about, in the order of first mention. */
export interface Index {
  readonly users: ReadonlyMap<string, Numbered>
  /** By account id. */
  readonly accounts: ReadonlyMap<string, Numbered>
  readonly sets: ReadonlyMap<string, NumberedSet>
}

/** Numbers everything that rows mention. Pure. */
export function indexOf({ rows }: Access): Index {
  const sets = sorted(new Map(rows.map((row) => [row.permission_set, row])), (name) => name)
  const keys = shortKeys(sets.map(([name]) => name))
  const accounts = sorted(new Map(rows.map((row) => [row.account, row])), (_id, row) => row.account_label)
  return {
    users: new Map([...new Set(rows.map((row) => row.user))].map((label, number) => [label, { number, label }])),
    accounts: new Map(accounts.map(([id, row], number) => [id, { number, label: row.account_label }])),
    sets: new Map(
      sets.map(([label, { session_duration: duration, administrative }], number) => [
        label,
        { number, label, key: keys[number] ?? label, duration, administrative },
      ]),
    ),
  }
}

/** Short and different: capitals, or the beginning where a name has too few; numbered where several would be the same. */
export function shortKeys(names: readonly string[]): readonly string[] {
  const used = new Set<string>()
  return names.map((name) => {
    const capitals = name.replace(/[^A-Z0-9]/g, '').slice(0, 4)
    const stem = capitals.length >= 2 ? capitals : [...name].slice(0, 3).join('')
    let key = stem
    for (let count = 2; used.has(key); count++) key = `${stem}${stem.match(/\d$/) ? '.' : ''}${count}`
    used.add(key)
    return key
  })
}

function sorted(
  map: ReadonlyMap<string, AccessRow>,
  by: (key: string, row: AccessRow) => string,
): readonly (readonly [string, AccessRow])[] {
  return [...map].sort((a, b) => (by(...a) < by(...b) ? -1 : 1))
}
