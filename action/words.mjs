/**
 * Splits a text into words as a shell does, and expands nothing: blanks separate, quotes keep together, a backslash takes the next character as it is
 * (inside double quotes only before " and itself). Throws where a quote is not closed.
 * @param {string} text
 * @returns {string[]}
 */
export function wordsOf(text) {
  const pieces = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)|(\s+)|(.)/gs
  const words = []
  let word
  for (const [, single, double, escaped, plain, blank, stray] of text.matchAll(pieces)) {
    if (stray !== undefined)
      throw new Error(`args: ${stray} has no end in ${JSON.stringify(text)}; expected closed quotes`)
    if (blank !== undefined) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + (single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain)
  }
  return word === undefined ? words : [...words, word]
}

/**
 * The value of an option in a list of words, as `--name value` or `--name=value`; undefined where it is not among them.
 * @param {readonly string[]} words
 * @param {string} name
 * @returns {string | undefined}
 */
export function optionIn(words, name) {
  const index = words.findIndex((word) => word === name || word.startsWith(`${name}=`))
  if (index < 0) return undefined
  return words[index] === name ? (words[index + 1] ?? '') : words[index].slice(name.length + 1)
}
