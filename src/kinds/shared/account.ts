import type { LoadedManifest } from '../../manifest/load.ts'
import type { AccountReference, AccountSelector } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import { type Account, accountLabel, accountNamed, type Facts, inactiveWords, isActive } from '../../model/facts.ts'
import { grouped } from '../../model/grouped.ts'
import { once } from '../../model/once.ts'
import type { Entry, State } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'
import { noAccount } from './no-account.ts'

/** Ids of the accounts a selector names; none when it names nothing (`unresolved` has said so). */
export function accountIds(
  selector: AccountSelector | AccountReference,
  manifest: LoadedManifest,
  facts: Facts,
): readonly string[] {
  if (typeof selector === 'string') return namedIds(selector, manifest, facts)
  // A wide net leaves the management account out: only its own name reaches it.
  const member = (id: string) => id !== facts.management
  if ('ou' in selector && selector.ou !== undefined) return (facts.units?.get(selector.ou) ?? []).filter(member)
  if ('tag' in selector && selector.tag)
    return ids(facts.accounts, (one) => member(one.id) && carries(one, selector.tag ?? {}))
  // The name of a closed account does not make a live one ambiguous.
  const named = facts.accounts.filter((one) => one.name === selector.name)
  const live = named.filter(({ active }) => active)
  return (live.length > 0 ? live : named).map(({ id }) => id)
}

function namedIds(word: string, { manifest }: LoadedManifest, facts: Facts): readonly string[] {
  if (word === 'all') return ids(facts.accounts, (one) => one.id !== facts.management)
  if (word === 'management') return facts.management ? [facts.management] : []
  return [manifest.accounts?.[word] ?? word]
}

function carries({ tags = {} }: Account, desired: Readonly<Record<string, string>>): boolean {
  return Object.entries(desired).every(([key, value]) => tags[key] === value)
}

/**
 * Accounts in which nothing can be changed, because they are suspended, closed or gone: those that a rule names, and those that hold
 * assignments which should go. Each is told once. Pure.
 */
export function closedAccounts(
  things: readonly (readonly [Address, Entry<'assignment'>])[],
  { manifest, facts }: LiveContext,
): Diagnostic[] {
  const stuck = new Map<string, number>()
  for (const [, { spec }] of things) stuck.set(spec.account, (stuck.get(spec.account) ?? 0) + 1)
  const idsOf = (list: readonly AccountSelector[]) => list.flatMap((one) => accountIds(one, manifest, facts))
  const chosen = (manifest.manifest.assignments ?? []).flatMap(({ accounts, except = [] }) => {
    const excluded = new Set(idsOf(except))
    return idsOf(accounts).filter((id) => !excluded.has(id))
  })
  const closed = new Set(chosen.filter((id) => /^\d{12}$/.test(id) && !isActive(id, facts)))
  return [...new Set([...closed, ...stuck.keys()])]
    .sort()
    .map((id) => closedAccount(id, closed.has(id), stuck.get(id) ?? 0, facts))
}

function closedAccount(id: string, isChosen: boolean, stuck: number, facts: Facts): Diagnostic {
  const label = accountLabel(id, facts)
  const left = stuck > 0 ? `; ${stuck === 1 ? '1 assignment' : `${stuck} assignments`} there cannot be removed` : ''
  return warning(
    'account-inactive',
    `account ${label === id ? id : `${label} (${id})`} ${inactiveWords(id, facts)}; nothing is created or deleted in it${left}`,
    { hint: whatToDo(isChosen, known(id, facts)) },
  )
}

function whatToDo(isChosen: boolean, isThere: boolean): string {
  const leave = 'remove it from the rules (use except where a rule selects many accounts)'
  const back = isThere ? 'reactivate it in AWS Organizations' : 'invite it into the organization again'
  return isChosen ? `${leave}, or ${back}` : `no action needed; to remove them, ${back}`
}

/**
 * Everything in the manifest's account names and selectors that the organization contradicts. Accounts that have left it are no
 * mistake: `hasLeft` tells them by their ids. Only meaningful online.
 */
export function unresolved(manifest: LoadedManifest, facts: Facts, hasLeft: HasLeft): Diagnostic[] {
  return [...wrongNicknames(manifest, facts, hasLeft), ...emptySelectors(manifest, facts, hasLeft)]
}

