import type { Address } from '../../model/address.ts'
import { nameOf } from '../../model/address.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import { error } from '../../model/diagnostic.ts'
import { grouped } from '../../model/grouped.ts'
import { oncePer } from '../../model/once.ts'
import type { Entries, Entry } from '../../model/state.ts'

/** Live users that stand in the way of a desired one; both sides are named. */
export function conflicts(
  at: Address,
  want: Entry<'user'>,
  live: Entries<'user'>,
  leaving: ReadonlySet<Address>,
): Diagnostic[] {
  const found = live.get(at)
  const problems = want.external ? (found ? [] : [missing(at)]) : ownProblems(at, want, live, leaving)
  return problems.map((one) => ({ ...one, ...(want.at ? { at: want.at } : {}) }))
}

function ownProblems(
  at: Address,
  want: Entry<'user'>,
  live: Entries<'user'>,
  leaving: ReadonlySet<Address>,
): readonly Diagnostic[] {
  const found = live.get(at)
  if (found?.provisioned) return [provisioned(at)]
  const twin = found ? undefined : twinOf(nameOf(at), live)
  if (twin !== undefined) return [differsInCase(at, twin)]
  const holders = emailHolders(at, want, live).filter((holder) => !leaving.has(holder))
  return holders.map((holder) => holdsEmail(at, nameOf(holder)))
}

function missing(at: Address): Diagnostic {
  return error('user-missing', `user ${nameOf(at)} is external, but Identity Center has no such user`, {
    hint: 'create it in your identity provider, or remove external and add its names and email',
  })
}

function provisioned(at: Address): Diagnostic {
  const name = nameOf(at)
  return error('user-external', `user ${name} belongs to an identity provider, which would overwrite changes`, {
    hint: `write ${name}: { external: true }`,
  })
}

function twinOf(name: string, live: Entries<'user'>): string | undefined {
  const [twin] = byName(live).get(name.toLowerCase()) ?? []
  return twin && nameOf(twin)
}

function differsInCase(at: Address, twin: string): Diagnostic {
  return error('user-case', `user ${nameOf(at)} differs only in case from the existing user ${twin}`, {
    hint: `write ${twin}`,
  })
}

function holdsEmail(at: Address, holder: string): Diagnostic {
  return error('user-email', `the email of user ${nameOf(at)} is already used by user ${holder}`, {
    hint: `emails are unique, and AWS cannot rename users: keep ${holder}, or list it under absent.users to replace it`,
  })
}

function emailHolders(at: Address, want: Entry<'user'>, live: Entries<'user'>): Address[] {
  const email = String(want.spec.email ?? '').toLowerCase()
  if (!email) return []
  return (byEmail(live).get(email) ?? []).filter((other) => other !== at)
}

type Users = Entries<'user'>
type Holders = ReadonlyMap<string, readonly Address[]>

/** Users by what they are called, and by their e-mail, in lower case. */
const byName = holders((at) => nameOf(at))
const byEmail = holders((_at, { spec }) => String(spec.email ?? ''))

/** Users by a value, listed once for each look: each desired user asks. */
function holders(value: (at: Address, entry: Entry<'user'>) => string): (live: Users) => Holders {
  return oncePer((live) => grouped([...live].map(([at, entry]) => [value(at, entry).toLowerCase(), at])))
}
