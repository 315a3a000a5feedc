import { type ApplicationWay, applicationName, waysToApplications } from '../access/applications.ts'
import { isDenied } from '../access/claims.ts'
import { limitsOf } from '../access/delegate.ts'
import { type Path, pathsOf } from '../access/paths.ts'
import { entitlementsOfUser, type RoleEntitlement } from '../access/role-entitlements.ts'
import { addressOf } from '../kinds/assignment/address.ts'
import { ignored } from '../kinds/ignore.ts'
import { type Address, address, applicationAssignmentAddress, membershipAddress } from '../model/address.ts'
import { accountLabel, type Facts, inactiveWords, isActive } from '../model/facts.ts'
import { type Entry, entryAt } from '../model/state.ts'
import { quoted } from '../text/quote.ts'
import type { CarriedOut } from './carried-out.ts'

/** Who or what keeps a path open, and what ends it. */
export interface Owner {
  /** "group scim-admins belongs to an identity provider". */
  readonly because: string
  /** "remove carol from it there". */
  readonly next: string
}

/** A path into an account that is still open after a revocation. */
export interface RemainingPath extends Path, Owner {
  readonly account_label: string
  /** The permission set denies the user everything there. */
  readonly denied: boolean
}

/** Every path of the user into an account that a new look found, with who owns it. Pure. */
export function remainingPaths(done: CarriedOut): readonly RemainingPath[] {
  const { user, after, facts } = done
  return pathsOf(after, user).paths.map((path) => ({
    ...path,
    account_label: accountLabel(path.account, facts),
    denied: isDenied(after, path),
    ...ownerOf(path, done),
  }))
}

function ownerOf(path: Path, done: CarriedOut): Owner {
  const { user, group, account } = path
  const { facts, after } = done
  const label = accountLabel(account, facts)
  const provider = ofProvider(user, group, done)
  if (provider) return provider
  if (!isActive(account, facts))
    return {
      because: `account ${label} ${inactiveWords(account, facts)}, so nothing can be changed in it`,
      next: 'run this again once it is active in the organization',
    }
  const grant = grantOf(path)
  const direct = entryAt(after, grant) as Entry<'assignment'> | undefined
  const kept = leftAlone(grant, done)
  if (!kept && group === undefined && direct && limitsOf(after, facts).bars(direct.spec))
    return forManagementAlone(facts)
  return kept ?? notRemoved(grant, done)
}

function ofProvider(user: string, group: string | undefined, { after }: CarriedOut): Owner | undefined {
  if (group === undefined || !after.group.get(address('group', group))?.provisioned) return undefined
  return { because: `group ${group} belongs to an identity provider`, next: `remove ${user} from it there` }
}

function leftAlone(grant: Address, { after, manifest }: CarriedOut): Owner | undefined {
  const entry = entryAt(after, grant)
  if (!entry || !ignored(grant, entry, manifest)) return undefined
  return {
    because: `${manifest.file} ignores ${grant}`,
    next: `remove it in the console, or remove it from ignore in ${manifest.file} and run this again`,
  }
}

/** An application that a user is still assigned to, directly or through a group. */
export interface RemainingApplication extends ApplicationWay, Owner {
  /** What people call it. */
  readonly name: string
}

/** Every application that the user is still assigned to, with who owns the assignment. Pure. */
export function remainingApplications(done: CarriedOut): readonly RemainingApplication[] {
  const { user, after } = done
  return waysToApplications(after, user).ways.map((way) => {
    const { application, group } = way
    const principal = { type: 'user', name: user } as const
    const grant =
      group === undefined ? applicationAssignmentAddress(application, principal) : membershipAddress(group, user)
    const owner = ofProvider(user, group, done) ?? leftAlone(grant, done) ?? notRemoved(grant, done)
    return { ...way, name: applicationName(application, after), ...owner }
  })
}

/** An IAM role that a user may still take through account access manager, directly or through a group. */
export interface RemainingRole extends Owner {
  readonly role_arn: string
  readonly account: string
  readonly account_label: string
  /** Name of the group it comes through; absent where it is assigned to the user. */
  readonly group?: string
}

/** Every role that account access manager still gives the user, with what ends it: nothing here manages such roles. Pure. */
export function remainingRoles(done: CarriedOut): readonly RemainingRole[] {
  const { user, after, entitlements } = done
  return entitlementsOfUser(entitlements, after, user).map((one) => {
    const { role_arn, account, account_label } = one
    const group = one.principal_type === 'group' ? one.principal : undefined
    const membership = group === undefined ? undefined : membershipAddress(group, user)
    const owner =
      ofProvider(user, group, done) ??
      (membership ? (leftAlone(membership, done) ?? notRemoved(membership, done)) : byEntitlement(one, done.facts))
    return { role_arn, account, account_label, ...(group === undefined ? {} : { group }), ...owner }
  })
}

/** Roles whose sessions may go on, because account access manager gave them before: nothing here ends such a session. Pure. */
export function rolesHeld({ user, before, entitledBefore }: CarriedOut): readonly HeldRole[] {
  return entitlementsOfUser(entitledBefore, before, user).map(({ role_arn, account, account_label }) => ({
    ...{ role_arn, account, account_label },
  }))
}

/** An IAM role that a user could take. */
export type HeldRole = Pick<RemainingRole, 'role_arn' | 'account' | 'account_label'>

function byEntitlement({ application_arn, entitlement_id }: RoleEntitlement, { region }: Facts): Owner {
  const which = `--application-arn ${quoted(application_arn)} --entitlement-id ${quoted(entitlement_id)}`
  return {
    because: 'account access manager assigns it',
    next: `delete that with "aws account-access delete-entitlement --region ${region} ${which}" (AWS CLI 2.36 or newer)`,
  }
}

function forManagementAlone({ management = '' }: Facts): Owner {
  return {
    because: 'a delegated administrator cannot change permission sets that are assigned in the management account',
    next: `run this with credentials of the management account ${management}`,
  }
}

function notRemoved(grant: Address, { outcomes }: CarriedOut): Owner {
  const outcome = outcomes.get(grant)
  if (outcome === undefined || outcome.result === 'done')
    return { because: `${grant} still exists`, next: 'run this again; someone else may be granting it' }
  const next = outcome.result === 'failed' && outcome.hint ? outcome.hint : 'run this again'
  return { because: `${grant} was not removed: ${outcome.message.replace(/\.$/, '')}`, next }
}

/** What gives the user this path, and nobody else. */
function grantOf({ user, group, permission_set, account }: Path): Address {
  if (group !== undefined) return membershipAddress(group, user)
  return addressOf({ permission_set, principal_type: 'user', principal: user, account })
}
