import type { KnownNames } from '../../policies/known-names.ts'
import { nearMiss } from '../../text/near.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'
import type { CheckContext } from './check.ts'

/** What a name that AWS does not know is compared with, and what is said of it. */
export interface Spelling {
  readonly names: KnownNames
  /** The known name that was surely meant; undefined where none is so near, and in a manifest of very many unknown names. */
  meant(name: string, known: Iterable<string>): string | undefined
  /** A name that is nearly `likely`: an error, unless such names are allowed. */
  misspelt(path: Path, code: string, message: string, likely: string, day: string): Finding
}

/** To compare a name with all others takes its time; a manifest with so many unknown ones is not misspelt. */
const mostCompared = 500

/** A spelling for one look at a manifest; undefined where names are not to be looked at. */
export function spellingOf({ names, allowUnknown = false }: CheckContext): Spelling | undefined {
  if (names === undefined) return undefined
  let compared = 0
  return {
    names,
    meant: (name, known) => (++compared > mostCompared ? undefined : nearMiss(name, [...known])),
    misspelt(path, code, message, likely, day) {
      const hint = `did you mean ${quote(likely)}? If AWS added it after ${day}, pass --allow-unknown`
      const found = atValue(path, code, message, hint)
      return allowUnknown ? asWarning(found) : found
    },
  }
}
