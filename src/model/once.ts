/** A function that works its answer out once for each object it is asked about: what a look has read never changes. */
export function oncePer<O extends object, T>(make: (of: O) => T): (of: O) => T {
  const known = new WeakMap<O, { readonly made: T }>()
  return (of) => {
    const { made } = known.get(of) ?? { made: make(of) }
    known.set(of, { made })
    return made
  }
}
