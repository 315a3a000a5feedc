import { address, nameOf } from '../model/address.ts'
import { answered } from '../model/answer.ts'
import { error } from '../model/diagnostic.ts'
import { listedAsAbsent } from './absent.ts'
import { wanted } from './desired.ts'
import { appeared, untilGone } from './gone.ts'
import type { CloudKind } from './kind.ts'

/** Groups of the Identity Store; their members are a kind of their own. Like users they leave only by name under `absent`. */
export const group: CloudKind<'group'> = {
  name: 'group',
  title: 'Groups',
  side: 'cloud',
  complete: false,

  desired: (loaded) =>
    wanted(loaded, ['groups'], (name, { external, description }) => ({
      address: address('group', name),
      spec: external || description === undefined ? {} : { description },
      ...(external ? { external } : {}),
    })),

  async live({ reader, facts }) {
    const groups = await reader.list('ListGroups', { IdentityStoreId: facts.instance.identity_store_id })
    return new Map(
      groups.map((one) => [
        address('group', one.DisplayName ?? ''),
        {
          spec: one.Description ? { description: one.Description } : {},
          ref: one.GroupId ?? '',
          provisioned: (one.ExternalIds ?? []).length > 0,
        },
      ]),
    )
  },

  surplus: (at, _entry, { manifest }) => listedAsAbsent('groups', at, manifest),
  needs: () => [],

  conflicts(at, want, live) {
    const found = live.get(at)
    const place = want.at ? { at: want.at } : {}
    if (want.external && !found)
      return [
        error('group-missing', `group ${nameOf(at)} is external, but Identity Center has no such group`, {
          hint: 'create it in your identity provider, or remove external',
          ...place,
        }),
      ]
    if (!want.external && found?.provisioned)
      return [
        error('group-external', `group ${nameOf(at)} belongs to an identity provider, which would overwrite changes`, {
          hint: `write ${nameOf(at)}: { external: true }`,
          ...place,
        }),
      ]
    return []
  },

  async apply({ verb, address: at, after }, { writer, facts, ref }) {
    const IdentityStoreId = facts.instance.identity_store_id
    const Description = after?.description
    if (verb === 'create') {
      const request = { IdentityStoreId, DisplayName: nameOf(at), ...(Description ? { Description } : {}) }
      const taken = async () => {
        const groups = await writer.list('ListGroups', { IdentityStoreId })
        const found = groups.some((one) => one.DisplayName === nameOf(at))
        return found ? appeared(`group ${nameOf(at)}`) : undefined
      }
      return answered(
        (await writer.send('CreateGroup', request, taken)).GroupId,
        'identitystore:CreateGroup',
        'a group id',
      )
    }
    const GroupId = ref(at)
    if (verb === 'delete') return untilGone(() => writer.send('DeleteGroup', { IdentityStoreId, GroupId }))
    const change = { AttributePath: 'description', ...(Description ? { AttributeValue: Description } : {}) }
    await writer.send('UpdateGroup', { IdentityStoreId, GroupId, Operations: [change] })
    return undefined
  },
}
