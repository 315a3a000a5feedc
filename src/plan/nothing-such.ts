import { addressAdvice, kindAhead } from '../kinds/called.ts'
import { sectionMissing } from '../kinds/sections.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, shownAddress } from '../model/address.ts'
import { listed } from '../text/list.ts'
import { quoted } from '../text/quote.ts'
import { type Known, namesakes, nearestAddress } from './addresses.ts'

/** Both sides, and the file that one of them is from. */
export type Sides = Known & { readonly manifest: Pick<LoadedManifest, 'manifest' | 'file'> }

/** What is said of a person's word that means no one thing, and what to do about it; a flag is the one that the word was given with. */
type Said = readonly [message: string, rest: { readonly hint: string }]

/** Why a word for an address means nothing that a plan could be about. Pure. */
export function nothingSuch(word: string, sides: Sides, flag = ''): Said {
  const all = namesakes(word, sides)
  const given = flag + word
  return all.length > 1
    ? severalSuch(given, all, flag)
    : (notLookedFor(word, given, sides) ?? unknown(word, given, sides, flag))
}

function severalSuch(given: string, all: readonly Address[], flag: string): Said {
  const each = all.map((at) => flag + quoted(shownAddress(at)))
  return [`${given} may be any of ${all.length} that have this name`, { hint: `name one of them: ${listed(each, 5)}` }]
}

/** What a manifest does not speak of may well be there, and is not read. */
function notLookedFor(word: string, given: string, { live, manifest }: Sides): Said | undefined {
  const kind = kindAhead(word)
  const section = kind && live[kind].size === 0 ? sectionMissing(kind, manifest.manifest) : undefined
  if (section === undefined) return undefined
  const message = `${given} was not looked for: ${manifest.file} has no ${section}, and so leaves it alone`
  return [message, { hint: `nothing has to be done to leave it alone; to manage it, add ${section} to the file first` }]
}

function unknown(word: string, given: string, sides: Sides, flag: string): Said {
  const likely = nearestAddress(word, sides)
  const hint = likely === undefined ? addressAdvice : `did you mean ${flag}${quoted(shownAddress(likely))}?`
  return [`${given} matches nothing in the manifest or the current state`, { hint }]
}
