import { error, Refusal } from '../../model/diagnostic.ts'
import { errorCode } from './disk.ts'

const IMMUTABLE_STORE = '/nix/store/'

/** What to say about a failed file operation, by the system's code: a sentence part and the next step. */
const TROUBLE: Readonly<Record<string, readonly [found: string, next: string]>> = {
  EACCES: ['permission is denied', 'grant yourself access (see ls -ld), then run this again'],
  EPERM: ['the operation is not permitted', 'check its owner and file flags (ls -ld, lsattr), then run this again'],
  EROFS: [
    'the file system is read-only',
    'mount it writable, or keep the file elsewhere and name it in AWS_CONFIG_FILE',
  ],
  ENOSPC: ['the disk is full', 'free some space, then run this again'],
  EDQUOT: ['the disk quota is used up', 'free some space, then run this again'],
  ENOENT: ['a folder of the path is missing or a dangling link', 'create the folder, then run this again'],
  EEXIST: ['a folder of the path is a file or a dangling link', 'move it away, then run this again'],
  ELOOP: ['its symbolic links form a loop', 'remove the link or point it at a real file'],
  ENOTDIR: ['part of the path is not a folder', 'correct the path'],
  ENAMETOOLONG: ['the path is too long', 'use a shorter path'],
  EFBIG: ['it is too large', 'name another file, or make it smaller'],
  EISDIR: ['it is a folder', 'move it away, then run this again'],
  ENOTFILE: ['it is not a regular file', 'move it away, then run this again'],
  EBUSY: ['it is a mount point', 'mount its folder instead of the file, then run this again'],
}

/**
 * A Refusal for a failed file operation; what is no operation of the system is given back as it is. `doing` is an
 * infinitive such as "read", `target` is where links led and decides about advice for dotfile managers.
 */
export function fileTrouble(cause: unknown, doing: string, path: string, target = path): unknown {
  const code = errorCode(cause)
  if (cause instanceof Refusal || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return cause
  const [found, next] = TROUBLE[code] ?? [`the system says ${code}`, 'check the path, then run this again']
  return new Refusal(
    error(`file-${code.toLowerCase()}`, `cannot ${doing} ${place(path, target)}: ${found}`, {
      hint: advice(target, next),
    }),
    { cause },
  )
}

/** A Refusal about the file at `path`, which led to `target`. */
export function refuseFile(code: string, path: string, target: string, found: string, hint: string): Refusal {
  return new Refusal(error(code, `${place(path, target)} ${found}`, { hint }))
}

/** Advice for a file that cannot be written. Files in the Nix store only change through what generates them. */
export function advice(target: string, otherwise: string): string {
  if (!target.startsWith(IMMUTABLE_STORE)) return otherwise
  return 'home-manager generates this file; make the change in its configuration, or remove the file from it'
}

function place(path: string, target: string): string {
  return path === target ? path : `${path} (a link to ${target})`
}
