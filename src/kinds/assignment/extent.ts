import type { LoadedManifest } from '../../manifest/load.ts'
import { error, Refusal } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import { accountIds } from '../shared/account.ts'

/** Assignments beyond which rules are an accident or an attack: Identity Center takes hours for a tenth of them. */
const most = 200_000

/**
 * Throws a Refusal at the rule with which a manifest asks for more assignments than can be worked with. A few lines of lists multiply, so this
 * is counted before any of it is written out.
 */
export function mustBeWithinReach(loaded: LoadedManifest, facts: Facts): void {
  let total = 0
  for (const [row, { users = [], groups = [], permission_sets, accounts }] of loaded.manifest.assignments?.entries() ??
    []) {
    const where = new Set(accounts.flatMap((one) => accountIds(one, loaded, facts))).size
    total += (users.length + groups.length) * permission_sets.length * where
    if (total > most) throw new Refusal(tooMany(loaded, row))
  }
}

function tooMany(loaded: LoadedManifest, row: number) {
  const at = loaded.position(['assignments', row])
  const message = `with this rule the manifest asks for more than ${most.toLocaleString('en')} assignments`
  const hint = 'assign groups instead of users, or fewer permission sets and accounts in one rule'
  return error('assignments-many', message, { hint, ...(at ? { at } : {}) })
}
