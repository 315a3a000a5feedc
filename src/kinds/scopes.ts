import type { LoadedManifest } from '../manifest/load.ts'
import { ownerOf } from '../model/owner.ts'
import type { Scope } from './scope.ts'
import { protectsSomebody } from './shared/declares.ts'
import { renamedTo } from './shared/renamed.ts'
import { isRevoked } from './shared/revocation.ts'

/** What a plan is about and how it looks. */
interface PlanView {
  readonly thorough: boolean
  /** Enterprise attributes of users are read although the manifest does not speak of them. */
  readonly extensions?: boolean
  readonly mustKnow: Scope['mustKnow']
}

/**
 * What a plan has to see: what the manifest names, what this manifest owns, and whatever goes along with what leaves. It follows from the
 * manifest alone.
 */
export function planScope(loaded: LoadedManifest, { thorough, extensions = false, mustKnow }: PlanView): Scope {
  const { groups = {}, absent = {} } = loaded.manifest
  const leaves = { user: absent.users ?? [], group: absent.groups ?? [] }
  return {
    depthOf: (set) => (concerns(set, loaded) ? 'whole' : 'header'),
    marks: true,
    membersOf: (name) => Object.hasOwn(groups, name) || leaves.group.includes(name),
    everythingOf: (type, name) => leaves[type].includes(name) || (type === 'user' && isRevoked(name, loaded)),
    assignments: 'of sets',
    // Whoever is protected is to lose no application either, whether the manifest declares it or not.
    applications: protectsSomebody(loaded.manifest) ? 'all' : 'declared',
    settings: false,
    extensions,
    mustKnow,
    thorough,
  }
}

function concerns({ name, mark }: Parameters<Scope['depthOf']>[0], loaded: LoadedManifest): boolean {
  const { permission_sets = {}, absent } = loaded.manifest
  return (
    Object.hasOwn(permission_sets, name) ||
    mark === ownerOf(loaded.manifest) ||
    renamedTo('permission_sets', name, loaded) !== undefined ||
    Boolean(absent?.permission_sets?.includes(name))
  )
}

/** What is needed to know who may do everything in an account, and what revoked users hold; the rest is read when it turns out to matter. */
export function watchScope(loaded: LoadedManifest, account: string | undefined): Scope {
  return {
    depthOf: () => 'header',
    marks: false,
    membersOf: () => false,
    everythingOf: (type, name) => type === 'user' && isRevoked(name, loaded),
    assignments: account === undefined ? [] : [account],
    applications: 'none',
    settings: false,
    extensions: false,
    mustKnow: () => false,
    thorough: false,
  }
}

/** Everything there is, or all in some accounts. */
export function wholeScope(
  depth: 'rights' | 'whole',
  {
    accounts,
    thorough,
    applications = 'all',
    tags = depth === 'whole',
  }: {
    readonly accounts?: readonly string[] | undefined
    readonly thorough: boolean
    readonly applications?: Scope['applications']
    /** What sessions carry as tags, and the attributes that these come from. */
    readonly tags?: boolean
  },
): Scope {
  return {
    depthOf: () => depth,
    marks: depth === 'whole',
    membersOf: () => true,
    everythingOf: () => false,
    assignments: accounts ?? 'all',
    applications,
    settings: tags,
    extensions: tags,
    mustKnow: () => false,
    thorough,
  }
}

/** Who may open which application, and nothing of accounts. */
export function applicationScope(): Scope {
  return { ...wholeScope('rights', { accounts: [], thorough: false }), depthOf: () => 'header' }
}
