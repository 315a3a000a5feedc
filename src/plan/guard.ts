import type { Watch } from '../access/lockout.ts'
import { kindNamed, kindNames } from '../kinds/index.ts'
import { shownAddress } from '../model/address.ts'
import type { Allowances } from '../model/allowances.ts'
import { type Diagnostic, error } from '../model/diagnostic.ts'
import type { Operation } from '../model/operation.ts'
import type { Selection } from '../model/plan.ts'
import type { KindName } from '../model/specs.ts'
import type { State } from '../model/state.ts'
import { listed } from '../text/list.ts'
import { lockouts } from './lockout.ts'

/** Refused above this share of what is there, once that is five things or more. */
const share = 0.3
const floor = 5

/** Why a plan must not be applied as it is. Pure. */
export function guard(
  live: State,
  operations: readonly Operation[],
  watch: Watch,
  scope: ReadonlyMap<KindName, number>,
  allow: Allowances & Pick<Selection, 'due'>,
): Diagnostic[] {
  // What the file says that it ends by now was reviewed with the file, however many that are.
  const unforeseen = allow.due ? operations.filter(({ named }) => !named) : operations
  return [
    ...operations.flatMap((one) => kindNamed(one.kind).forbidden?.(one, live, watch.facts) ?? []),
    ...(allow.allowPrograms ? [] : operations.flatMap(notAllowed)),
    ...tooManyDeletes(live, unforeseen, { scope, allow, owner: watch.facts.owner }),
    ...(allow.allowLockout ? [] : lockouts(live, operations, watch)),
  ]
}

// A manifest may come from somebody else, and what it sets up here runs with the rights of whoever uses the profile.
function notAllowed(operation: Operation): Diagnostic[] {
  const asked = kindNamed(operation.kind).asksAllowance?.(operation) ?? []
  return asked.map((what) =>
    error('setting-not-allowed', what, {
      hint: 'remove the setting from the manifest, or add --allow-programs if it is intended',
      ...(operation.at ? { at: operation.at } : {}),
    }),
  )
}

/** What deletes are counted against. */
interface Counting {
  readonly scope: ReadonlyMap<KindName, number>
  readonly allow: Allowances
  /** Mark of this manifest. */
  readonly owner: string
}

function tooManyDeletes(
  live: State,
  operations: readonly Operation[],
  { scope, allow, owner }: Counting,
): Diagnostic[] {
  const removals = operations.filter((one) => kindNamed(one.kind).takesUnasked?.(one, live, owner))
  const counted = new Set([...operations.filter(({ verb }) => verb === 'delete'), ...removals]).size
  if (counted === 0 || (allow.maxDeletes ?? -1) >= counted) return []
  const hint = `review the deletes above; if they are intended, add --max-deletes ${counted}`
  const shares = kindNames.flatMap((kind) => {
    const deletes = operations.filter((one) => one.kind === kind && one.verb === 'delete').length
    const there = scope.get(kind) ?? 0
    if (there < floor || deletes <= there * share) return []
    const percent = Math.round((100 * deletes) / there)
    return [
      error(
        'too-many-deletes',
        `the plan deletes ${deletes} of ${there} (${percent} %) of kind ${kind}; up to ${share * 100} % needs no confirmation`,
        { hint },
      ),
    ]
  })
  const adopted = removals.map(({ address }) => address)
  const foreign = error(
    'adopted-loses',
    `the plan removes access from permission sets that this manifest did not create: ${listed(adopted.map(shownAddress))}`,
    { hint },
  )
  return [...shares, ...(adopted.length > 0 ? [foreign] : [])]
}
