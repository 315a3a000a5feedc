import type { Refusal } from '../../model/diagnostic.ts'
import type { FileSnapshot } from './file.ts'
import { advice, refuseFile } from './trouble.ts'

const OWNER_WRITES = 0o200

/** Why a file that could be read is not to be replaced; undefined where nothing speaks against it. Pure. */
export function notReplaceable({ path, target, mode, discards }: FileSnapshot): Refusal | undefined {
  if (discards) {
    const hint = 'let AWS_CONFIG_FILE name a file or unset it, or leave this machine out with --only cloud'
    return refuseFile('file-discards', path, target, 'is the null device; what is written to it is lost', hint)
  }
  if (mode === undefined || mode & OWNER_WRITES) return undefined
  const found = `is read-only (mode ${octal(mode)}); it was left as it is`
  const hint = advice(target, `if it is yours to change: chmod u+w '${target}', then run again`)
  return refuseFile('file-read-only', path, target, found, hint)
}

/** Permission bits as people write them. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}
