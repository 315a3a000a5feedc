import type { Json } from '../model/json.ts'
import { type Extent, extentOf, narrower, widest } from './patterns.ts'
import { type Rule, rulesOf } from './rules.ts'

/** A policy that decides, with its text where that is known. */
export interface Policy {
  /** What people call it: `AdministratorAccess`, `/team/Deploy`, `inline policy`. */
  readonly name: string
  /** The document; absent where nobody knows what it says. */
  readonly document?: Json
}

/** What decides about the role of a permission set. */
export interface Policies {
  /** Managed, customer-managed and inline. */
  readonly identity: readonly Policy[]
  /** The permissions boundary: nothing beyond it is allowed. */
  readonly boundary?: Policy
}

/** What is asked about. Either may hold wildcards, and means everything that matches. */
export interface Request {
  /** As `s3:DeleteBucket`; case does not matter. */
  readonly action: string
  /** An ARN; absent means each resource there is. */
  readonly resource?: string
}

/**
 * `yes`: allowed whatever the circumstances; `limited`: only for a part of it (some resources, some of the actions) or under conditions;
 * `no`: nothing allows it; `denied`: a Deny does; `unknown`: a policy whose text is not known decides.
 */
export type Verdict = 'yes' | 'limited' | 'no' | 'denied' | 'unknown'

/** A statement that is about the request. */
export interface Match {
  readonly policy: string
  readonly rule: Rule
  /** Whether it applies to all of it, without a condition. */
  readonly extent: Exclude<Extent, 'none'>
}

/** What is decided, and through what. */
export interface Decision {
  readonly verdict: Verdict
  /** Statements that allow it, or a part of it. */
  readonly allows: readonly Match[]
  /** Statements that deny it, or a part of it, of a boundary too. */
  readonly denies: readonly Match[]
  /** Statements of the boundary that let it through; absent without one. */
  readonly within?: readonly Match[]
  /** Names of policies whose text is not known, and matters. */
  readonly unread: readonly string[]
}

/**
 * What identity policies and a boundary decide, by the rules of IAM for one account: a Deny wins; else it takes an Allow of an identity
 * policy and, where there is a boundary, one of that too; else it is refused (IAM User Guide, "Policy evaluation logic" and "Permissions
 * boundaries for IAM entities"). Policies of resources, of the organization and of a session are not looked at. What several
 * statements allow only together counts as limited. A resource must be one that the action runs on: which ones that are is not
 * checked. Pure.
 */
export function decide({ identity, boundary }: Policies, request: Request): Decision {
  const asked = { action: actionGlob(request.action), resource: request.resource ?? '*' }
  const all = boundary ? [...identity, boundary] : identity
  const allows = identity.flatMap((one) => matches(one, 'Allow', asked))
  const denies = all.flatMap((one) => matches(one, 'Deny', asked))
  const within = boundary && matches(boundary, 'Allow', asked)
  const unread = all.filter(isUnread)
  const decided = verdictOf({
    allow: extentIn(allows),
    deny: extentIn(denies),
    bound: within ? extentIn(within) : 'all',
    mayAllow: identity.some(isUnread),
    mayBound: boundary !== undefined && isUnread(boundary),
    mayDeny: unread.length > 0,
  })
  const verdict = needsNoPermission.includes(asked.action) ? 'yes' : decided
  return {
    ...{ verdict, allows, denies },
    ...(within ? { within } : {}),
    unread: verdict === 'unknown' ? unread.map(({ name }) => name) : [],
  }
}

// "No permissions are required", and a Deny does not matter either (AWS STS API Reference, "GetCallerIdentity").
const needsNoPermission = ['sts:getcalleridentity']

interface Extents {
  readonly allow: Extent
  readonly deny: Extent
  readonly bound: Extent
  /** Texts that are not known may do so. */
  readonly mayAllow: boolean
  readonly mayBound: boolean
  readonly mayDeny: boolean
}

function verdictOf({ allow, deny, bound, mayAllow, mayBound, mayDeny }: Extents): Verdict {
  if (deny === 'all') return 'denied'
  if ((allow === 'none' && !mayAllow) || (bound === 'none' && !mayBound)) return 'no'
  if (mayDeny) return 'unknown'
  return allow === 'all' && bound === 'all' && deny === 'none' ? 'yes' : 'limited'
}

/** True for a policy of which nobody knows, or not wholly, what it says. */
export function isUnread({ document }: Policy): boolean {
  return document === undefined || rulesOf(document).odd
}

function extentIn(found: readonly Match[]): Extent {
  return widest(found.map(({ extent }) => extent))
}

interface Asked {
  readonly action: string
  readonly resource: string
}

function matches({ name, document }: Policy, effect: Rule['effect'], asked: Asked): Match[] {
  if (document === undefined) return []
  return rulesOf(document).rules.flatMap((rule) => {
    const extent = rule.effect === effect ? extentOfRule(rule, asked) : 'none'
    return extent === 'none' ? [] : [{ policy: name, rule, extent }]
  })
}

function extentOfRule({ actions, resources, conditions }: Rule, { action, resource }: Asked): Extent {
  const actionExtent = extentOf(actions, action)
  if (actionExtent === 'none') return 'none'
  const extent = narrower(actionExtent, extentOf(resources, resource))
  return conditions.length > 0 ? narrower(extent, 'some') : extent
}

/** An action as patterns are compared with it: without case, and all actions as those of all services. */
export function actionGlob(action: string): string {
  return /^\*+$/.test(action) ? '*:*' : action.toLowerCase()
}
