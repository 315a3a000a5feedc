import { canonical, isObject, type Json } from '../../model/json.ts'
import { firstMoment, lastMoment } from '../../model/moments.ts'
import { at, entries, items, textAt, texts } from '../view.ts'

/** Somebody by section and name. */
export interface Who {
  readonly section: 'users' | 'groups'
  readonly name: string
}

/**
 * True where what a rule with an end gives to somebody is held without an end as well, or may be for all that the file tells: by a rule for
 * more accounts, by another set, or through a group. Only what surely ends is worth an error. Pure.
 */
export function mayHoldForGood(manifest: Json, rule: Json, who: Who): boolean {
  const lasting = items(at(manifest, 'assignments'))
    .map(([, other]) => other)
    .filter((other) => outlasts(other, rule) && isFor(manifest, other, who))
  return items(at(rule, 'permission_sets')).every(([, set]) =>
    items(at(rule, 'accounts')).every(([, account]) =>
      lasting.some((other) => mayGive(manifest, other, set) && mayReach(manifest, other, account)),
    ),
  )
}

function outlasts(other: Json, rule: Json): boolean {
  if (at(other, 'until') !== undefined) return false
  const [start, end] = [firstMoment(textAt(other, 'from') ?? ''), lastMoment(textAt(rule, 'until') ?? '')]
  return !start || !end || !(start.getTime() > end.getTime())
}

function isFor(manifest: Json, other: Json, { section, name }: Who): boolean {
  if (texts(at(other, section)).some(([, one]) => one === name)) return true
  return section === 'users' && texts(at(other, 'groups')).some(([, group]) => mayHave(manifest, group, name))
}

// Of a group that the file only names, AWS alone knows the members.
function mayHave(manifest: Json, group: string, user: string): boolean {
  const members = at(manifest, 'groups', group, 'members')
  return members === undefined || texts(members).some(([, one]) => one === user)
}

/** True unless a set surely allows less than another one: what is no administrator's beside one that is. */
function mayGive(manifest: Json, other: Json, set: Json): boolean {
  return items(at(other, 'permission_sets')).some(
    ([, one]) => canonical(one) === canonical(set) || !(isAdministrator(manifest, set) && isLess(manifest, one)),
  )
}

function isAdministrator(manifest: Json, set: Json): boolean {
  return managed(manifest, set).some((policy) => /(?:^|\/)AdministratorAccess$/.test(policy))
}

function isLess(manifest: Json, set: Json): boolean {
  const declared = entries(typeof set === 'string' ? at(manifest, 'permission_sets', set) : undefined).map(
    ([key]) => key,
  )
  const isUnknown = ['external', 'inline_policy', 'inline_policy_file', 'customer_managed_policies'].some((key) =>
    declared.includes(key),
  )
  return !isUnknown && !isAdministrator(manifest, set)
}

function managed(manifest: Json, set: Json): readonly string[] {
  const policies = typeof set === 'string' ? at(manifest, 'permission_sets', set, 'managed_policies') : undefined
  return texts(policies).map(([, policy]) => policy)
}

/** True where a rule may be for an account, or for all that an item of `accounts` means. */
function mayReach(manifest: Json, other: Json, account: Json): boolean {
  const ids = (key: string) => items(at(other, key)).map(([, one]) => idOf(manifest, one))
  const id = idOf(manifest, account)
  if (ids('except').includes(id)) return false
  const isSingle = typeof account === 'string' && account !== 'all'
  const isManagement = (one: string) => one === canonical('management')
  return (
    ids('accounts').some((one) => one === id || (isSingle && (isManagement(one) || isManagement(id)))) ||
    items(at(other, 'accounts')).some(([, one]) => one === 'all' || isObject(one))
  )
}

function idOf(manifest: Json, account: Json): string {
  const named = typeof account === 'string' ? at(manifest, 'accounts', account) : undefined
  return canonical(named ?? account)
}
