import type { Refusal } from '../../model/diagnostic.ts'
import type { FileSnapshot } from './file.ts'
import { advice, refuseFile } from './trouble.ts'

const OWNER_WRITES = 0o200

/** Why a file that could be read is not to be replaced; undefined where nothing speaks against it. Pure. */
export function notReplaceable({ path, target, mode, discards }: FileSnapshot): Refusal | undefined {
  if (discards) {
    const hint = 'set AWS_CONFIG_FILE to a file or unset it, or skip this machine with --only cloud'
    return refuseFile('file-discards', path, target, 'is the null device; anything written to it is lost', hint)
  }
  if (mode === undefined || mode & OWNER_WRITES) return undefined
  const found = `is read-only (mode ${octal(mode)}); it was not changed`
  const hint = advice(target, `if you may change it: chmod u+w '${target}', then run this again`)
  return refuseFile('file-read-only', path, target, found, hint)
}

/** Permission bits as people write them. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
