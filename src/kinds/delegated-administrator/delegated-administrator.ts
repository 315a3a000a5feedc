import { unreadSettings } from '../../access/settings.ts'
import type { Manifest } from '../../manifest/types.ts'
import { address, nameOf } from '../../model/address.ts'
import type { Entries } from '../../model/state.ts'
import type { ReadContext } from '../contexts.ts'
import type { CloudKind } from '../kind.ts'
import { accountIds } from '../shared/account.ts'
import { has } from '../shared/declares.ts'
import { withPosition } from '../shared/desired.ts'
import { ignoreNotFound } from '../shared/not-found.ts'
import { readSetting } from '../shared/setting.ts'
import { settled } from '../shared/settled.ts'
import { adoptDelegate } from './adopt.ts'
import { conflictsOf, forbiddenOf, problemsOf } from './problems.ts'
import { takeDelegate } from './take.ts'
import { effectOf } from './words.ts'

/** By what AWS Organizations calls Identity Center. */
const ServicePrincipal = 'sso.amazonaws.com'

function isDeclared({ identity_center, absent }: Manifest): boolean {
  return identity_center.delegated_administrator !== undefined || has(absent?.delegated_administrators)
}

/**
 * The member account that administers Identity Center for the organization, beside the management account. Sources: IAM Identity Center
 * User Guide, "Delegated administration"; AWS Organizations API Reference, RegisterDelegatedAdministrator. There is at most one, and
 * nothing marks it as ours, so that it goes only when it is listed as absent.
 */
export const delegatedAdministrator: CloudKind<'delegated-administrator'> = {
  name: 'delegated-administrator',
  side: 'cloud',
  title: 'Delegated administrator',
  summary: 'the member account that manages Identity Center for the organization',
  sections: ['identity_center.delegated_administrator', 'absent.delegated_administrators'],
  after: [],
  addressSays: 'everything',
  complete: false,
  unique: () => ServicePrincipal,
  ignore: { never: 'a manifest that does not name it leaves it alone' },
  adopt: adoptDelegate,
  takesLive: takeDelegate,
  operations: {
    // Whoever asks who has access is told who may change it.
    ListDelegatedAdministrators: 'always',
    RegisterDelegatedAdministrator: ({ identity_center }) => identity_center.delegated_administrator !== undefined,
    DeregisterDelegatedAdministrator: ({ absent }) => has(absent?.delegated_administrators),
  },

  desired(loaded, facts) {
    const reference = loaded.manifest.identity_center.delegated_administrator
    const ids = reference === undefined ? [] : accountIds(reference, loaded, facts)
    const path = ['identity_center', 'delegated_administrator']
    return new Map(
      ids.map((account) => [
        address('delegated-administrator', account),
        withPosition<'delegated-administrator'>(loaded, path, { spec: { account } }),
      ]),
    )
  },

  observe: (context) =>
    readSetting(
      context,
      {
        ...{ kind: 'delegated-administrator', name: unreadSettings.delegate },
        ...{ isDeclared: isDeclared(context.manifest.manifest), isAsked: context.scope.settings },
      },
      async () => entriesOf(await delegates(context)),
    ),

  deleteReason(at, _entry, { manifest, facts }) {
    const words = manifest.manifest.absent?.delegated_administrators ?? []
    const isListed = words.some((word) => accountIds(word, manifest, facts).includes(nameOf(at)))
    return isListed ? { reason: 'listed under absent.delegated_administrators' } : undefined
  },

  needs: () => [],
  conflicts: conflictsOf,
  problems: problemsOf,
  forbidden: forbiddenOf,
  attention: ({ verb }) => (verb === 'create' ? 'more-rights' : undefined),
  effect: (verb, at, { facts }) => effectOf(verb, nameOf(at), facts),

  async apply({ verb, address: at }, context) {
    const { writer } = context
    const of = { AccountId: nameOf(at), ServicePrincipal }
    const isThere = async () => (await delegates({ reader: writer })).includes(of.AccountId)
    if (verb === 'delete')
      return settled(
        () => ignoreNotFound(() => writer.send('DeregisterDelegatedAdministrator', of)),
        async () => !(await isThere()),
        context,
      )
    await writer.send('RegisterDelegatedAdministrator', of, async (mayBeOurs) => {
      if (!(await isThere())) return undefined
      context.note(mayBeOurs ? 'answer lost' : 'another run')
      return { done: {} }
    })
    return of.AccountId
  },
}

/** Ids of the accounts that administer Identity Center. */
async function delegates({ reader }: Pick<ReadContext, 'reader'>): Promise<readonly string[]> {
  const rows = await reader.list('ListDelegatedAdministrators', { ServicePrincipal })
  return rows.flatMap(({ Id }) => Id ?? [])
}

function entriesOf(ids: readonly string[]): Entries<'delegated-administrator'> {
  return new Map(
    ids.map((account) => [address('delegated-administrator', account), { spec: { account }, ref: account }]),
  )
}
