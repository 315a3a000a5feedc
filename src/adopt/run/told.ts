import type { Address } from '../../model/address.ts'
import { shownAddress } from '../../model/address.ts'
import { plural } from '../../text/count.ts'
import { shown } from '../../text/shown.ts'
import type { KeepOptions } from './options.ts'

/** Addresses by what was done with them: `adopted`, `ignored`. */
export type Done = Readonly<Record<string, readonly Address[]>>

/** What is said once a change of the manifest is written, or would be. Pure. */
export function toldOf({ dryRun, file }: Pick<KeepOptions, 'dryRun' | 'file'>, done: Done, left: number): string {
  const parts = Object.entries(done).filter(([, addresses]) => addresses.length > 0)
  const all = parts.flatMap(([, addresses]) => addresses)
  const rest = left === 0 ? 'no changes are left' : `${plural(left, 'other change')} left`
  if (dryRun)
    return shown(`Not written (--dry-run). With this in ${file}, a new plan has no changes for ${names(all)}; ${rest}.`)
  const made = parts.map(([how, addresses]) => `${names(addresses)} ${addresses.length === 1 ? 'is' : 'are'} ${how}`)
  const them = all.length === 1 ? 'it' : 'them'
  return shown(`${made.join(', and ')} in ${file}. A new plan has no changes for ${them}; ${rest}.`)
}

/** Addresses as a sentence names them. Pure. */
export function names(addresses: readonly Address[]): string {
  return addresses.map(shownAddress).join(', ')
}
