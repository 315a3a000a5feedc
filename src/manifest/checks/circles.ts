/** A circle as one of its members tells it: the first that the way back to it passes, and how many there are. */
export interface Circle {
  readonly first: readonly string[]
  readonly count: number
}

/** Every name that leads back to itself, each naming at most one other, with those on the way. Each name is looked at once. */
export function circlesOf(
  names: readonly string[],
  next: (name: string) => string | undefined,
): ReadonlyMap<string, Circle> {
  const circles = new Map<string, Circle>()
  const seen = new Set<string>()
  for (const name of names) {
    const passed = new Map<string, number>()
    let one: string | undefined = name
    while (one !== undefined && !seen.has(one)) {
      seen.add(one)
      passed.set(one, passed.size)
      one = next(one)
    }
    const start = one === undefined ? undefined : passed.get(one)
    if (start !== undefined)
      for (const [member, circle] of around([...passed.keys()].slice(start))) circles.set(member, circle)
  }
  return circles
}

function around(names: readonly string[]): readonly (readonly [string, Circle])[] {
  const count = names.length - 1
  return names.map((name, index) => {
    const first = Array.from({ length: Math.min(count, 8) }, (_, n) => names[(index + 1 + n) % names.length] ?? '')
    return [name, { first, count }]
  })
}
