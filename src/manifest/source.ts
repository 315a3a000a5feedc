import { type Stats, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { mustBeFile, readBytes, waiting } from '../local/files/bytes.ts'
import { type FolderEntry, listInside, readInside } from '../local/files/inside.ts'
import { type Diagnostic, error, Refusal, refusedWith } from '../model/diagnostic.ts'

/** A text and the file it came from, as the user wrote the name; messages use it as it is. */
export interface Source {
  readonly file: string
  readonly text: string
}

/** Bytes beyond which no manifest and no policy file is read. */
const limit = 5_000_000

const init = 'run "sso-reconcile init" to write one, or name another file with -f'

/** Reads a manifest as UTF-8. Throws a Refusal when the file is missing, not a regular file, too large, unreadable or not UTF-8. */
export async function readManifestFile(file: string): Promise<Source> {
  return { file, text: await readText(file, 'manifest', init, () => whole(file)).catch(namingTwin(file)) }
}

// YAML has two endings, and the other one is easily written.
function namingTwin(file: string): (thrown: unknown) => Promise<never> {
  return async (thrown) => {
    const twin = file.endsWith('.yaml') ? file.replace(/\.yaml$/, '.yml') : file.replace(/\.yml$/, '.yaml')
    const isThere = twin !== file && refusedWith(thrown, 'file-missing') && (await stat(twin).catch(() => undefined))
    if (!isThere) throw thrown
    const hint = `there is ${twin}: rename it to ${file}, or name it: -f ${twin}`
    throw new Refusal(error('file-ending', `there is no manifest ${file}`, { hint }), { cause: thrown })
  }
}

/**
 * Reads a policy file that a manifest names by `inline_policy_file`. Throws a Refusal as readManifestFile does, and for a file that is
 * not inside the folder of the manifest: whoever may write a manifest may not read what else this machine holds.
 */
export async function readPolicyFile(manifest: string, named: string): Promise<string> {
  const hint = 'the path is relative to the folder of the manifest'
  return readText(
    pathOf(manifest, named),
    'policy file',
    hint,
    async () => (await readInside(manifest, named, limit)).bytes,
  )
}

/** An included file, and what tells it from others whatever its path. */
export interface IncludedSource extends Source {
  readonly id: string
}

/** Reads a file that a manifest includes, under the rules of policy files. */
export async function readIncludedFile(manifest: string, named: string): Promise<IncludedSource> {
  const file = pathOf(manifest, named)
  let id = ''
  const text = await readText(file, 'file', stillIncluded, async () => {
    const { bytes, stats } = await readInside(manifest, named, limit)
    id = idOf(stats)
    return bytes
  })
  return { file, text, id }
}

const stillIncluded =
  'bring it back; if it is gone for good, take it out of include too, and a plan removes what it declared'

/** What tells a file from others whatever its path; undefined where there is none. */
export async function fileId(file: string): Promise<string | undefined> {
  const stats = await stat(file).catch(() => undefined)
  return stats && idOf(stats)
}

function idOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`
}

/** Lists a folder that a pattern of a manifest names; undefined for what is none. Throws a Refusal where it must not be looked at. */
export async function listFolder(manifest: string, named: string): Promise<readonly FolderEntry[] | undefined> {
  return listInside(manifest, named).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined
    throw new Refusal(unreadable(cause, pathOf(manifest, named), 'folder', ''), { cause })
  })
}

/** A path that a manifest names, as messages show it. */
export function pathOf(manifest: string, named: string): string {
  return isAbsolute(named) ? named : join(dirname(manifest), named)
}

async function whole(file: string): Promise<Buffer> {
  mustBeFile(statSync(file))
  return (await readBytes(file, { limit }, waiting)).bytes
}

async function readText(file: string, what: string, whenMissing: string, read: () => Promise<Buffer>): Promise<string> {
  const bytes = await read().catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(unreadable(cause, file, what, whenMissing), { cause })
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = `${file} is not UTF-8 text`
    throw new Refusal(error('file-encoding', message, { hint: 'save the file as UTF-8', at: top(file) }), { cause })
  }
}

function unreadable(cause: NodeJS.ErrnoException, file: string, what: string, whenMissing: string): Diagnostic {
  const at = top(file)
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return error('file-missing', `there is no ${what} ${file}`, { hint: whenMissing })
    case 'EISDIR':
      return error('file-folder', `${file} is a folder; expected a ${what}`, { hint: 'name the file itself', at })
    case 'ENOTFILE':
    case 'ENXIO':
      return error('file-kind', `${file} is not a regular file`, { hint: 'pipes and devices are not read', at })
    case 'EOUTSIDE': {
      const hint = 'move it there; links out of the folder are not followed'
      return error('file-outside', `${file} is not inside the manifest's folder`, { hint, at })
    }
    case 'EFBIG': {
      const hint = `check that this is the right file: a ${what} has a few thousand lines at most`
      return error('file-large', `${file} is larger than ${limit / 1_000_000} MB`, { hint, at })
    }
    case 'EACCES':
    case 'EPERM':
      return error('file-permission', `permission to read ${file} is denied`, { hint: `try: chmod u+r ${file}`, at })
    case 'ELOOP':
      return error('file-link', `${file} is a symbolic link loop`, { hint: 'fix the link', at })
    default:
      return error('file-unreadable', `${file} cannot be read: ${cause.message}`, { hint: 'check the file', at })
  }
}

function top(file: string) {
  return { file, line: 1, column: 1 }
}
