/**
 * True when `text` matches an IAM pattern: `*` stands for any characters, `?` for one (IAM User Guide, "IAM JSON policy elements:
 * Action"). Case counts. Takes at most the product of both lengths: only the last star is ever tried again.
 */
export function matchesWildcards(pattern: string, text: string): boolean {
  let [at, from] = [0, 0]
  let star = -1
  let resumed = 0
  while (from < text.length) {
    const isStar = pattern[at] === '*'
    if (isStar) [star, resumed] = [at++, from]
    else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) [at, from] = [at + 1, from + 1]
    else if (star >= 0) [at, from] = [star + 1, ++resumed]
    else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}

/** True for a text that holds wildcards. */
export function hasWildcards(text: string): boolean {
  return /[*?]/.test(text)
}

/**
 * True when some text matches both IAM patterns. Takes at most the product of both lengths, and hardly any time where they begin
 * differently.
 */
export function patternsOverlap(a: string, b: string): boolean {
  let begin = 0
  while (begin < a.length && begin < b.length && !isWild(a[begin]) && !isWild(b[begin])) {
    if (a[begin] !== b[begin]) return false
    begin++
  }
  return overlap(a.slice(begin), b.slice(begin))
}

/** Row by row: whether the letters of `a` so far and the first letters of `b`, as many as the index says, overlap. */
function overlap(a: string, b: string): boolean {
  let row = [true]
  for (const [index, letter] of [...b].entries()) row.push(row[index] === true && letter === '*')
  for (const letter of a) row = nextRow(row, letter, b)
  return row[b.length] === true
}

function nextRow(row: readonly boolean[], letter: string, b: string): boolean[] {
  const next = [row[0] === true && letter === '*']
  for (let at = 0; at < b.length; at++) {
    const isSame = letter === b[at] || letter === '?' || b[at] === '?'
    const either = next[at] === true || row[at + 1] === true
    next.push(letter === '*' || b[at] === '*' ? either : row[at] === true && isSame)
  }
  return next
}

function isWild(letter: string | undefined): boolean {
  return letter === '*' || letter === '?'
}
