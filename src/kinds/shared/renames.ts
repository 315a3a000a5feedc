import { address } from '../../model/address.ts'
import { type Diagnostic, type Position, warning } from '../../model/diagnostic.ts'
import type { Facts } from '../../model/facts.ts'
import { type Entry, entryAt } from '../../model/state.ts'
import type { LiveContext } from '../contexts.ts'

/** A thing that the manifest renames, as it is live. */
interface Renamed {
  readonly old: Entry
  readonly was: string
  readonly successor: string
  /** True where something has the new name already. */
  readonly successorIsThere: boolean
}

/** The kinds whose things can be renamed: their section, what a person calls them, and why a thing of an earlier name stays. */
const renamable = {
  group: {
    section: 'groups',
    noun: 'group',
    stays: ({ was, successor, successorIsThere }: Renamed) =>
      successorIsThere ? `${was} is kept with its members and assignments: ${successor} already exists` : undefined,
  },
  'trusted-token-issuer': {
    section: 'trusted_token_issuers',
    noun: 'trusted token issuer',
    stays: ({ was, successor, successorIsThere }: Renamed) =>
      successorIsThere ? `${was} is kept: ${successor} already exists` : undefined,
  },
  'permission-set': {
    section: 'permission_sets',
    noun: 'permission set',
    stays: ({ old, was, successor, successorIsThere }: Renamed, facts: Facts) => {
      if (goesByRename(old, successorIsThere, facts)) return undefined
      return successorIsThere
        ? `${was} is kept: ${successor} already exists, and ${was} was not created by this manifest`
        : `${was} is kept: it is managed by ${old.mark}`
    },
  },
} as const

type Renamable = keyof typeof renamable

/**
 * True when a permission set goes because it is renamed. That happens once: when its successor is there, the old name may be somebody else's by
 * now; and what carries the mark of somebody else is theirs.
 */
export function goesByRename({ mark }: Entry, successorIsThere: boolean, { owner }: Facts): boolean {
  return mark === owner || (mark === undefined && !successorIsThere)
}

/** Things that stay under their earlier names, because it is done, or because they are somebody else's by now. Pure. */
export function renamesThatLeave(kind: Renamable, { manifest, live, facts }: LiveContext): Diagnostic[] {
  const { section, stays } = renamable[kind]
  const rows: Readonly<Record<string, { readonly was?: string }>> = manifest.manifest[section] ?? {}
  return Object.entries(rows).flatMap(([successor, { was }]) => {
    const old = was === undefined ? undefined : entryAt(live, address(kind, was))
    if (was === undefined || !old) return []
    const why = stays(
      { old, was, successor, successorIsThere: entryAt(live, address(kind, successor)) !== undefined },
      facts,
    )
    return why === undefined ? [] : [renamedBefore(kind, was, why, manifest.position([section, successor, 'was']))]
  })
}

function renamedBefore(kind: Renamable, was: string, why: string, at: Position | undefined): Diagnostic {
  const { section, noun } = renamable[kind]
  const hint = `remove was: ${was}; to remove the ${noun} too, list it under absent.${section}`
  return warning('rename-over', `${noun} ${why}`, { hint, ...(at ? { at } : {}) })
}
