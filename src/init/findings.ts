import type { Found } from '../kinds/adoption.ts'
import { accountsNamed } from '../kinds/shared/portal-session.ts'
import { emptyState } from '../kinds/states.ts'
import { asWarning, type Diagnostic, type Refusal } from '../model/diagnostic.ts'
import type { Account, Facts } from '../model/facts.ts'
import { ownerOf } from '../model/owner.ts'
import type { State } from '../model/state.ts'

/** Prerequisites that a newcomer does not have yet: with them missing a starter is what helps. */
const missing = new Set([
  'aws-no-organization',
  'instance-none',
  'instance-of-account',
  'instance-not-active',
  'instance-failed',
  'permission-sets-disabled',
])

/**
 * True when nothing can be adopted yet, so that a starter is written. Who named a profile expects it to be used: credentials that
 * do not work are then an error, as is everything that another try could mend.
 */
export function beginsHere({ diagnostics }: Refusal, namedProfile: boolean): boolean {
  return diagnostics.every(
    ({ code, message }) =>
      missing.has(code) || (code === 'aws-credentials' && !namedProfile && /no usable AWS credentials/.test(message)),
  )
}

/** The refusal's diagnostics as warnings: the starter is written all the same. */
export function asWarnings({ diagnostics }: Pick<Refusal, 'diagnostics'>): readonly Diagnostic[] {
  return diagnostics.map(asWarning)
}

/** What this machine and the caller alone can tell: its sections, and the accounts that its profiles name. */
export function foundHere(
  basics: Pick<Found, 'file' | 'name' | 'instance' | 'machine'> & { readonly region: string; readonly now: Date },
  here: Partial<State>,
  management: string | undefined,
): Found {
  const { now, region, ...rest } = basics
  const accounts = [...new Set([...accountsNamed(here), ...(management ? [management] : [])])].sort().map(account)
  const facts: Facts = {
    now,
    region,
    owner: ownerOf(rest),
    accounts,
    ...(management ? { management } : {}),
  }
  return { ...rest, facts, live: { ...emptyState(), ...here } }
}

function account(id: string): Account {
  return { id, name: id, label: id, active: true }
}
