import { kindOf } from '../model/address.ts'
import type { Keeping, Unkept } from '../model/keeping.ts'
import { does, type IgnoreEntry, type Never } from './declaration.ts'
import { kindNamed } from './index.ts'
import type { Differing, Into } from './taking.ts'

/** What is asked about beside one thing. */
export interface Asked {
  readonly read: Pick<Into, 'loaded' | 'facts'>
  /** True where a plan ends somebody's access by changing it. */
  readonly urgent: boolean
}

/**
 * How what is live of one thing is kept where a plan would change it. What plans and questions offer, and what `adopt` and `ignore` refuse,
 * both come from the functions of this file. Pure.
 */
export function keepingOf(thing: Differing, asked: Asked): Keeping {
  const untaken = notTaken(thing, asked)
  const isIgnorable = !('why' in ignoring(thing, asked))
  if (!untaken) return { by: isIgnorable ? ['adopt', 'ignore'] : ['adopt'] }
  return isIgnorable ? { by: ['ignore'] } : { by: [], ...untaken }
}

/** Why the live value of one thing is not taken into the manifest, whatever else is taken with it; undefined where it can be. Pure. */
export function notTaken(thing: Differing, asked: Asked): Unkept | undefined {
  const { takesLive } = kindNamed(kindOf(thing.address))
  const decided = decidedBy(thing, asked)
  if (decided) return decided
  return does(takesLive) ? takesLive.unsayable?.(thing, asked.read) : unkept(takesLive)
}

/** The item of `ignore` that leaves one live thing alone, or why there is none. Pure. */
export function ignoring(thing: Differing, asked: Asked): IgnoreEntry | Unkept {
  const decided = decidedBy(thing, asked)
  if (decided) return decided
  if (thing.desired) return { why: 'the manifest declares it, and a thing is either declared or ignored' }
  if (!thing.live) return { why: 'it is not live' }
  const { ignore } = kindNamed(kindOf(thing.address))
  const entry = does(ignore) ? ignore.entry(thing.address, thing.live) : ignore
  return does(entry) ? (listedAway(entry, asked) ?? entry) : unkept(entry)
}

// The manifest's own rules refuse what it lists twice.
function listedAway({ list, item }: IgnoreEntry, { read }: Asked): Unkept | undefined {
  const absent = read.loaded.manifest.absent as Readonly<Record<string, readonly string[]>> | undefined
  if (typeof item !== 'string' || !absent?.[list]?.includes(item)) return undefined
  return {
    why: `the manifest lists it under absent.${list}`,
    instead: `take it out of absent.${list} and ignore it then`,
  }
}

// What a revocation takes away, and what is granted at another time, is neither kept nor left alone by an answer to drift.
function decidedBy(thing: Differing, { read, urgent }: Asked): Unkept | undefined {
  const decided = kindNamed(kindOf(thing.address)).decided?.(thing, read)
  return decided ?? (urgent ? { why: 'the plan changes it because of a revocation', decides: 'revocation' } : undefined)
}

function unkept({ never, instead }: Never): Unkept {
  return { why: never, ...(instead === undefined ? {} : { instead }) }
}
