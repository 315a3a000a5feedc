// Room for the sentence that counts what is left out, and for what closes an open block.
const reserve = 400

/** Characters that are no text: those that steer a terminal, and those that nobody sees. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * A text whose invisible characters can be read, as `\u{1b}`; line ends stay.
 * @param {string} text
 */
export function visible(text) {
  return text.replace(unseen, (one) => `\\u{${one.codePointAt(0).toString(16)}}`)
}

/**
 * A text in a block of code that nothing in it can end.
 * @param {string} text
 */
export function fenced(text) {
  const runs = [...text.matchAll(/`+/g)].map(([ticks]) => ticks.length)
  const fence = '`'.repeat(Math.max(3, ...runs.map((run) => run + 1)))
  return `${fence}text\n${visible(text.trim())}\n${fence}`
}

/**
 * A text that fits: whole lines from the first on, then how many are left out and where they are.
 * @param {string} text
 * @param {number} limit
 * @param {string} where
 * @param {(text: string) => number} [sizeOf]
 */
export function cut(text, limit, where, sizeOf = (line) => line.length) {
  if (sizeOf(text) <= limit) return text
  const lines = text.split('\n')
  let room = limit - reserve
  const past = lines.findIndex((line) => {
    room -= sizeOf(line) + 1
    return room < 0
  })
  const kept = lines.slice(0, past)
  const left = lines.length - past
  const note = `**${left} ${left === 1 ? 'line was' : 'lines were'} left out for length; ${where}.**`
  return [...kept, ...closing(kept), '', note].join('\n')
}

// What is left open would take in the sentence that says so.
function closing(lines) {
  let fence
  let details = 0
  for (const line of lines) {
    const [ticks] = /^`{3,}/.exec(line) ?? []
    if (fence === undefined) {
      fence = ticks
      details += (line.match(/<details>/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0)
    } else if (line.trim() === fence) fence = undefined
  }
  return [...(fence ? [fence] : []), ...Array.from({ length: Math.max(0, details) }, () => '\n</details>')]
}
