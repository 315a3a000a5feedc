import type { LoadedManifest } from '../manifest/load.ts'
import type { Absent } from '../manifest/types.ts'
import { type Address, nameOf } from '../model/address.ts'

/** The reason to delete something that the manifest lists under `absent`; undefined when it does not. */
export function listedAsAbsent(section: keyof Absent, at: Address, { manifest }: LoadedManifest): string | undefined {
  return manifest.absent?.[section]?.includes(nameOf(at)) ? `listed under absent.${section}` : undefined
}
