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
