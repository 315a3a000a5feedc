import { nameOf } from '../../model/address.ts'
import { matchesPattern } from '../../model/name-pattern.ts'
import type { Entries } from '../../model/state.ts'
import type { Found } from '../adoption.ts'

/**
 * Permission sets that AWS Control Tower, Service Catalog and Organizations create and keep, as patterns of `ignore`.
 * Source: the Control Tower user guide, "IAM Identity Center groups for AWS Control Tower".
 */
const setFamilies = [
  'AWSControlTower*',
  'AWSOrganizations*',
  'AWSServiceCatalog*',
  'AWSAdministratorAccess',
  'AWSPowerUserAccess',
  'AWSReadOnlyAccess',
]

/** Groups that AWS Control Tower creates; same source. */
const groupFamilies = [
  'AWSControlTower*',
  'AWSServiceCatalog*',
  'AWSAccountFactory',
  'AWSAuditAccountAdmins',
  'AWSLogArchiveAdmins',
  'AWSLogArchiveViewers',
  'AWSSecurityAuditPowerUsers',
  'AWSSecurityAuditors',
]

/** Live things that somebody else keeps: by name why, in words for a comment. */
export interface Foreign {
  readonly sets: ReadonlyMap<string, string>
  readonly groups: ReadonlyMap<string, string>
}

/** What belongs to AWS services, to other manifests, or is out of a delegated administrator's reach. */
export function foreign(found: Found): Foreign {
  const { live, handover } = found
  const sets = [...live['permission-set']].flatMap(([at, { mark }]) => {
    const why = handover?.taken.has(at)
      ? whyForeign(nameOf(at), ownMark(mark), found, [])
      : whyForeign(nameOf(at), mark, found)
    return why ? [[nameOf(at), why] as const] : []
  })
  const others = [...live.group.keys()].filter((at) => !handover?.taken.has(at)).map(nameOf)
  const groups = others.filter((name) => belongs(name, groupFamilies))
  return { sets: new Map(sets), groups: new Map(groups.map((name) => [name, byService])) }
}

const byService = 'managed by AWS Control Tower or another AWS service'

/** A mark of sso-reconcile; the value that another program gave the tag is none. */
function ownMark(mark: string | undefined): string | undefined {
  return mark !== undefined && /^sso-reconcile(?:\/|$)/.test(mark) ? mark : undefined
}

function whyForeign(
  name: string,
  mark: string | undefined,
  { facts, live }: Found,
  families: readonly string[] = setFamilies,
): string | undefined {
  if (mark !== undefined && mark !== facts.owner) return `managed by another manifest (${mark})`
  if (mark === undefined && belongs(name, families)) return byService
  return facts.caller?.delegated && usedIn(facts.management, name, live.assignment)
    ? 'used in the management account, so a delegated administrator cannot change it'
    : undefined
}

function usedIn(account: string | undefined, set: string, assignments: Entries<'assignment'>): boolean {
  return [...assignments.values()].some(({ spec }) => spec.permission_set === set && spec.account === account)
}

function belongs(name: string, families: readonly string[]): boolean {
  return families.some((pattern) => matchesPattern(pattern, name))
}

/**
 * The fewest patterns that cover these names and none of the declared ones: a family where it fits, else the name itself.
 */
export function patterns(names: readonly string[], declared: readonly string[]): readonly string[] {
  const families = [...new Set([...setFamilies, ...groupFamilies])].filter(
    (one) => !declared.some((name) => matchesPattern(one, name)),
  )
  const covering = names.map((name) => families.find((one) => matchesPattern(one, name)) ?? name)
  return [...new Set(covering)].sort()
}
