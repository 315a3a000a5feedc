/** A function that works its answer out once for each object it is asked about: what a look has read never changes. */
export function oncePer<O extends object, T>(make: (of: O) => T): (of: O) => T {
  const known = new WeakMap<O, { readonly made: T }>()
  return (of) => {
    const { made } = known.get(of) ?? { made: make(of) }
    known.set(of, { made })
    return made
  }
}

/** What `make` gives, made at the first call. */
export function once<T>(make: () => T): () => T {
  let made: { readonly one: T } | undefined
  return () => {
    made ??= { one: make() }
    return made.one
  }
}
