import { formatDuration, parseDuration } from '../manifest/duration.ts'
import type { PermissionSet } from '../manifest/types.ts'
import { address, nameOf } from '../model/address.ts'
import { error } from '../model/diagnostic.ts'
import type { JsonObject } from '../model/json.ts'
import type { PermissionSetSpec } from '../model/specs.ts'
import type { Entry } from '../model/state.ts'
import { listedAsAbsent } from './absent.ts'
import { wanted } from './desired.ts'
import type { CloudKind, Look } from './kind.ts'
import { readContent } from './permission-set-content.ts'
import { createSet, deleteSet, updateSet } from './permission-set-write.ts'
import { samePolicy } from './policy.ts'
import { customerPolicy, policyName } from './policy-name.ts'
import { restrictsSet } from './policy-rights.ts'
import { denies, type Revocations } from './revocation.ts'
import { heirOf, inScope, type LiveSet, liveSets } from './sets.ts'

/** Permission sets. Whatever the manifest leaves out is AWS's default; sets the tool creates carry its tag from the first call on. */
export const permissionSet: CloudKind<'permission-set'> = {
  name: 'permission-set',
  title: 'Permission sets',
  side: 'cloud',
  complete: true,

  desired: (loaded, facts) =>
    wanted(loaded, ['permission_sets'], (name, { external, ...row }) => ({
      address: address('permission-set', name),
      spec: specOf(row, denies(name, loaded, facts)),
      ...(external ? { external } : {}),
    })),

  async live(look) {
    const sets = await liveSets(look)
    const entries = await Promise.all(sets.map((set) => readSet(look, set)))
    return new Map(entries.map((entry, index) => [address('permission-set', sets[index]?.name ?? ''), entry]))
  },

  surplus(at, { mark }, { manifest, facts }) {
    const heir = heirOf(nameOf(at), manifest)
    if (heir) return `renamed to ${heir}`
    const ours = mark === facts.owner && manifest.manifest.permission_sets
    return listedAsAbsent('permission_sets', at, manifest) ?? (ours ? `no longer in ${manifest.file}` : undefined)
  },

  // Whose sessions a set denies is written by id, so the user has to be there.
  needs: (_at, { revoked = {} }) => Object.keys(revoked).map((user) => address('user', user)),
  // Each update may provision, of which AWS runs three at a time (UG/limits).
  atOnce: { update: 3 },
  same: (path, a, b) => (path === 'inline_policy' ? samePolicy(a, b) : JSON.stringify(a) === JSON.stringify(b)),
  restricts: restrictsSet,

  conflicts: (at, want, live) =>
    want.external && !live.has(at)
      ? [
          error(
            'permission-set-missing',
            `permission set ${nameOf(at)} is external, but Identity Center has no such set`,
            {
              hint: 'have its owner create it, or remove external and say what it holds',
              ...(want.at ? { at: want.at } : {}),
            },
          ),
        ]
      : [],

  effect(verb, at, { live, manifest }) {
    const name = nameOf(at)
    const was = manifest.manifest.permission_sets?.[name]?.was
    if (verb === 'create' && was)
      return `replaces ${was}: the role in the accounts gets a new name, so whatever refers to the old role by ARN must follow`
    const accounts = new Set(
      [...live.assignment.values()].filter(({ spec }) => spec.permission_set === name).map(({ spec }) => spec.account),
    )
    if (verb !== 'update' || accounts.size === 0) return undefined
    return `re-provisioned in ${accounts.size} account${accounts.size === 1 ? '' : 's'}`
  },

  apply: ({ verb, address: at, before, after }, hands) => {
    if (verb === 'create' && after) return createSet(nameOf(at), after, hands)
    if (verb === 'update' && before && after) return updateSet(hands.ref(at), before, after, hands)
    return deleteSet(hands.ref(at), hands)
  },
}

function specOf(row: Omit<PermissionSet, 'external'>, revoked: Revocations): PermissionSetSpec {
  const { description, relay_state, inline_policy, permissions_boundary, tags } = row
  const managed = row.managed_policies?.map(policyName).sort()
  const customer = row.customer_managed_policies?.map(customerPolicy).sort()
  const boundary = permissions_boundary?.customer_managed_policy
    ? { customer_managed_policy: customerPolicy(permissions_boundary.customer_managed_policy) }
    : permissions_boundary?.managed_policy && { managed_policy: policyName(permissions_boundary.managed_policy) }
  return filled({
    description,
    session_duration: formatDuration(parseDuration(row.session_duration ?? '1h') ?? 3600),
    relay_state,
    managed_policies: managed,
    customer_managed_policies: customer,
    inline_policy,
    permissions_boundary: boundary,
    tags,
    revoked,
  })
}

async function readSet(look: Look, set: LiveSet): Promise<Entry<'permission-set'>> {
  const seconds = parseDuration(set.duration)
  const known = {
    description: set.description,
    session_duration: seconds === undefined ? set.duration : formatDuration(seconds),
    relay_state: set.relayState,
  }
  const owned = { ref: set.arn, ...(set.mark ? { mark: set.mark } : {}) }
  if (!inScope(look, set)) return { spec: filled(known), ...owned, partial: true }
  return { spec: filled({ ...known, ...(await readContent(look, set.arn)), tags: set.tags }), ...owned }
}

/** A spec without what is empty: an absent value is an absent key, and AWS's empty answers mean absent. */
function filled(spec: Readonly<Record<string, unknown>>): PermissionSetSpec {
  const present = Object.entries(spec).filter(([, value]) => value !== undefined && value !== '' && !isEmpty(value))
  return Object.fromEntries(present) as JsonObject as PermissionSetSpec
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}
