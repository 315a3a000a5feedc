import { closest, distance } from 'fastest-levenshtein'

/** The candidate a person most likely meant by a name: spelling, case, hyphens, two letters changed over and a missing domain are forgiven. Undefined when none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || name.length > 128) return undefined
  const plain = fold(name)
  const same =
    candidates.find((one) => fold(one) === plain) ??
    candidates.find((one) => isSwapped(name, one)) ??
    onlyOne(candidates.filter((one) => one.includes('@') && fold(one.slice(0, one.indexOf('@'))) === plain))
  if (same !== undefined) return same
  // Of names that are as near, the one that begins alike.
  const best = closest(
    name,
    [...candidates].sort((a, b) => Number(b[0] === name[0]) - Number(a[0] === name[0])),
  )
  return distance(name, best) <= Math.max(1, Math.floor(Math.max(name.length, best.length) / 3)) ? best : undefined
}

function onlyOne(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined
}

/** A name without what people mix up. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/[-_\s]/g, '')
}

/** True where two neighbouring letters are changed over and all else is the same. */
function isSwapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  const at = [...a].findIndex((letter, index) => letter !== b[index])
  if (at < 0) return false
  return a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
}

/**
 * The known name that a name was surely meant to be: it differs in case or hyphens, in two letters that are changed over, or in one letter
 * of five to nine and at most two of more. A name that differs in a number only may well be the next of its kind, and is none. Undefined where none is so near.
 */
export function nearMiss(name: string, known: readonly string[]): string | undefined {
  const plain = fold(name)
  const number = /[-_]?v?\d+/gi
  if (name.length > 128) return undefined
  const isNear = (one: string) =>
    Math.abs(one.length - name.length) <= 2 && distance(name, one) <= Math.min(2, Math.floor(name.length / 5))
  const found =
    known.find((one) => fold(one) === plain) ??
    known.find((one) => isSwapped(name, one)) ??
    known.filter(isNear).sort((a, b) => distance(name, a) - distance(name, b))[0]
  return found !== undefined && found.replaceAll(number, '') === name.replaceAll(number, '') ? undefined : found
}
