/** Letters that every version of Terraform takes in a name: those of scripts that Unicode has had from its beginning. */
const LETTERS =
  /[^\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}\u30fc0-9_-]+/gu

/**
 * Gives things names as Terraform takes them, each by a key of its own. A name follows from what the thing is called alone, so that it
 * stays when others come or go; only where two would get the same one, those that lost signs on the way, or that are made of several
 * parts, get a mark of their own.
 */
export function namesFor(titles: Iterable<readonly [key: string, title: string]>): (key: string) => string {
  const all = [...new Map(titles)].sort(([a], [b]) => (a < b ? -1 : 1))
  const counts = new Map<string, number>()
  for (const [, title] of all) counts.set(identifier(title), (counts.get(identifier(title)) ?? 0) + 1)
  const isExact = ([key, title]: readonly [string, string]) => key === title && identifier(title) === title
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const one of [...all.filter(isExact), ...all.filter((other) => !isExact(other))]) {
    const [key, title] = one
    const wish = identifier(title)
    const name = isExact(one) || counts.get(wish) === 1 ? wish : `${wish}_${mark(key)}`
    names.set(key, free(name, taken))
    taken.add(free(name, taken))
  }
  return (key) => names.get(key) ?? identifier(key)
}

/** A name out of a text: what cannot be in one becomes `_`, and a digit cannot be its first sign. */
function identifier(title: string): string {
  const name = title.normalize('NFC').replace(LETTERS, '_')
  return /^[\d-]/.test(name) || name === '' ? `_${name}` : name
}

function free(name: string, taken: ReadonlySet<string>): string {
  return taken.has(name) ? free(`${name}_`, taken) : name
}

/** A short mark of a text, the same each time (FNV-1a). */
function mark(title: string): string {
  let sum = 0x811c9dc5
  for (const byte of new TextEncoder().encode(title)) sum = Math.imul(sum ^ byte, 0x01000193) >>> 0
  return sum.toString(16).padStart(8, '0')
}
