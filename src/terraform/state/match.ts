import {
  type Address,
  applicationAssignmentAddress,
  assignmentAddress,
  membershipAddress,
  nameOf,
} from '../../model/address.ts'
import { accountNamed, type Facts, type Instance, inactiveWords } from '../../model/facts.ts'
import { oncePer } from '../../model/once.ts'
import type { Entries, State } from '../../model/state.ts'
import { policyName } from '../../policies/names.ts'
import type { Claim, Claims, Part, Subject } from './claim.ts'
import type { StateResource } from './resource.ts'

/** What a resource manages, as it is live. */
export interface Match {
  readonly resource: StateResource
  /** The thing, or the one it is a part of; absent where nobody can say. */
  readonly at?: Address
  readonly subject?: Subject
  /** AWS does not have it, as these words say. */
  readonly gone?: string
  /** Why it stays with Terraform, whatever AWS has. */
  readonly apart?: string
}

/** What a manifest has no place for. */
const unsayable = 'sso.yaml has no section for it'

/** Finds what a state manages in what is live. Ids decide, never names: another thing of the same name is not the one. Pure. */
export function matched(
  { claims, unknown }: Claims,
  live: State,
  facts: Facts & { readonly instance: Instance },
): readonly Match[] {
  const sets = new Set(claims.flatMap(({ subject }) => (subject?.kind === 'set' ? [subject.arn] : [])))
  return [
    ...claims.map((claim) => matchOf(claim, { live, facts, sets })),
    ...unknown.map((resource) => ({ resource, apart: unsayable })),
  ]
}

/** True for a resource of another instance than the one that was looked at. Pure. */
export function isElsewhere({ instance, store }: Claim, here: Instance): boolean {
  return (instance !== undefined && instance !== here.arn) || (store !== undefined && store !== here.identity_store_id)
}

interface Around {
  readonly live: State
  readonly facts: Facts & { readonly instance: Instance }
  /** ARNs of the permission sets that the states manage. */
  readonly sets: ReadonlySet<string>
}

function matchOf(claim: Claim, around: Around): Match {
  const { resource, subject } = claim
  const apart = whyApart(claim, around)
  if (apart || !subject) return { resource, apart: apart ?? 'its state has no id' }
  return { resource, subject, ...found(subject, around.live) }
}

function whyApart(claim: Claim, { facts, sets }: Around): string | undefined {
  const { resource, subject } = claim
  if (isElsewhere(claim, facts.instance))
    return `it belongs to ${claim.instance ?? claim.store}, another Identity Center`
  if (resource.deposed) return 'it was replaced and is still to be destroyed by Terraform: run terraform apply first'
  // What is in an account that has left was not read, so nobody knows whether it is there.
  if (subject?.kind === 'assignment' && !accountNamed(subject.account, facts.accounts))
    return `account ${subject.account} ${inactiveWords(subject.account, facts)}`
  if (subject?.kind === 'part' && !sets.has(subject.arn)) return 'its permission set is not managed in this state'
  return undefined
}

type Finding = Pick<Match, 'at' | 'gone'>

function found(subject: Subject, live: State): Finding {
  if (subject.kind === 'attributes') {
    const [at] = live['access-control-attributes'].keys()
    return at ? { at } : { gone: 'attributes for access control are not in use' }
  }
  if (subject.kind === 'delegate') {
    const at = byId(live['delegated-administrator']).get(subject.account)
    return at ? { at } : { gone: `account ${subject.account} is not the delegated administrator` }
  }
  if (subject.kind === 'set' || subject.kind === 'part') return ofSet(subject, live)
  if (subject.kind === 'membership') return ofMembership(subject, live)
  if (subject.kind === 'assignment') return ofAssignment(subject, live)
  if (subject.kind === 'application' || subject.kind === 'application-assignment') return ofApplication(subject, live)
  if (subject.kind === 'issuer') {
    const at = byId(live['trusted-token-issuer']).get(subject.arn)
    return at ? { at } : { gone: `no trusted token issuer has the ARN ${subject.arn}` }
  }
  const at = byId(live[subject.kind]).get(subject.id)
  return at ? { at } : { gone: `no ${subject.kind} has the id ${subject.id}` }
}

function ofSet(subject: Extract<Subject, { kind: 'set' | 'part' }>, live: State): Finding {
  const at = byId(live['permission-set']).get(subject.arn)
  if (!at) return { gone: `no permission set has the ARN ${subject.arn}` }
  const lost = subject.kind === 'part' ? lostPart(subject.part, at, live) : undefined
  return { at, ...(lost ? { gone: `${nameOf(at)} has no ${lost}` } : {}) }
}

/** What of a part its set does not have; a different inline policy or boundary is there, and other than the state says. */
function lostPart(part: Part, at: Address, live: State): string | undefined {
  const spec = live['permission-set'].get(at)?.spec
  if ('inline' in part) return spec?.inline_policy ? undefined : 'inline policy'
  if ('boundary' in part) return spec?.permissions_boundary ? undefined : 'permissions boundary'
  const [word, all, held = []] =
    'policies' in part
      ? (['managed policy', part.policies.map(policyName), spec?.managed_policies] as const)
      : (['customer managed policy', part.customer, spec?.customer_managed_policies] as const)
  const lost = all.filter((one) => !held.includes(one))
  return lost.length > 0 ? `${word} ${lost.join(', ')}` : undefined
}

function ofMembership({ group, member }: Extract<Subject, { kind: 'membership' }>, live: State): Finding {
  const [team, person] = [byId(live.group).get(group), byId(live.user).get(member)]
  if (!team || !person) return { gone: team ? `no user has the id ${member}` : `no group has the id ${group}` }
  const at = membershipAddress(nameOf(team), nameOf(person))
  return live.membership.has(at) ? { at } : { gone: `${nameOf(person)} is no member of ${nameOf(team)}` }
}

function ofAssignment(subject: Extract<Subject, { kind: 'assignment' }>, live: State): Finding {
  const { arn, type, principal: id, account } = subject
  const set = byId(live['permission-set']).get(arn)
  if (!set) return { gone: `no permission set has the ARN ${arn}` }
  const holder = byId(live[type]).get(id)
  // Of somebody who no longer exists only the id is left.
  const name = holder ? nameOf(holder) : id
  const at = assignmentAddress({ set: nameOf(set), principal: { type, name }, account })
  if (live.assignment.has(at)) return { at }
  return { gone: holder ? `${name} does not have ${nameOf(set)} in ${account}` : `no ${type} has the id ${id}` }
}

function ofApplication(
  subject: Extract<Subject, { kind: 'application' | 'application-assignment' }>,
  live: State,
): Finding {
  const application = byId(live.application).get(subject.arn)
  if (!application) return { gone: `no application has the ARN ${subject.arn}` }
  if (subject.kind === 'application') return { at: application }
  const { type, principal: id } = subject
  const holder = byId(live[type]).get(id)
  const name = holder ? nameOf(holder) : id
  const at = applicationAssignmentAddress(nameOf(application), { type, name })
  if (live['application-assignment'].has(at)) return { at }
  return { gone: holder ? `${name} is not assigned to ${nameOf(application)}` : `no ${type} has the id ${id}` }
}

const byId = oncePer(
  (entries: Entries) =>
    new Map([...entries].flatMap(([at, { ref }]) => (ref === undefined ? [] : [[ref, at] as const]))),
)
