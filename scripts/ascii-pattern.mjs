/**
 * A pattern that takes the same texts of ASCII, without classes of Unicode: to make one of those takes V8 milliseconds, which texts of
 * ASCII need not wait for. Undefined where the pattern has none. Source: ECMA-262, CharacterClassEscape `\p{…}`.
 */
export function asciiPattern(source) {
  const parts = source.match(/\\[pP]\{[^}]*\}|\\.|[^\\]/gs) ?? []
  let isInside = false
  const plain = parts.map((part) => {
    if (part === '[' || part === ']') isInside = part === '['
    if (!/^\\[pP]\{/.test(part)) return part
    const members = asciiMembers(part)
    return isInside ? members : `[${members}]`
  })
  return /\\[pP]\{/.test(source) ? plain.join('') : undefined
}

/** The characters of ASCII in a class, as they are written inside `[` and `]`; none where it has none. */
function asciiMembers(written) {
  const isMember = new RegExp(written, 'u')
  const all = Array.from({ length: 128 }, (_, code) => code)
  return all
    .filter((code) => isMember.test(String.fromCharCode(code)))
    .map((code) => `\\x${code.toString(16).padStart(2, '0')}`)
    .join('')
}
