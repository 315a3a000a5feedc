import { type Address, address, nameOf } from '../../model/address.ts'
import { answered } from '../../model/answer.ts'
import { type Diagnostic, error } from '../../model/diagnostic.ts'
import { sameText } from '../../model/same-text.ts'
import type { Entries, Entry } from '../../model/state.ts'
import type { WriteContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { listedAsAbsent } from '../shared/absent.ts'
import { appeared } from '../shared/appeared.ts'
import { declaresOwn, has } from '../shared/declares.ts'
import { desiredEntries } from '../shared/desired.ts'
import { groupName, storeOf } from '../shared/directory.ts'
import { ignoredBy } from '../shared/ignore-names.ts'
import { losesAsGroup } from '../shared/losses.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { renamesThatLeave } from '../shared/renames.ts'
import { settled } from '../shared/settled.ts'
import { applicationsLeftBehind } from '../shared/unread-applications.ts'
import { adoptGroups } from './adopt.ts'
import { takeGroups } from './take.ts'

/** Groups of the Identity Store; their members are a kind of their own. Like users they leave only by name under `absent`. */
export const group: CloudKind<'group'> = {
  name: 'group',
  title: 'Groups',
  summary: 'groups of the Identity Store',
  sections: ['groups', 'absent.groups'],
  side: 'cloud',
  after: [],
  addressSays: 'name',
  complete: false,
  ignore: ignoredBy('groups'),
  adopt: adoptGroups,
  takesLive: takeGroups,
  operations: {
    ListGroups: 'always',
    CreateGroup: ({ groups }) => declaresOwn(groups),
    UpdateGroup: ({ groups }) => declaresOwn(groups),
    DeleteGroup: ({ absent }) => has(absent?.groups),
  },
  coversNew: (at) => ({ members: new Set([at]), principals: new Set([at]), applicationPrincipals: new Set([at]) }),

  desired: (loaded) =>
    desiredEntries(loaded, ['groups'], (name, { external, description, was }) => ({
      address: address('group', name),
      spec: external || description === undefined ? {} : { description },
      ...(external ? { external } : {}),
      ...(was === undefined ? {} : { was: address('group', was) }),
    })),

  // Only a group that is about to be renamed is known by a name that is not its own yet.
  refine: (at, entry, { live }) =>
    live.group.get(at)?.spec.name === undefined ? entry : { ...entry, spec: { name: nameOf(at), ...entry.spec } },

  async observe(context) {
    const groups = await context.reader.list('ListGroups', storeOf(context))
    const rows = groups.map((one) => {
      const { DisplayName = '', Description, GroupId = '', ExternalIds = [] } = one
      const name = groupName(one, groups, context)
      const spec = {
        ...(name === DisplayName ? {} : { name: DisplayName }),
        ...(Description ? { description: Description } : {}),
      }
      return [address('group', name), { spec, ref: GroupId, provisioned: ExternalIds.length > 0 }] as const
    })
    return { entries: new Map(rows) }
  },

  deleteReason: (at, _entry, { manifest }) => listedAsAbsent('groups', at, manifest),
  problems: (sides) => [...renamesThatLeave('group', sides), ...applicationsLeftBehind('group', sides)],
  needs: () => [],
  loses: (at, _entry, states) => losesAsGroup(nameOf(at), states),
  same: (path, a, b) => (path === 'description' ? sameText(a, b) : a === b),
  conflicts,

  async apply({ verb, address: at, before, after }, context) {
    if (verb === 'create') return create(nameOf(at), after?.description, context)
    const { writer, ref } = context
    const of = { ...storeOf(context), GroupId: ref(at) }
    const found = async () =>
      (await writer.list('ListGroups', storeOf(context))).find(({ GroupId }) => GroupId === of.GroupId)
    if (verb === 'delete') {
      const remove = () => ignoreNotFound(() => writer.send('DeleteGroup', of))
      return settled(remove, async () => (await found()) === undefined, context)
    }
    const changes = [
      ...(after?.name === before?.name ? [] : [{ AttributePath: 'displayName', AttributeValue: nameOf(at) }]),
      ...(sameText(before?.description, after?.description) ? [] : [described(after?.description)]),
    ]
    const holds = async () => {
      const live = await found()
      const isNamed = after?.name === before?.name || live?.DisplayName === nameOf(at)
      return isNamed && live !== undefined && sameText(live.Description, after?.description)
    }
    return settled(() => writer.send('UpdateGroup', { ...of, Operations: changes }), holds, context)
  },
}

async function create(DisplayName: string, description: string | undefined, context: WriteContext): Promise<string> {
  const { writer } = context
  const request = { ...storeOf(context), DisplayName, ...(description ? { Description: description } : {}) }
  const created = await writer.send('CreateGroup', request, async (mayBeOurs) => {
    const groups = await writer.list('ListGroups', storeOf(context))
    const found = groups.find((one) => isSameName(one.DisplayName ?? '', DisplayName))
    if (!found) return undefined
    const isPlain = (found.ExternalIds ?? []).length === 0
    const isSame = found.DisplayName === DisplayName && sameText(found.Description, description)
    const asAsked = isPlain && isSame ? { GroupId: found.GroupId, IdentityStoreId: found.IdentityStoreId } : undefined
    return appeared({ what: `group ${found.DisplayName}`, mayBeOurs, asAsked }, context)
  })
  return answered(created.GroupId, 'identitystore:CreateGroup', 'a group id')
}

// Leaving the value out unsets the attribute.
function described(description: string | undefined) {
  return { AttributePath: 'description', ...(description ? { AttributeValue: description } : {}) }
}

function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** Live groups that stand in the way of a desired one; both sides are named. */
function conflicts(at: Address, want: Entry<'group'>, live: Entries<'group'>): Diagnostic[] {
  const name = nameOf(at)
  const found = live.get(at)
  const place = want.at ? { at: want.at } : {}
  // A group that is about to be renamed has its new name here already, which another one may hold.
  const named = found && found.spec.name === undefined
  const twin = named
    ? undefined
    : [...live.keys()].map(nameOf).find((other) => other !== name && isSameName(other, name))
  if (twin !== undefined)
    return [
      error('group-case', `group ${name} differs only in case from the existing group ${twin}`, {
        hint: `write ${twin}`,
        ...place,
      }),
    ]
  if (want.external && !found)
    return [
      error('group-missing', `group ${name} is external, but Identity Center has no such group`, {
        hint: 'create it in your identity provider, or remove external',
        ...place,
      }),
    ]
  if (!want.external && found?.provisioned)
    return [
      error('group-external', `group ${name} belongs to an identity provider, which would overwrite changes`, {
        hint: `write ${name}: { external: true }`,
        ...place,
      }),
    ]
  return []
}
