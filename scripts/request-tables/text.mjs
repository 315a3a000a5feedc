const width = 120

/** Spaces of other kinds, in patterns, are to be seen. */
const unseen = /[^ -~]/g

/** A value as the formatter of this project writes JSON: on one line where it fits, else one member a line. */
export function jsonText(value) {
  return `${written(value, '', 0)}\n`
}

/** `taken` is what stands beside it on its first line: the key before, the comma behind. */
function written(value, indent, taken) {
  const line = onOneLine(value)
  if (indent.length + taken + line.length <= width || typeof value !== 'object') return line
  const deeper = `${indent}  `
  const parts = Array.isArray(value)
    ? value.map((item, index) => ['', item, index])
    : Object.entries(value).map(([name, inner], index) => [`${quoted(name)}: `, inner, index])
  const comma = (index) => (index < parts.length - 1 ? ',' : '')
  const lines = parts.map(
    ([key, inner, index]) =>
      `${deeper}${key}${written(inner, deeper, key.length + comma(index).length)}${comma(index)}`,
  )
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return [open, lines.join('\n'), `${indent}${close}`].join('\n')
}

function onOneLine(value) {
  if (typeof value !== 'object') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`
  const members = Object.entries(value).map(([name, inner]) => `${quoted(name)}: ${onOneLine(inner)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

function quoted(value) {
  return JSON.stringify(value).replace(unseen, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
