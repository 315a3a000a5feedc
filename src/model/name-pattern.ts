/**
 * True when `name` matches a pattern in which `*` stands for any characters; case counts. Patterns and names come from anybody, so it never
 * tries twice: each part between two stars is taken where it first fits, which leaves most to those that follow.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  if (last === undefined) return name === pattern
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false
  const end = name.length - last.length
  let from = first.length
  return parts.every((part) => {
    const found = name.indexOf(part, from)
    from = found + part.length
    return found >= 0 && from <= end
  })
}