type HasLeft = (id: string) => boolean

/** Every account that the organization does not have may have left it. */
export const mayHaveLeft: HasLeft = (id) => /^\d{12}$/.test(id)

/** Accounts that are no longer in the organization, as what is assigned in them shows. */
export function seenToHaveLeft({ assignment }: State, facts: Facts): HasLeft {
  const held = new Set([...assignment.values()].map(({ spec }) => spec.account))
  return (id) => held.has(id) && !known(id, facts)
}

function wrongNicknames(loaded: LoadedManifest, facts: Facts, hasLeft: HasLeft): Diagnostic[] {
  return Object.entries(loaded.manifest.accounts ?? {}).flatMap(([nickname, id]) => {
    const isWrong = nickname === 'management' && id !== facts.management
    if (!isWrong && (known(id, facts) || hasLeft(id))) return []
    const at = loaded.position(['accounts', nickname])
    return [isWrong ? notManagement(id, facts, at) : noAccount(id, facts, at)]
  })
}

function notManagement(id: string, { management }: Facts, at: Diagnostic['at']): Diagnostic {
  const message = `accounts.management is ${id}, but the management account is ${management}`
  const hint = `write "${management}", or remove the line: it is looked up when online`
  return error('account-not-management', message, { hint, ...(at ? { at } : {}) })
}

function emptySelectors(loaded: LoadedManifest, facts: Facts, hasLeft: HasLeft): Diagnostic[] {
  const { assignments = [], local, identity_center } = loaded.manifest
  const delegate = identity_center.delegated_administrator
  const used: (readonly [AccountSelector | AccountReference, (string | number)[]])[] = [
    ...assignments.flatMap((rule, row) => [
      ...rule.accounts.map((one, index) => [one, ['assignments', row, 'accounts', index]] as const),
      ...(rule.except ?? []).map((one, index) => [one, ['assignments', row, 'except', index]] as const),
    ]),
    ...Object.entries(local?.profiles ?? {}).flatMap(([name, { account }]) =>
      account === undefined ? [] : [[account, ['local', 'profiles', name, 'account']] as const],
    ),
    ...(delegate === undefined ? [] : [[delegate, ['identity_center', 'delegated_administrator']] as const]),
  ].map(([selector, path]) => [selector, [...path]] as const)
  const places = once(() => grouped(used.map(([selector, path]) => [JSON.stringify(selector), path])))
  return used.flatMap(([selector, path]) => {
    const found = accountIds(selector, loaded, facts)
    if (found.length > 1 && typeof selector !== 'string' && 'name' in selector && matters(found, path, facts))
      return [ambiguous(selector.name ?? '', found, loaded.position(path))]
    if (found.some((id) => known(id, facts) || hasLeft(id)) || isNickname(selector, loaded)) return []
    // Told once, where it is named first.
    const all = places().get(JSON.stringify(selector)) ?? []
    return all[0] === path ? [noAccount(selector, facts, loaded.position(path), all.length)] : []
  })
}

// What a nickname stands for is told where it is given.
function isNickname(selector: AccountSelector | AccountReference, { manifest }: LoadedManifest): boolean {
  return typeof selector === 'string' && manifest.accounts?.[selector] !== undefined
}

// A rule leaves closed accounts out, however many have the name; whatever names one account has to know which one it means.
function matters(found: readonly string[], [section]: readonly (string | number)[], facts: Facts): boolean {
  return section !== 'assignments' || found.some((id) => isActive(id, facts))
}

function ambiguous(name: string, found: readonly string[], at: ReturnType<LoadedManifest['position']>): Diagnostic {
  return error('account-ambiguous', `${found.length} accounts are named ${name}: ${found.join(', ')}`, {
    hint: 'use the 12-digit id, or add a nickname under accounts',
    ...(at ? { at } : {}),
  })
}

function known(id: string, facts: Facts): boolean {
  return accountNamed(id, facts.accounts) !== undefined
}

function ids(accounts: readonly Account[], keep: (account: Account) => boolean): string[] {
  return accounts.filter(keep).map((one) => one.id)
}
