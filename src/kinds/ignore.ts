import type { LoadedManifest } from '../manifest/load.ts'
import { type Address, kindOf } from '../model/address.ts'
import type { Entry } from '../model/state.ts'
import { does } from './declaration.ts'
import { kindNamed } from './index.ts'

/** True for a live thing that the manifest says to leave alone and not to report. It still counts wherever safety is judged. Pure. */
export function ignored(at: Address, entry: Entry, { manifest }: LoadedManifest): boolean {
  const { ignore } = kindNamed(kindOf(at))
  return does(ignore) && ignore.names(at, entry, manifest)
}
