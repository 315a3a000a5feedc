import { plural } from '../../text/count.ts'

/** The way in which assignments are read, of which no API lists all: by user and group, or by permission set in each account. */
export type Way = {
  readonly by: 'principal' | 'place'
  /** Calls that the other way takes, or more. */
  readonly other: number
} & ({ readonly calls: number } | { readonly most: number })

const names = { principal: 'by user and group', place: 'by permission set and account' } as const

/** The way and its cost in one line, for somebody who wonders what takes so long. Pure. */
export function wayWords(way: Way): string {
  const other = way.by === 'principal' ? 'place' : 'principal'
  const cost = 'calls' in way ? `about ${calls(way.calls)}` : `at most ${calls(way.most)}`
  return `reading assignments ${names[way.by]}: ${cost} (${names[other]} it would be about ${calls(way.other)})`
}

function calls(count: number): string {
  return plural(count, 'call')
}
