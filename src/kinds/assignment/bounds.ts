import type { LoadedManifest } from '../../manifest/load.ts'
import type { AccountSelector } from '../../manifest/types.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import { accountLabel, type Facts } from '../../model/facts.ts'
import { accountIds } from '../shared/account.ts'

/**
 * Rules of files with limits that reach accounts beyond them, as the organization is now: each is refused, whatever is carried out. An
 * account that could not be looked up is in no limit. Only meaningful online. Pure.
 */
export function beyondBounds(loaded: LoadedManifest, facts: Facts): readonly Diagnostic[] {
  const { bounds = [], manifest } = loaded
  const idsOf = (list: readonly AccountSelector[]) => new Set(list.flatMap((one) => accountIds(one, loaded, facts)))
  // Rules of one file share their limit.
  const limits = new Map([...new Set(bounds.map((one) => one.accounts))].map((list) => [list, idsOf(list)]))
  return bounds.flatMap((bound) => {
    const rule = manifest.assignments?.[bound.row]
    if (!rule) return []
    const within = limits.get(bound.accounts) ?? new Set()
    const excluded = idsOf(rule.except ?? [])
    return rule.accounts.flatMap((word, index) => {
      const beyond = accountIds(word, loaded, facts).find((id) => !within.has(id) && !excluded.has(id))
      if (beyond === undefined) return []
      const at = loaded.position(['assignments', bound.row, 'accounts', index])
      return [refusal(accountLabel(beyond, facts), within.size, bound.at, at)]
    })
  })
}

function refusal(account: string, within: number, limit: Diagnostic['at'] & object, at: Diagnostic['at']): Diagnostic {
  const place = `${limit.file}:${limit.line}:${limit.column}`
  const which = within === 0 ? ', which at present are none' : ''
  return error(
    'include-limit',
    `the rule reaches account ${account}, beyond the accounts that ${place} lets this file assign in${which}`,
    {
      hint: `name accounts within the limit, or have it changed by whoever owns ${limit.file}`,
      ...(at ? { at } : {}),
    },
  )
}
