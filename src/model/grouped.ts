/** All values of each key, both in the order of the rows; `new Map` keeps the last one alone. Pure. */
export function grouped<K, V>(rows: Iterable<readonly [key: K, value: V]>): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>()
  for (const [key, value] of rows) {
    const group = groups.get(key)
    if (group) group.push(value)
    else groups.set(key, [value])
  }
  return groups
}
