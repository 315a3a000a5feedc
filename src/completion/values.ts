import { kindNames } from '../kinds/index.ts'
import { desiredState } from '../kinds/states.ts'
import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, kindOf, nameOf, shownAddress } from '../model/address.ts'
import type { Facts } from '../model/facts.ts'
import type { State } from '../model/state.ts'
import type { KnownNames } from '../policies/known-names.ts'
import { shown } from '../text/shown.ts'

/** What can be completed from a manifest: the names of things of one kind, accounts, or every address. */
const manifestWords: readonly string[] = ['address', 'account', ...kindNames]

/** What the program is asked for: what is in a manifest, and the actions of AWS. */
export const askedWords: ReadonlySet<string> = new Set([...manifestWords, 'action'])

/** The actions of AWS's services, as `s3:DeleteBucket`. */
export function offeredActions({ services, actionsOf }: Pick<KnownNames, 'services' | 'actionsOf'>): readonly string[] {
  return services.flatMap((service) => [...(actionsOf(service)?.values() ?? [])].map((name) => `${service}:${name}`))
}

/**
 * What a manifest offers for a word of the command line, in the order of the file. Names that a terminal would not show as they are, and names
 * that would be taken for options, are left out: who types those knows what they do. Pure.
 */
export function offeredValues(what: string, manifest: LoadedManifest, facts: Facts): readonly string[] {
  const known = withPlainAccounts(facts, manifest)
  const values =
    what === 'account' ? known.accounts.map(({ label }) => label) : namesOf(what, desiredState(manifest, known))
  return [...new Set(values)].filter((value) => shown(value) === value && !value.startsWith('-'))
}

function namesOf(what: string, desired: State): readonly string[] {
  const all = kindNames.flatMap((kind): Address[] => [...desired[kind].keys()])
  return what === 'address' ? all.map(shownAddress) : all.filter((one) => kindOf(one) === what).map(nameOf)
}

// Whether an account is open nobody knows offline, and an id that the file names is one that somebody may type.
function withPlainAccounts(facts: Facts, { manifest }: LoadedManifest): Facts {
  const named = (manifest.assignments ?? []).flatMap(({ accounts }) => accounts)
  const ids = new Set(named.flatMap((one) => (typeof one === 'string' && /^\d{12}$/.test(one) ? [one] : [])))
  for (const { id } of facts.accounts) ids.delete(id)
  const more = [...ids].map((id) => ({ id, name: id, label: id, active: true }))
  return { ...facts, accounts: [...facts.accounts, ...more] }
}
