/** What ajv is to make where nobody asks what is wrong, only whether something is. */
export const bare = { allErrors: false, verbose: false, messages: false }

/** A schema without names and explanations, which are texts; a property of such a name is a schema. */
export function withoutWords(schema) {
  const isWord = ([key, value]) =>
    (['title', 'description', '$comment'].includes(key) && typeof value === 'string') ||
    (key === 'examples' && Array.isArray(value))
  return Object.fromEntries(Object.entries(schema).filter((one) => !isWord(one)))
}

/** The code of ajv with `0` in place of each error that it describes: most of the code is about them. */
export function withoutErrors(code) {
  let bare = ''
  let from = 0
  for (let at = code.indexOf('{instancePath'); at >= 0; at = code.indexOf('{instancePath', from)) {
    const end = endOfObject(code, at)
    const object = code.slice(at, end)
    bare += code.slice(from, at) + (object.includes('schemaPath:') ? '0' : object)
    from = end
  }
  bare += code.slice(from)
  if (bare.length === code.length || bare.includes('schemaPath'))
    throw new Error('the code of ajv has changed: look at how it describes errors')
  return bare
}

/** Behind the brace that ends what begins at `at`; braces in texts do not count. */
function endOfObject(code, at) {
  const parts = /"(?:[^"\\]|\\.)*"|[{}]/g
  parts.lastIndex = at
  let depth = 0
  for (let part = parts.exec(code); part; part = parts.exec(code)) {
    if (part[0] === '{') depth += 1
    if (part[0] === '}') depth -= 1
    if (depth === 0) return parts.lastIndex
  }
  throw new Error('the code of ajv has changed: an object has no end')
}
