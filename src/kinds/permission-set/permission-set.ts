import { limitsOf } from '../../access/delegate.ts'
import { policiesIn } from '../../access/policies.ts'
import { calledOf } from '../../manifest/called.ts'
import { type Address, address, nameOf } from '../../model/address.ts'
import { type Diagnostic, error, warning } from '../../model/diagnostic.ts'
import { accountLabel, type Facts, isActive } from '../../model/facts.ts'
import { sameText } from '../../model/same-text.ts'
import type { Entry } from '../../model/state.ts'
import { samePolicy } from '../../policies/document.ts'
import { nothingAllowed } from '../../policies/effective.ts'
import { plural } from '../../text/count.ts'
import { listed } from '../../text/list.ts'
import type { DeleteContext, DeleteReason, LiveContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { beyondDelegate } from '../shared/delegate.ts'
import { desiredEntries } from '../shared/desired.ts'
import { ignoredBy } from '../shared/ignore-names.ts'
import { renamedTo } from '../shared/renamed.ts'
import { goesByRename, renamesThatLeave } from '../shared/renames.ts'
import { adoptSets, excludedSet } from './adopt.ts'
import { isAdopted, takesAccess } from './adopted.ts'
import { type Denials, isUserId } from './denial.ts'
import { denialsWithoutRoom, denyingFirst, fittingDenials } from './denial-room.ts'
import { operations } from './operations.ts'
import { policyUse } from './policy-use.ts'
import { deleteSet } from './provision.ts'
import { observeSets } from './read.ts'
import { sentElsewhere } from './relay-state.ts'
import { specOf } from './spec.ts'
import { decidedByDenial, takeSets } from './take.ts'
import { comesIntoForce, endsSession, losesRights, obscures, restricts, weakens } from './weakens.ts'
import { words } from './words.ts'
import { createSet, updateSet } from './write.ts'

/** Permission sets. Whatever the manifest leaves out is AWS's default; sets the tool creates carry its tag from the first call on. */
export const permissionSet: CloudKind<'permission-set'> = {
  name: 'permission-set',
  title: 'Permission sets',
  sections: ['permission_sets', 'revoked', 'absent.permission_sets'],
  summary: 'permission sets with their policies, boundary and tags, provisioned where they are assigned',
  side: 'cloud',
  // A set can deny a user, whom it knows by id.
  after: ['user'],
  outlives: ['user'],
  addressSays: 'name',
  complete: true,
  maps: ['tags', 'revoked'],
  words,
  ignore: ignoredBy('permission_sets'),
  adopt: adoptSets,
  takesLive: takeSets,
  operations,
  coversNew: (at) => ({ sets: new Set([at]) }),

  desired: (loaded) =>
    desiredEntries(loaded, ['permission_sets'], (name, { external, keep = [], was, ...row }) => ({
      address: address('permission-set', name),
      spec: specOf(row),
      ...(external ? { external } : {}),
      ...(keep.length > 0 ? { keep } : {}),
      ...(was === undefined ? {} : { was: address('permission-set', was) }),
    })),

  refine(at, desired, live) {
    const entry = { ...desired, spec: { ...desired.spec, ...keptUnderEarlierName(at, desired, live) } }
    const revoked = entry.external ? {} : denialsWithinLimits(at, entry, live)
    return Object.keys(revoked).length > 0 ? { ...entry, spec: { ...entry.spec, revoked } } : entry
  },

  observe: observeSets,

  deleteReason(at, entry, context) {
    const removal = reasonToDelete(at, entry, context)
    return removal && (closedPlaces(at, context).length > 0 ? { ...removal, blocked: true } : removal)
  },

  blocked: (things, live) => things.map(([at]) => keptByClosedAccounts(at, live)),
  problems: (sides) => [...renamesThatLeave('permission-set', sides), ...denialsWithoutRoom(sides)],

  // Whose sessions a set denies is written by id, so the user has to be there, unless the id is all that is left.
  needs: (_at, { revoked = {} }) =>
    Object.keys(revoked).flatMap((user) => (isUserId(user) ? [] : [address('user', user)])),
  // Each update may provision, of which AWS runs three at a time (UG/limits).
  atOnce: { update: 3 },
  same(path, a, b) {
    if (path === 'inline_policy') return samePolicy(a, b)
    return path === 'description' ? sameText(a, b) : JSON.stringify(a) === JSON.stringify(b)
  },
  restricts: (before, after, { texts }) => restricts(before, after, texts),
  policies({ address: at, before, after }, { live, end }) {
    if (!after) return []
    const [was, becomes] = [before ? policiesIn(live, nameOf(at)) : nothingAllowed, policiesIn(end, nameOf(at))]
    const change = { before: was, after: becomes }
    return comesIntoForce(before, after) ? [change, { before: nothingAllowed, after: becomes }] : [change]
  },
  urgentPart: denyingFirst,
  decided: decidedByDenial,
  forbidden: ({ verb, address: at }, live, facts) =>
    limitsOf(live, facts).sets.has(at) ? beyondDelegate(verb, at) : undefined,
  takesUnasked: ({ verb, address: at, fields }, live, owner) =>
    verb === 'update' && fields.some(takesAccess) && isAdopted(nameOf(at), live, owner),
  weakens,
  obscures,
  loses: losesRights,
  endsSession,
  excluded: excludedSet,
  policyUse,

  conflicts: (at, want, live) =>
    want.external && !live.has(at)
      ? [
          error(
            'permission-set-missing',
            `permission set ${nameOf(at)} is external, but Identity Center has no such set`,
            {
              hint: 'have its owner create it, or remove external and declare its policies here',
              ...(want.at ? { at: want.at } : {}),
            },
          ),
        ]
      : [],

  effect(verb, at, { before, after, live, facts, manifest }) {
    const sent = sentElsewhere(before, after)
    const told = (what: readonly string[]) => [...what, ...(sent ? [sent] : [])].join('; ') || undefined
    const name = nameOf(at)
    const was = manifest.manifest.permission_sets?.[name]?.was
    const old = was === undefined ? undefined : live['permission-set'].get(address('permission-set', was))
    if (verb === 'create' && old && goesByRename(old, false, facts))
      return told([
        `replaces ${was}: the role in the accounts gets a new name; update everything that refers to the old role ARN`,
      ])
    const held = [...live.assignment.values()].filter(({ spec }) => spec.permission_set === name)
    const accounts = held.map(({ spec }) => spec.account)
    if (verb !== 'update') return told([])
    return told(provisionedAgain(accounts, before?.outdated_in ?? [], facts))
  },

  apply: ({ verb, address: at, before, after }, context) => {
    if (verb === 'create' && after) return createSet(nameOf(at), after, context)
    if (verb === 'update' && before && after) return updateSet({ at, before, after }, context)
    return deleteSet(context.ref(at), context)
  },
}

/** The accounts that an update reaches: those where the set is held, and those that still have an older version of it. */
function provisionedAgain(held: readonly string[], outdated: readonly string[], facts: Facts): readonly string[] {
  const accounts = new Set([...held, ...outdated].filter((id) => isActive(id, facts)))
  if (accounts.size === 0) return []
  const older = outdated.map((id) => accountLabel(id, facts))
  return [
    ...(older.length > 0 ? [`an older version is in ${listed(older, 5)}`] : []),
    `re-provisioned in ${plural(accounts.size, 'account')}`,
  ]
}

// A set that the caller may not change keeps the denials it has.
function denialsWithinLimits(at: Address, entry: Entry<'permission-set'>, live: LiveContext): Denials {
  if (!limitsOf(live.live, live.facts).sets.has(at)) return fittingDenials(at, entry, live)
  return live.live['permission-set'].get(at)?.spec.revoked ?? {}
}

// A renamed set is created anew, and what is to stay as it is has to come along.
function keptUnderEarlierName(at: Address, { was, keep = [] }: Entry<'permission-set'>, { live }: LiveContext) {
  const sets = live['permission-set']
  const old = was === undefined || sets.has(at) ? undefined : sets.get(was)
  return Object.fromEntries(Object.entries(old?.spec ?? {}).filter(([field]) => keep.includes(field)))
}

function reasonToDelete(
  at: Address,
  entry: Entry<'permission-set'>,
  { manifest, facts, live }: DeleteContext,
): DeleteReason | undefined {
  const successor = renamedTo('permission_sets', nameOf(at), manifest)
  const successorIsThere = live['permission-set'].has(address('permission-set', successor ?? ''))
  if (successor && goesByRename(entry, successorIsThere, facts)) return { reason: `renamed to ${successor}` }
  const pruned = entry.mark === facts.owner && manifest.manifest.permission_sets
  return (
    listedAsAbsent('permission_sets', at, manifest) ??
    (pruned ? { reason: `no longer in ${calledOf(manifest)}` } : undefined)
  )
}

/** Closed accounts that hold a set: its assignments there cannot be removed, and a set goes only when it is assigned nowhere. */
function closedPlaces(at: Address, { live }: Pick<LiveContext, 'live'>): readonly string[] {
  const held = [...live.assignment.values()].filter(({ spec, inert }) => inert && spec.permission_set === nameOf(at))
  return [...new Set(held.map(({ spec }) => spec.account))].sort()
}

function keptByClosedAccounts(at: Address, live: LiveContext): Diagnostic {
  const places = closedPlaces(at, live).map((id) => accountLabel(id, live.facts))
  return warning(
    'permission-set-stays',
    `permission set ${nameOf(at)} is kept because it is assigned in ${places.join(', ')}, where nothing can be changed`,
    { hint: 'it can be removed once these accounts are active again or gone from Identity Center' },
  )
}
