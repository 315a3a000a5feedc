import { address } from '../model/address.ts'
import type { State } from '../model/state.ts'
import { referredTo } from '../policies/effective.ts'
import type { Access, AccessRow } from './rows.ts'

/** Policies that decide about somebody's access, by their names. */
export interface PolicyNames {
  /** Of AWS. */
  readonly managed: readonly string[]
  /** Customer-managed ones that count in one account, by path and name. */
  readonly own: readonly string[]
}

/** Names of the permission sets through which access comes. Pure. */
export function setsOf(access: Access): readonly string[] {
  return setsIn(placesOf(access))
}

/** The policies of the permission sets through which access comes: those of AWS, and those of one account where it is reached. Pure. */
export function policyNamesOf(access: Access, state: State, account: string | undefined): PolicyNames {
  const here = placesOf(access).filter((one) => one.account === account)
  return {
    managed: namesIn(state, setsOf(access)).filter((name) => !isCustomerManaged(name)),
    own: namesIn(state, setsIn(here)).filter(isCustomerManaged),
  }
}

/** True for the name of a policy of an account, which begins with its path. */
export function isCustomerManaged(name: string): boolean {
  return name.startsWith('/')
}

type Place = Pick<AccessRow, 'permission_set' | 'account'>

function placesOf({ rows, idle }: Access): readonly Place[] {
  return [...rows, ...idle]
}

function setsIn(places: readonly Place[]): readonly string[] {
  return [...new Set(places.map(({ permission_set }) => permission_set))]
}

function namesIn(state: State, sets: readonly string[]): readonly string[] {
  const names = sets.flatMap((set) => {
    const spec = state['permission-set'].get(address('permission-set', set))?.spec
    return spec ? referredTo(spec) : []
  })
  return [...new Set(names)].sort()
}
