import { matchesWildcards } from './wildcards.ts'

/** How much of what is asked about something covers: all of it for certain, part of it or perhaps all, or surely nothing. */
export type Extent = 'all' | 'some' | 'none'

/** What an element of a statement names: what matches a pattern or, with `except` (NotAction, NotResource), what matches none. */
export interface Patterns {
  readonly except: boolean
  readonly patterns: readonly Pattern[]
}

/** A pattern as IAM reads it. */
export interface Pattern {
  /** As written; an action in lower case. */
  readonly text: string
  /** Wildcards `*` and `?`; a policy variable is a `*` here. */
  readonly glob: string
  /** A star that does not end a segment of an ARN stays inside of it (IAM User Guide, "IAM JSON policy elements: Resource"). */
  readonly segmented: boolean
  /** A policy variable stands in it, so that nobody knows what it matches until a request is made. */
  readonly variable: boolean
}

/** How much of `asked`, which may hold wildcards itself, the patterns name. */
export function extentOf({ except, patterns }: Patterns, asked: string): Extent {
  if (surelyNamed(patterns, asked)) return except ? 'none' : 'all'
  if (perhapsNamed(patterns, asked)) return 'some'
  return except ? 'all' : 'none'
}

/** True when the patterns surely name all of what is asked about: quicker than the extent where nothing else matters. */
export function namesAll({ except, patterns }: Patterns, asked: string): boolean {
  return except ? !perhapsNamed(patterns, asked) : surelyNamed(patterns, asked)
}

function surelyNamed(patterns: readonly Pattern[], asked: string): boolean {
  return patterns.some((one) => !one.variable && covers(one, asked))
}

function perhapsNamed(patterns: readonly Pattern[], asked: string): boolean {
  return patterns.some(({ glob }) => overlap(glob, asked))
}

/** The narrower of two extents. */
export function narrower(a: Extent, b: Extent): Extent {
  return rank[a] < rank[b] ? a : b
}

/** The widest of several extents; none of them is none. */
export function widest(all: readonly Extent[]): Extent {
  return all.reduce((wide, one) => (rank[one] > rank[wide] ? one : wide), 'none')
}

/** True when one reaches further than the other. */
export function isWider(one: Extent, other: Extent): boolean {
  return rank[one] > rank[other]
}

const rank: Readonly<Record<Extent, number>> = { none: 0, some: 1, all: 2 }

/**
 * True when whatever `asked` stands for matches the pattern. False where that is not certain. Takes at most the product of both
 * lengths.
 */
export function covers({ glob, segmented }: Pick<Pattern, 'glob' | 'segmented'>, asked: string): boolean {
  // A star of `asked` stands for anything, a colon too; only a star of the pattern takes it.
  const takes = (at: number, one: string | undefined) =>
    glob[at] === '?' ? isOne(one) && !(segmented && one === ':') : glob[at] === one && one !== '?'
  const stays = (star: number, one: string | undefined) =>
    segmented && !endsSegment(glob, star) && (one === ':' || one === '*')
  let [at, from, star, resumed] = [0, 0, -1, 0]
  while (from < asked.length) {
    if (glob[at] === '*') [star, resumed, at] = [at, from, at + 1]
    else if (at < glob.length && takes(at, asked[from])) [at, from] = [at + 1, from + 1]
    else if (star >= 0 && !stays(star, asked[resumed])) [at, from] = [star + 1, ++resumed]
    else return false
  }
  while (glob[at] === '*') at++
  return at === glob.length
}

/** True for what is surely one character. Whether AWS counts an emoji, which is two here, as one or two is written nowhere. */
function isOne(unit: string | undefined): boolean {
  return unit !== '*' && unit !== undefined && !(unit >= '\ud800' && unit <= '\udfff')
}

function endsSegment(glob: string, star: number): boolean {
  const next = glob[star + 1]
  return next === undefined || next === ':' || next === '*'
}

/** True unless nothing can match both patterns. Takes at most the product of both lengths. */
export function overlap(a: string, b: string): boolean {
  return haveCommon(b.includes('?') ? loose(a) : a, a.includes('?') ? loose(b) : b)
}

function loose(pattern: string): string {
  return pattern.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '*')
}

function haveCommon(a: string, b: string): boolean {
  if (!/[*?]/.test(b)) return matchesWildcards(a, b)
  if (!/[*?]/.test(a)) return matchesWildcards(b, a)
  if (apart(a, b) || apart(reversed(a), reversed(b))) return false
  // row[j]: what is left of a from i on, and of b from j on, have something in common.
  let row = endings(b)
  for (let i = a.length - 1; i >= 0; i--) {
    const below = row
    row = new Array<boolean>(b.length + 1)
    row[b.length] = a[i] === '*' && below[b.length] === true
    for (let j = b.length - 1; j >= 0; j--) row[j] = meet(a[i], b[j], { below, row, j })
  }
  return row[0] === true
}

interface Cell {
  readonly below: readonly boolean[]
  readonly row: readonly boolean[]
  readonly j: number
}

function meet(one: string | undefined, other: string | undefined, { below, row, j }: Cell): boolean {
  if (one === '*' || other === '*') return below[j] === true || row[j + 1] === true
  return (one === other || one === '?' || other === '?') && below[j + 1] === true
}

function endings(pattern: string): boolean[] {
  const row = new Array<boolean>(pattern.length + 1)
  row[pattern.length] = true
  for (let j = pattern.length - 1; j >= 0; j--) row[j] = pattern[j] === '*' && row[j + 1] === true
  return row
}

// Before the first star of either, letters must agree: what nearly all pairs of patterns fail at, in a few steps.
function apart(a: string, b: string): boolean {
  for (let i = 0; i < Math.min(a.length, b.length) && a[i] !== '*' && b[i] !== '*'; i++)
    if (a[i] !== b[i] && a[i] !== '?' && b[i] !== '?') return true
  return false
}

function reversed(text: string): string {
  return [...text].reverse().join('')
}
