import type { LoadedManifest } from '../../manifest/load.ts'
import type { AccountSelector, AssignmentRule, Generate } from '../../manifest/types.ts'
import type { Facts } from '../../model/facts.ts'
import { accountIds } from '../shared/account.ts'
import { nameTemplate } from './generate-names.ts'

/** Rules of a manifest as far as they can be followed. */
export interface Resolvable {
  /** The manifest with the rules that can be followed. */
  readonly rules: LoadedManifest
  readonly world: Facts
  /** What cannot be followed, as a person wrote it. */
  readonly unresolved: readonly string[]
}

/**
 * Without a connection only accounts with an id in the manifest are known; a rule with anything else says less than
 * it does. `concerns` tells the rules that matter. Pure.
 */
export function resolvable(
  loaded: LoadedManifest,
  facts: Facts,
  concerns: (rule: AssignmentRule) => boolean | undefined,
  generate: Generate,
): Resolvable {
  const all = loaded.manifest.assignments ?? []
  const mine = (rule: AssignmentRule) => (concerns(rule) ? rule : { ...rule, accounts: [] })
  const withRules = (assignments: AssignmentRule[]) => ({ ...loaded, manifest: { ...loaded.manifest, assignments } })
  if (facts.instance) return { rules: withRules(all.map(mine)), world: facts, unresolved: [] }
  const labelled = (id: string) =>
    !nameTemplate(generate).includes('{account}') || facts.accounts.some((one) => one.id === id)
  const follow = (one: AccountSelector) => {
    const [id] = typeof one !== 'string' || one === 'all' ? [] : accountIds(one, loaded, facts)
    return id !== undefined && labelled(id) ? id : undefined
  }
  const unresolved = new Set<string>()
  const rules = all.map(mine).map((rule) => {
    const open = [...rule.accounts, ...(rule.accounts.length > 0 ? (rule.except ?? []) : [])].filter(
      (one) => !follow(one),
    )
    for (const one of open) unresolved.add(typeof one === 'string' ? one : JSON.stringify(one))
    const unsure = rule.except?.some((one) => !follow(one))
    return { ...rule, accounts: unsure ? [] : rule.accounts.filter(follow), except: unsure ? [] : (rule.except ?? []) }
  })
  const ids = rules.flatMap((rule) => rule.accounts.map((one) => follow(one) ?? ''))
  const extra = [...new Set(ids)].filter((id) => !facts.accounts.some((one) => one.id === id))
  const accounts = [...facts.accounts, ...extra.map((id) => ({ id, name: id, label: id, active: true }))]
  return { rules: withRules(rules), world: { ...facts, accounts }, unresolved: [...unresolved] }
}
