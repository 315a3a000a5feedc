import type { LoadedManifest } from '../../manifest/load.ts'

/** The declared thing that `was` says a live one is renamed to. */
export function renamedTo(
  section: 'permission_sets' | 'groups' | 'trusted_token_issuers',
  name: string,
  { manifest }: LoadedManifest,
): string | undefined {
  const rows: Readonly<Record<string, { readonly was?: string }>> = manifest[section] ?? {}
  return Object.keys(rows).find((successor) => rows[successor]?.was === name)
}
