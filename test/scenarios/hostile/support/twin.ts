import type { Texts } from './slots.ts'
import { replaced } from './world.ts'

const token = /zq\w\dqz/g

/**
 * What differs from world to world besides the texts: digests, moments, places in lines, lengths. Lines end at line feeds alone: whatever
 * else ends one somewhere is written out in a report, and not in a name.
 */
function levelled(text: string): string {
  return text
    .replace(/\b[0-9a-f]{64}\b|(?<=--expect )[0-9a-f]{16}\b|(?<=reviewed \()[0-9a-f]{16}(?=\))/g, 'DIGEST')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, 'MOMENT')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'MOMENT')
    .replace(/(?<=MOMENT \()\d+ minutes left/g, 'TIME left')
    .replace(/(?<=\.yaml:\d+):\d+/g, ':COLUMN')
    .replace(/(created|updated|deleted|re-provisioned) +\d+s(?![^\n])/g, '$1')
    .replace(/(?<=\()\d+s(?=\))/g, 'SECONDS')
    .replace(/http:\/\/127\.0\.0\.1:\d+\/\S*/g, 'ADDRESS')
    .replace(/(?<![^\n])[A-Z]{4}-[A-Z]{4}(?![^\n])/g, 'CODE')
    .replaceAll("'", '')
    .replace(/(?<![^\n])\[\d+\/\d+\]/g, '[COUNT]')
    .replace(/\^+/g, '^')
    .replace(/-{3,}/g, '---')
    .replace(/[^\S\n]+/g, ' ')
}

/** A pattern for a line that says the same as one of the tame world. */
function sameWith(line: string): RegExp {
  const literals = levelled(line).split(token)
  const escaped = literals.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'))
  return new RegExp(`^${escaped.map((one) => one.replace(/^ | $/g, ' *')).join('(.*)')}$`, 'su')
}

/** True where a text says the same as one of the tame world. */
export function isSame(text: string, tame: string): boolean {
  return sameWith(tame).test(levelled(text))
}

/**
 * What is wrong with the lines of a text, measured by those of the tame world: each line has its own counterpart, in the same order
 * unless `anyOrder`, and in the place of every plain name is what can be shown of the hostile one.
 */
export function differences(text: string, tame: string, texts: Texts, anyOrder = false): readonly string[] {
  const [lines, expected] = [text.split('\n'), tame.split('\n')]
  const pairs = anyOrder
    ? bestPairs(lines, expected, texts)
    : expected.map((line, index) => [line, lines[index]] as const)
  const count = lines.length === expected.length ? [] : [`${lines.length} lines instead of ${expected.length}`]
  return [...count, ...pairs.flatMap(([line, own]) => difference(own, line, texts))]
}

function difference(own: string | undefined, line: string, texts: Texts): readonly string[] {
  if (own === undefined) return [`nothing instead of ${JSON.stringify(line)}`]
  if (!isSame(own, line)) return [`${JSON.stringify(own)} instead of ${JSON.stringify(line)}`]
  const isWhole = own.includes(hidden) || holds(letters(own), letters(replaced(line, texts)))
  return isWhole ? [] : [`letters of names are missing in ${JSON.stringify(own)}`]
}

/** What stands for a value that may be secret. */
const hidden = '********'

function bestPairs(
  lines: readonly string[],
  expected: readonly string[],
  texts: Texts,
): readonly (readonly [string, string | undefined])[] {
  const left = [...lines]
  // Lines with few plain letters match much, so they choose last.
  const picky = [...expected].sort((a, b) => b.replace(token, '').length - a.replace(token, '').length)
  return picky.map((line) => {
    const index = left.findIndex((one) => difference(one, line, texts).length === 0)
    return [line, index < 0 ? undefined : left.splice(index, 1)[0]]
  })
}

/** Letters and digits; those that look like nothing are written out as signs are. */
function letters(text: string): readonly string[] {
  return (
    levelled(text)
      .normalize()
      .match(/(?!\p{DI})[\p{L}\p{N}]/gu) ?? []
  )
}

/** True where a list has all items of another in the same order, with others in between. */
function holds(list: readonly string[], items: readonly string[]): boolean {
  let found = 0
  for (const one of list) if (one === items[found]) found += 1
  return found === items.length
}
