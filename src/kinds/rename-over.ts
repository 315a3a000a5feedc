import { address } from '../model/address.ts'
import { type Diagnostic, type Position, warning } from '../model/diagnostic.ts'
import { type Entry, entryAt } from '../model/state.ts'
import type { Live } from './kind.ts'

/** The kinds whose things can be renamed: their section, what a person calls them, and what is left of a rename that is over. */
const renamable = {
  group: {
    section: 'groups',
    noun: 'group',
    left: (was: string, heir: string) => `${was} stays, with its members and assignments: ${heir} exists already`,
  },
  'permission-set': {
    section: 'permission_sets',
    noun: 'permission set',
    left: (was: string, heir: string) =>
      `${was} stays: ${heir} exists already, and ${was} was not created by this manifest`,
  },
} as const

type Renamable = keyof typeof renamable

/**
 * Renames that will not happen, because things of both names are live: it is done, or the earlier name is somebody else's by now.
 * `goes` tells old things that the rename takes away all the same. Pure.
 */
export function renamesThatAreOver(
  kind: Renamable,
  { manifest, live }: Live,
  goes: (old: Entry) => boolean = () => false,
): Diagnostic[] {
  const { section } = renamable[kind]
  const rows: Readonly<Record<string, { readonly was?: string }>> = manifest.manifest[section] ?? {}
  return Object.entries(rows).flatMap(([name, { was }]) => {
    const old = was === undefined ? undefined : entryAt(live, address(kind, was))
    if (was === undefined || !old || goes(old) || !entryAt(live, address(kind, name))) return []
    return [renamedBefore(kind, was, name, manifest.position([section, name, 'was']))]
  })
}

function renamedBefore(kind: Renamable, was: string, heir: string, at: Position | undefined): Diagnostic {
  const { section, noun, left } = renamable[kind]
  const hint = `remove was: ${was}; to remove the ${noun} too, list it under absent.${section}`
  return warning('rename-over', `${noun} ${left(was, heir)}`, { hint, ...(at ? { at } : {}) })
}
