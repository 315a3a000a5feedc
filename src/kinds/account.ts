import type { LoadedManifest } from '../manifest/load.ts'
import type { AccountReference, AccountSelector } from '../manifest/types.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'

/** Ids of the accounts a selector names; none when it names nothing (`unresolved` has said so). */
export function accountIds(
  selector: AccountSelector | AccountReference,
  manifest: LoadedManifest,
  facts: Facts,
): string[] {
  if (typeof selector !== 'string')
    return 'name' in selector ? ids(facts.accounts, (one) => one.name === selector.name) : []
  if (selector === 'all') return ids(facts.accounts, (one) => one.id !== facts.management)
  if (selector === 'management') return facts.management ? [facts.management] : []
  const nickname = manifest.manifest.accounts?.[selector]
  return [nickname ?? selector]
}

/** What a person calls an account: its nickname, else its name, else the id. */
export function accountLabel(id: string, facts: Facts): string {
  return facts.accounts.find((one) => one.id === id)?.label ?? id
}

/** Everything in the manifest's account names and selectors that the organization contradicts. Only meaningful online. */
export function unresolved(manifest: LoadedManifest, facts: Facts): Diagnostic[] {
  return [...wrongNicknames(manifest, facts), ...emptySelectors(manifest, facts)]
}

function wrongNicknames(loaded: LoadedManifest, facts: Facts): Diagnostic[] {
  return Object.entries(loaded.manifest.accounts ?? {}).flatMap(([nickname, id]) => {
    const at = loaded.position(['accounts', nickname])
    if (nickname === 'management' && id !== facts.management)
      return [
        error(
          'account-not-management',
          `accounts.management is ${id}, but the management account is ${facts.management}`,
          {
            hint: `write "${facts.management}", or leave the line out: it is always known online`,
            ...(at ? { at } : {}),
          },
        ),
      ]
    return known(id, facts) ? [] : [noAccount(`account ${id} (${nickname})`, facts, at)]
  })
}

function emptySelectors(loaded: LoadedManifest, facts: Facts): Diagnostic[] {
  const { assignments = [], local } = loaded.manifest
  const used: (readonly [AccountSelector | AccountReference, (string | number)[]])[] = [
    ...assignments.flatMap((rule, row) => [
      ...rule.accounts.map((one, index) => [one, ['assignments', row, 'accounts', index]] as const),
      ...(rule.except ?? []).map((one, index) => [one, ['assignments', row, 'except', index]] as const),
    ]),
    ...Object.entries(local?.profiles ?? {}).map(
      ([name, one]) => [one.account, ['local', 'profiles', name, 'account']] as const,
    ),
  ].map(([selector, path]) => [selector, [...path]] as const)
  return used.flatMap(([selector, path]) => {
    const found = accountIds(selector, loaded, facts)
    const at = loaded.position(path)
    if (found.length > 1 && typeof selector !== 'string' && 'name' in selector)
      return [ambiguous(selector.name ?? '', found, at)]
    return found.some((id) => known(id, facts)) ? [] : [noAccount(`account ${describe(selector)}`, facts, at)]
  })
}

function describe(selector: AccountSelector | AccountReference): string {
  return typeof selector === 'string' ? selector : JSON.stringify(selector)
}

function noAccount(what: string, facts: Facts, at: ReturnType<LoadedManifest['position']>): Diagnostic {
  const names = facts.accounts.map((one) => `${one.id} ${one.name}`)
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? `, and ${names.length - 5} more` : '')
  return error('account-unknown', `${what} matches no account of the organization`, {
    hint: `the organization has ${shown}`,
    ...(at ? { at } : {}),
  })
}

function ambiguous(name: string, found: readonly string[], at: ReturnType<LoadedManifest['position']>): Diagnostic {
  return error('account-ambiguous', `${found.length} accounts are called ${name}: ${found.join(', ')}`, {
    hint: 'use the 12-digit id, or give it a nickname under accounts',
    ...(at ? { at } : {}),
  })
}

function known(id: string, facts: Facts): boolean {
  return facts.accounts.some((one) => one.id === id)
}

function ids(accounts: readonly Account[], keep: (account: Account) => boolean): string[] {
  return accounts.filter(keep).map((one) => one.id)
}
