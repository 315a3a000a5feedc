import { kindAhead } from '../kinds/called.ts'
import { kindNames } from '../kinds/index.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { accountWords } from '../model/account-words.ts'
import { type Address, accountStarts, plainAddress, shownAddress } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import { grouped } from '../model/grouped.ts'
import type { Entry, State } from '../model/state.ts'
import { nearest } from '../text/near.ts'

/** Where addresses are looked for, and what people call the accounts in them. */
export interface Known {
  readonly desired: State
  readonly live: State
  readonly manifest: Pick<LoadedManifest, 'manifest'>
  readonly facts: Pick<Facts, 'accounts' | 'management'>
}

/**
 * The addresses that a person's words mean: as a plan shows them, with the manifest's word for the kind, and with names that are not encoded
 * where only one thing is called so; an account may be a nickname or a name. Words that mean nothing, or several things, stay as they are. Pure.
 */
export function addressesMeant(words: readonly string[], known: Known): readonly string[] {
  if (words.length === 0) return words
  const find = finder(allAddresses(known))
  const accounts = accountsOf(known)
  return words.map((word) => {
    const written = withKind(word)
    const [named, another] = namesakes(written, known)
    const byName = another === undefined ? named : undefined
    return find(written) ?? find(withAccount(written, accounts)) ?? byName ?? word
  })
}

/** Addresses of the things that have the name in a word, where they are called otherwise: by an ARN, or by another name to come. Pure. */
export function namesakes(word: string, { desired, live }: Known): readonly Address[] {
  const written = withKind(word)
  const kind = kindNames.find((one) => written.startsWith(`${one}/`))
  if (kind === undefined) return []
  const entries: readonly (readonly [Address, Entry])[] = [...live[kind], ...desired[kind]]
  const called = plainAddress(written.slice(kind.length + 1))
  return [...new Set(entries.flatMap(([at, { spec }]) => ('name' in spec && spec.name === called ? [at] : [])))]
}

/** Finds the one thing that is written so: in full, as shown, or with its names as they are. */
function finder(all: ReadonlySet<string>): (written: string) => string | undefined {
  const byShown = new Map([...all].map((one) => [shownAddress(one), one]))
  const byPlain = grouped([...all].map((one) => [plainAddress(one), one]))
  return (written) => {
    const found = all.has(written) ? written : byShown.get(written)
    const [first, second] = byPlain.get(written) ?? []
    return found ?? (second === undefined ? first : undefined)
  }
}

/** The address that was likely meant by a word that means nothing. Pure. */
export function nearestAddress(word: string, known: Known): string | undefined {
  const written = withAccount(withKind(word), accountsOf(known))
  const kind = written.slice(0, written.indexOf('/') + 1)
  // Another account is never what was meant: who pastes a suggestion would change something elsewhere.
  const account = accountIn(written)
  const addresses = allAddresses(known)
  const all = [...addresses].filter((one) => one.startsWith(kind) && accountIn(one) === account)
  const likely = nearest(written, all)
  return likely === undefined || isAboutOthers(written, likely, addresses) ? undefined : likely
}

/** True where a relation is guessed of something else than a word names, which is there and was not mistyped. */
function isAboutOthers(word: string, likely: string, all: ReadonlySet<string>): boolean {
  const [given, guessed] = [partsOf(word), partsOf(likely)]
  if (given.length < 2) return false
  const names = new Set([...all].map(partsOf).flatMap(([name = '', ...others]) => (others.length > 0 ? [] : [name])))
  return given.some((part, index) => part !== guessed[index] && names.has(part))
}

/** The names in an address: one, or those of the things that it relates. */
function partsOf(at: string): readonly string[] {
  return at.slice(at.indexOf('/') + 1).split(/[:@]/)
}

function accountsOf({ manifest: { manifest }, facts }: Known): ReadonlyMap<string, string> {
  return accountWords(manifest.accounts ?? {}, facts)
}

// The id of an account is what an address ends with, and what people know is another word for it.
function withAccount(written: string, accounts: ReadonlyMap<string, string>): string {
  for (const start of accountStarts(written)) {
    const tail = written.slice(start)
    const id = accounts.get(tail) ?? accounts.get(plainAddress(tail))
    if (id !== undefined) return written.slice(0, start) + id
  }
  return written
}

function accountIn(written: string): string | undefined {
  const start = accountStarts(written).at(-1)
  return start === undefined ? undefined : written.slice(start)
}

function withKind(word: string): string {
  const kind = kindAhead(word)
  return kind === undefined ? word : kind + word.slice(word.indexOf('/'))
}

function allAddresses({ desired, live }: Known): ReadonlySet<string> {
  return new Set<Address>(kindNames.flatMap((kind) => [...desired[kind].keys(), ...live[kind].keys()]))
}
