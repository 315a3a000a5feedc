import type { LoadedManifest } from '../../manifest/load.ts'
import type { Absent } from '../../manifest/types.ts'
import { type Address, nameOf } from '../../model/address.ts'
import type { DeleteReason } from '../contexts.ts'

/** Deletes something that the manifest lists under `absent`; undefined when it does not. */
export function listedAsAbsent(
  section: keyof Absent,
  at: Address,
  { manifest }: LoadedManifest,
): DeleteReason | undefined {
  return manifest.absent?.[section]?.includes(nameOf(at)) ? { reason: `listed under absent.${section}` } : undefined
}
