import { rolePattern } from '../access/role-arn.ts'
import { type LostRoles, rolesLost } from '../access/roles-lost.ts'
import { type Diagnostic, warning } from '../model/diagnostic.ts'
import { accountLabel, type Facts } from '../model/facts.ts'
import { ownValue } from '../model/json.ts'
import type { Operation } from '../model/operation.ts'
import { listed } from '../text/list.ts'
import type { PlanInput } from './diff.ts'

/** The code of these warnings, which are about what a plan would do and not about what there is. */
export const roleRemoved = 'role-removed'

/** Sets that have a warning of their own; of more there is one for all. */
const most = 3

/** A warning for each permission set whose roles go with a plan: what names them by their ARNs does not find them again. Pure. */
export function rolesThatGo(operations: readonly Operation[], input: PlanInput): readonly Diagnostic[] {
  const lost = rolesLost(operations, input.live)
  if (lost.length > most) return [ofMany(lost, input)]
  return lost.map((one) => {
    const at = positionOf(one, input)
    return warning(roleRemoved, words(one, input), { hint: hintOf([one], input), ...(at ? { at } : {}) })
  })
}

function words({ set, accounts, sure, whole, successor, again }: LostRoles, { facts }: PlanInput): string {
  const one = accounts.length === 1
  const roles = `${one ? 'the role' : 'the roles'} of ${set} on ${accountsIn(accounts, facts)}`
  const [is, it, arn] = one ? ['is', 'it', 'another ARN'] : ['are', 'they', 'other ARNs']
  if (successor) return `${roles} ${is} replaced by ${one ? 'one' : 'roles'} of ${successor}, with ${arn}`
  if (whole) return `${roles} ${is} deleted with the permission set; created again, ${it} would have ${arn}`
  const gone = `${roles} ${is} deleted with the last assignment`
  if (again) return `${gone}, and then created again by this plan with ${arn}`
  const unless = sure ? '' : `, unless an orphaned assignment keeps ${one ? 'it' : 'them'} (not checked)`
  return `${gone}${unless}; assigned again, ${it} would have ${arn}`
}

function ofMany(lost: readonly LostRoles[], input: PlanInput): Diagnostic {
  const sets = listed(lost.map(({ set }) => set))
  const accounts = new Set(lost.flatMap((one) => one.accounts))
  const roles = lost.reduce((sum, one) => sum + one.accounts.length, 0)
  const unless = lost.every(({ sure }) => sure) ? '' : ', unless orphaned assignments keep them (not checked)'
  const where = accountsIn([...accounts], input.facts)
  return warning(
    roleRemoved,
    `${roles} roles of ${sets} on ${where} are deleted with the last assignments${unless}; created again, they would have other ARNs`,
    { hint: hintOf(lost, input) },
  )
}

function accountsIn(ids: readonly string[], facts: Facts): string {
  return listed(
    ids.map((id) => accountLabel(id, facts)),
    3,
  )
}

function hintOf(lost: readonly LostRoles[], { facts }: PlanInput): string {
  const accounts = new Set(lost.flatMap((one) => one.accounts))
  const [set, account] = [lost.length === 1 ? lost[0] : undefined, accounts.size === 1 ? [...accounts][0] : undefined]
  const pattern = rolePattern('ACCOUNT', set ? (set.successor ?? set.set) : 'SET', facts)
  const told = pattern?.replace(':ACCOUNT:', `:${account ?? 'ACCOUNT'}:`) ?? 'a pattern'
  const what = 'policies and EKS clusters that name the old ARN stop working'
  const how = set?.successor
    ? 'let policies name the new role too, with ArnLike'
    : 'name roles in policies with ArnLike'
  return `${what}: ${how}, as ${told} (EKS takes exact ARNs only)`
}

// What takes the last assignment away, where the file says so, else where the file declares the set.
function positionOf({ set, successor, because }: LostRoles, { manifest }: PlanInput) {
  const [line] = because.flatMap(({ at }) => at ?? [])
  const name = successor ?? set
  const isDeclared = ownValue(manifest.manifest.permission_sets, name) !== undefined
  return line ?? (isDeclared ? manifest.position(['permission_sets', name], 'key') : undefined)
}
