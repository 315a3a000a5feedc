import type { KnownNames } from '../../policies/known-names.ts'
import { nearMiss } from '../../text/near.ts'
import { asWarning, atValue, type Finding, type Path, quote } from '../finding.ts'

/** What a name that AWS does not know is compared with, and what is said of it. */
export interface Spelling {
  readonly names: KnownNames
  /** The known name that was surely meant; undefined where none is so near, and in a manifest of very many unknown names. */
  meant(name: string, known: Iterable<string>): string | undefined
  /** A name that is nearly `likely`: an error, unless such names are allowed. */
  misspelt(path: Path, code: string, message: string, likely: string, day: string, of?: Finding['of']): Finding
  /** An error, unless unknown names are allowed. */
  unlessAllowed(found: Finding): Finding
}

/** To compare a name with all others takes its time; a manifest with so many unknown ones is not misspelt. */
const mostCompared = 500

/** A spelling for one look at a manifest: all its checks share what may be compared. */
export function spellingOf(names: KnownNames, allowUnknown: boolean): Spelling {
  let compared = 0
  const unlessAllowed = (found: Finding) => (allowUnknown ? asWarning(found) : found)
  return {
    names,
    unlessAllowed,
    meant: (name, known) => (++compared > mostCompared ? undefined : nearMiss(name, [...known])),
    misspelt(path, code, message, likely, day, of = 'value') {
      return unlessAllowed({ ...atValue(path, code, message, orNewer(`did you mean ${whole(likely)}?`, day)), of })
    },
  }
}

/** A hint, and what to do where AWS is newer than the lists. */
export function orNewer(hint: string, day: string): string {
  return `${hint} If AWS added it after ${day}, pass --allow-unknown`
}

/** A name to be copied: hardly any is longer. */
export function whole(name: string): string {
  return name.length > 200 ? quote(name) : JSON.stringify(name)
}
