import { kindCalled } from '../kinds/called.ts'
import { kindNames } from '../kinds/index.ts'
import { type Address, plainAddress, shownAddress } from '../model/address.ts'
import { grouped } from '../model/grouped.ts'
import type { State } from '../model/state.ts'
import { nearest } from '../text/near.ts'

/** Where addresses are looked for. */
export interface Known {
  readonly desired: State
  readonly live: State
}

/**
 * The addresses that a person's words mean: as a plan shows them, with the manifest's word for the kind, and with names that are not encoded
 * where only one thing is called so; an account may be a nickname. Words that mean nothing, or several things, stay as they are. Pure.
 */
export function addressesMeant(
  words: readonly string[],
  known: Known,
  accounts: Readonly<Record<string, string>> = {},
): readonly string[] {
  if (words.length === 0) return words
  const all = allAddresses(known)
  const byShown = new Map([...all].map((one) => [shownAddress(one), one]))
  const byPlain = grouped([...all].map((one) => [plainAddress(one), one]))
  return words.map((word) => {
    const written = withAccount(withKind(word), accounts)
    const found = all.has(written) ? written : byShown.get(written)
    if (found !== undefined) return found
    const [first, second] = byPlain.get(written) ?? []
    return first !== undefined && second === undefined ? first : word
  })
}

/** The address that was likely meant by a word that means nothing. Pure. */
export function nearestAddress(word: string, known: Known): string | undefined {
  const written = withKind(word)
  const kind = written.slice(0, written.indexOf('/') + 1)
  // Another account is never what was meant: who pastes a suggestion would change something elsewhere.
  const account = accountOf(written)
  const all = [...allAddresses(known)].filter((one) => one.startsWith(kind) && accountOf(one) === account)
  return nearest(written, all)
}

function accountOf(address: string): string | undefined {
  return address.startsWith('assignment/') ? address.slice(address.lastIndexOf('@') + 1) : undefined
}

// The id of an account is what an address has, and its nickname is what people know.
function withAccount(word: string, accounts: Readonly<Record<string, string>>): string {
  const name = accountOf(word)
  return name !== undefined && Object.hasOwn(accounts, name) ? word.slice(0, -name.length) + accounts[name] : word
}

function withKind(word: string): string {
  const end = word.indexOf('/')
  const kind = end < 0 ? undefined : kindCalled(word.slice(0, end))
  return kind === undefined ? word : kind + word.slice(end)
}

function allAddresses({ desired, live }: Known): ReadonlySet<string> {
  return new Set<Address>(kindNames.flatMap((kind) => [...desired[kind].keys(), ...live[kind].keys()]))
}
