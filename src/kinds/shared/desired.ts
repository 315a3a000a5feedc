import type { LoadedManifest } from '../../manifest/load.ts'
import type { Manifest } from '../../manifest/types.ts'
import type { Address } from '../../model/address.ts'
import type { Position } from '../../model/diagnostic.ts'
import type { KindName } from '../../model/specs.ts'
import type { Entries, Entry } from '../../model/state.ts'

type NamedSection = 'users' | 'groups' | 'permission_sets'
type Row<S extends NamedSection> = NonNullable<Manifest[S]>[string]

/** Desired entries of a section that maps names to things, each with its place in the manifest. */
export function desiredEntries<S extends NamedSection, K extends KindName>(
  loaded: LoadedManifest,
  [section]: readonly [S],
  map: (name: string, row: Row<S>) => Entry<K> & { readonly address: Address },
): Entries<K> {
  const rows = Object.entries((loaded.manifest[section] ?? {}) as { readonly [name: string]: Row<S> })
  return new Map(
    rows.map(([name, row]) => {
      const { address, ...entry } = map(name, row)
      return [address, withPosition(loaded, [section, name], { ...entry, ...protection(loaded, [section, name], row) })]
    }),
  )
}

/** The place of the line that protects what a path of the manifest leads to, for its entry; nothing where no line does. */
export function protection(
  loaded: LoadedManifest,
  path: readonly (string | number)[],
  row: { readonly protect?: boolean },
): { readonly protect?: Position } {
  const at = row.protect === true ? loaded.position([...path, 'protect'], 'key') : undefined
  return at ? { protect: at } : {}
}

/** An entry with the place in the manifest that asks for it. */
export function withPosition<K extends KindName>(
  loaded: LoadedManifest,
  path: readonly (string | number)[],
  entry: Entry<K>,
): Entry<K> {
  const at = loaded.position(path, 'key')
  return at ? { ...entry, at } : entry
}
